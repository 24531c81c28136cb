"""The boards, what was said on them, and how others took it."""

import random
from datetime import timedelta

from django.db import transaction

from accounts.models import Tier
from accounts.tiers import opens
from community.commons import prose
from community.demo import clock, words
from community.demo.laying import kinds
from community.demo.laying.people import everyone, named
from community.forum import access, discussing, finding
from community.forum.models import Board, Post, Reaction, ReadMark

UNREAD = timedelta(hours=20)  # the regular whom one signs in as was here yesterday


def boards() -> dict[str, Board]:
    return Board.objects.in_bulk([board["slug"] for board in words.boards()], field_name="slug")


def lay_boards():
    here, tiers = boards(), {tier.rank: tier for tier in Tier.objects.all()}
    for place, board in enumerate(words.boards(), start=1):
        if board["slug"] not in here:
            Board.objects.create(
                slug=board["slug"],
                name=board["name"],
                description=board["about"],
                rules=board["rules"],
                name_en=board["name_en"],
                description_en=board["about_en"],
                rules_en=board["rules_en"],
                position=place * 10,
                # The first tier is every member's, which is what no tier means.
                tier_to_see=tiers.get(board["see"]),
                tier_to_start=tiers[board["start"]] if board["start"] > 1 else None,
                tier_to_reply=tiers[board["reply"]] if board["reply"] > 1 else None,
            )


def lay_talks(now):
    people, rooms = everyone(), boards()
    # The oldest first, so that numbers grow with time as they do in life.
    for talk in sorted(words.talks(), key=lambda talk: talk.begins, reverse=True):
        lay_talk(talk, people=people, board=rooms[talk.board], now=now)


def opening_of(talk, people) -> Post | None:
    """Its first post, found by the key it was laid with whatever became of its words."""
    return Post.objects.sent_with(people[talk.posts[0].who], named("talk", talk.key)).first()


@transaction.atomic
def lay_talk(talk, *, people, board, now):
    if opening_of(talk, people):
        return
    moments = clock.lay_back(now, talk.posts, ends=talk.ends)
    opening = talk.posts[0]
    thread = kinds.start(
        talk,
        now,
        board=board,
        author=people[opening.who],
        title=talk.title,
        body=opening.body,
        key=named("talk", talk.key),
        at=moments[0],
    )
    _fill(thread, talk.posts, moments, people=people, now=now)
    kinds.dress(thread, talk, people=people)


@transaction.atomic
def lay_comments(thread, comments, *, people, now, begins):
    """What was said about an article; nothing when something has been said already."""
    if not thread.posts.exists():
        _fill(thread, comments, clock.lay_back(now, comments, begins=begins), people=people, now=now)


def _fill(thread, told, moments, *, people, now):
    """Brings a thread to where it is today.

    The verbs would tell every open page of each of these hundreds of posts and thousands of reactions; the rows are
    made at once instead, with the same numbers, sequences, sums and words to be found by.
    """
    thread = discussing.locked(thread)
    made = [
        Post(
            thread=thread,
            number=number,
            author=people[said.who],
            body=said.body,
            html=prose.cook(said.body),
            policy=discussing.POLICY,
            made_at=at,
            sequence=number,
        )
        for number, (said, at) in enumerate(zip(told, moments, strict=True), start=1)
        if number > thread.last_number
    ]
    Post.objects.bulk_create(made)
    finding.note_posts(made)
    thread.last_number = thread.sequence = len(told)
    _react(thread, told, people=people, now=now)
    discussing.refresh_row(thread)
    thread.save()
    _mark_read(thread, people=people, now=now)


def _react(thread, told, *, people, now):
    """Reactions of people who were there by then, one of each to a post."""
    posts, rows = list(thread.posts.order_by("number")), []
    for post, said in zip(posts, told, strict=True):
        dice = random.Random(f"{thread.title}:{post.number}")
        could = [
            member
            for name, member in people.items()
            if name not in words.onlookers()
            and member.pk != post.author_id
            and member.joined_at < post.made_at
            and opens(member, thread.board.tier_to_see)
        ]
        dice.shuffle(could)
        for kind, many in said.reactions.items():
            chosen, could = could[:many], could[many:]
            for member in chosen:
                at = min(post.made_at + timedelta(hours=dice.expovariate(0.2)), now)
                rows.append(Reaction(post=post, member=member, kind=kind, at=at))
            if chosen:
                post.tally[kind] = len(chosen)
                thread.sequence += len(chosen)
                post.sequence = thread.sequence
    Reaction.objects.bulk_create(rows)
    Post.objects.bulk_update([post for post in posts if post.tally], ["tally", "sequence"])


def _mark_read(thread, *, people, now):
    """Whoever spoke has read up to there; the regular one signs in as has read what was there yesterday."""
    reached = {}
    for post in thread.posts.order_by("number").select_related("author"):
        reached[post.author] = post.number
        if post.made_at < now - UNREAD and access.may_see(people["K"], thread):
            reached[people["K"]] = post.number
    ReadMark.objects.bulk_create(
        [ReadMark(member=member, thread=thread, number=number) for member, number in reached.items()],
        update_conflicts=True,
        unique_fields=["member", "thread"],
        update_fields=["number", "at"],
    )
