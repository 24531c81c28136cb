"""Films in the words of other rooms: a link alone in its paragraph is the same facade as in posts, with the same one card."""

import html
import re
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now

from community.commons.rich import Run, attribute
from community.forum import tasks
from community.forum.cards import noting, places
from community.forum.cards.showing import Cards
from community.forum.models import LinkCard

_LONE = re.compile(
    r'<p\b[^<>]*>\s*(?:<a\b[^<>]*?\bhref="([^"<>]*)"[^<>]*>([^<>]*)</a>|(https?://[^\s<>"]+))\s*(?:<br\s?/?>\s*)?</p>'
)


def shown(markup: str, play: str) -> str:
    """The markup with its films in it; `play` says how such a button is called, see video-facade.js."""
    if not has_any([markup]):
        return markup
    cards = Cards(place.href for place in _films([markup]))

    def film(found):
        place = cards.places.get(_href(found))
        if place is None or place.video is None:
            return found[0]
        return cards.html(place.href).replace("<p ", f"<p{attribute('data-play', play)} ", 1)

    return _LONE.sub(film, markup)


def has_any(markups: Iterable[str]) -> bool:
    return any(True for _place in _films(markups))


@transaction.atomic
def note(page, markups: Iterable[str]):
    """A page was published: the cards of its films are kept while it names them, and asked about where that is due."""
    cards = noting.cards({place.url for place in _films(markups)}).values()
    LinkCard.objects.keep_for_page(page, cards)
    for card in cards:
        if card.expires_at <= now():
            tasks.ask_card.delay_on_commit(str(card.pk))


def _films(markups):
    for markup in markups:
        for found in _LONE.finditer(markup):
            place = places.of(_href(found))
            if place and place.video:
                yield place


def _href(found) -> str:
    href, named, bare = (html.unescape(part or "") for part in found.groups())
    return places.lonely(Run(named, href=href)) if href else places.lonely(Run(bare))
