"""Lays the demo brand out through the rooms' own verbs, each thing whole or not at all, so that any run finishes the last."""

from django.utils.timezone import now as clock_now

from community.demo import words
from community.demo.laying import cards, door, fates, keepsakes, money, order, people, rooms, shelves, walks, window


def steps():
    """What is done, in order; each is a few words for the one who waits, and the deed."""
    now = clock_now()
    return (
        ("the people who work there", lambda: people.lay(words.staff(), now)),
        ("the boards", rooms.lay_boards),
        ("the pictures", window.lay_pictures),
        ("how the boards are arranged", shelves.lay_groups),
        ("the pages", lambda: window.lay_pages(now)),
        ("the campaigns, and ninety days of clicks", lambda: door.lay(now)),
        ("the members", lambda: people.lay(words.members(), now)),
        ("whose clicks they were", door.lay_claims),
        ("whom members brought", lambda: fates.lay_friends(now)),
        ("the discussions", lambda: rooms.lay_talks(now)),
        ("two links that lead elsewhere", cards.lay),
        ("the articles, and what was said about them", lambda: window.lay_articles(now)),
        ("a link to one of them", cards.lay_inner),
        ("what they are about, and what stands on top", lambda: (shelves.lay_tags(), shelves.pin_one())),
        ("the days they were here", lambda: walks.lay_days(now)),
        ("how far people came", lambda: walks.lay(now)),
        ("what they agreed to, and what they bought", lambda: (fates.lay_consents(now), fates.lay_orders(now))),
        ("what became of them", lambda: fates.lay_steps(now)),
        ("what it cost", lambda: money.lay_costs(now)),
        ("notes on the line", lambda: fates.lay_notes(now)),
        ("what members told the hosts", order.lay),
        ("what one of them keeps for later", keepsakes.lay),
        ("the front of the house", lambda: window.open_doors(now)),
    )
