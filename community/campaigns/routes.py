"""What the door knows of a link: enough to answer without asking anyone."""

import logging
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial

import redis
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from community.campaigns import codes, destinations, networks, rules
from community.campaigns.choosing import Arm, Choice, Turn
from community.campaigns.destinations import Way, way_to
from community.campaigns.models import News, Rule, Split, TrackedLink
from community.campaigns.models.links import Routed
from community.commons import valkey

log = logging.getLogger(__name__)
EVERY = b"*"
HEADERS = (
    (b"cache-control", b"private, no-store"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
)


@dataclass(frozen=True, slots=True)
class Route:
    link: int
    way: Way
    turns: tuple[Turn, ...] = ()
    unasked: tuple[Turn, ...] = ()  # those of them that wait for no parameter of the query
    waits_for: frozenset[bytes] = frozenset()  # the parameters that the others wait for
    arms: tuple[Arm, ...] = ()
    paused: bool = False
    opens: float = 0.0  # from here on, in seconds; 0 is always
    closes: float = 0.0
    most: int | None = None  # visits; how many there were is counted where they are written down
    before: Way | None = None
    after: Way | None = None
    full: Way | None = None
    is_plain: bool = True  # everybody goes the same way at any time


def warm():
    """Reads what takes long now: Django's table of addresses, the list of networks. Nobody at the door should wait."""
    networks.atlas()
    reverse("wagtail_serve", args=["somewhere/"])


def find(folded: str) -> Route | None:
    """The route of a code as the database has it now."""
    return find_all([folded]).get(folded)


def find_all(codes_folded) -> dict[str, Route]:
    """The routes of many codes, by their folded codes, in as many questions as for one."""
    return {link.code_folded: route for link, route in _routes(_links().with_codes(codes_folded))}


def newest(before: int | None, most: int) -> tuple[int | None, list[tuple[str, str, Route]]]:
    """Where to go on, and (code, folded code, route) of so many links, the newest first; None once there are no more."""
    links = list(_routes(_links().newest_before(before)[:most]))
    told = [(link.code, link.code_folded, route) for link, route in links]
    return links[-1][0].pk if len(links) == most else None, told


def route_of(link) -> Route:
    """All that the door must know to answer for a link."""
    [(_link, route)] = _routes(_links().with_ids([link.pk]))
    return route


@cache
def _links():
    """Put together once: Django takes longer to write this question than the database to answer it."""
    return TrackedLink.objects.routed(rules=Rule.objects.of_its_link(), arms=Split.objects.of_its_link())


def _routes(rows):
    """Each link with its route. Most need one question for all of them; rules, arms and sites are asked for if need be."""
    links = [Routed(*row) for row in rows]
    ruled, split = defaultdict(list), defaultdict(list)
    if ids := [link.pk for link in links if link.has_rules]:
        for rule in Rule.objects.of_links(ids).in_order():
            ruled[rule.link_id].append(rule)
    if ids := [link.pk for link in links if link.has_arms]:
        for arm in Split.objects.of_links(ids).in_order():
            split[arm.link_id].append(arm)
    places = {link.page__url_path for link in links if link.page__url_path}
    sites = destinations.sites() if places or ruled or split else []
    paths = {place: destinations.path_at(place, sites) for place in places}
    for link in links:
        address = paths[link.page__url_path] if link.page__url_path else link.address or "/"
        yield link, _route(link, address, sites, ruled.get(link.pk, ()), split.get(link.pk, ()))


def _route(link: Routed, address: str, sites, its_rules, its_arms) -> Route:
    utm = link.utm

    def way(address: str) -> Way | None:
        return way_to(address, utm) if address else None

    own = way_to(address, utm)
    turns = [
        Turn(
            rules.read(rule.kind, rule.value),
            Choice(way_to(destinations.address_of(rule, sites), utm), None, "", number),
            rules.awaited(rule.kind, rule.value),
        )
        for number, rule in enumerate(its_rules)
    ]
    arms = [
        Arm(arm.arm, arm.weight, Choice(way(destinations.own_address_of(arm, sites)) or own, arm.arm))
        for arm in its_arms
        if arm.ended_at is None
    ]
    paused = bool(link.paused_at or link.campaign__paused_at)
    return Route(
        link=link.pk,
        way=own,
        turns=tuple(turns),
        unasked=tuple(turn for turn in turns if turn.waits_for is None),
        waits_for=frozenset(turn.waits_for for turn in turns if turn.waits_for is not None),
        arms=tuple(arms),
        paused=paused,
        opens=link.starts_at.timestamp() if link.starts_at else 0.0,
        closes=link.ends_at.timestamp() if link.ends_at else 0.0,
        most=link.most_visits,
        before=way(link.before_address),
        after=way(link.after_address),
        full=way(link.full_address or link.after_address),
        is_plain=not (turns or arms or paused or link.starts_at or link.ends_at or link.most_visits is not None),
    )


def card(link: int, early: bool = False) -> bytes:
    """The page that link-preview agents are shown: what the link promises, in a form they read.

    Before a link's start it says only what its own card says: the page may be a secret until then.
    """
    found = TrackedLink.objects.for_the_door().get(pk=link)
    page = found.page.specific if found.page_id and not early else None
    # A page may say more about its own card than every page does.
    title = found.card_title or getattr(page, "card_title", "") or getattr(page, "title", "") or _brand()
    text = found.card_text or getattr(page, "card_words", "") or getattr(page, "search_description", "")
    picture = _picture(found.card_picture or getattr(page, "card_picture", None))
    context = {"link": found, "title": title, "text": text, "picture": picture, "site_url": settings.SITE_URL}
    return render_to_string("campaigns/card.html", context).encode()


def _brand() -> str:
    return next((site.site_name for site in destinations.sites() if site.site_name), settings.WAGTAIL_SITE_NAME)


def _picture(image) -> str:
    """A card without its picture is still a card."""
    if image is None:
        return ""
    try:
        return image.get_rendition("fill-1200x630|format-jpeg").full_url
    except Exception:
        log.warning("a card's picture could not be made", extra={"image": image.pk}, exc_info=True)
        return ""


def channel() -> str:
    return f"{settings.VALKEY_PREFIX}links"


def _tell(word: bytes):
    # Without Valkey the doors still hear of it, a few seconds later: it stands in the news.
    with suppress(redis.RedisError, OSError):
        valkey.client().publish(channel(), word)


def _announce(word: str):
    """Every door hears of it: at once over Valkey, and in any case when it next reads the news in the database."""
    News.objects.create(code=word)
    transaction.on_commit(partial(_tell, word.encode()))


def changed_on_commit(code: str):
    """Tells every process's door that what it knows of this link is old."""
    _announce(codes.fold(code))


def all_changed_on_commit(**_signal):
    """A page moved, or was named anew; a campaign was paused: any link may lead elsewhere now."""
    _announce(EVERY.decode())
