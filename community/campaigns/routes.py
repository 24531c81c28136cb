"""What the door knows of a link: enough to answer without asking anyone."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import redis
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from community.campaigns import codes, destinations
from community.campaigns.destinations import Way
from community.campaigns.models import TrackedLink
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


def warm():
    """Has Django read its table of addresses now, which takes a second or two that nobody at the door should wait."""
    reverse("wagtail_serve", args=["somewhere/"])


def find(folded: str) -> Route | None:
    """The route of a code as the database has it now."""
    link = TrackedLink.objects.for_the_door().coded(folded).first()
    return Route(link.pk, Way.to(destinations.address_of(link), link.utm)) if link else None


def card(link: int) -> bytes:
    """The page that link-preview agents are shown: what the link promises, in a form they read."""
    found = TrackedLink.objects.for_the_door().get(pk=link)
    page = found.page.specific if found.page_id else None
    # A page may say more about its own card than every page does.
    title = found.card_title or getattr(page, "card_title", "") or getattr(page, "title", "") or found.label
    text = found.card_text or getattr(page, "card_words", "") or getattr(page, "search_description", "")
    picture = _picture(found.card_picture or getattr(page, "card_picture", None))
    context = {"link": found, "title": title, "text": text, "picture": picture, "site_url": settings.SITE_URL}
    return render_to_string("campaigns/card.html", context).encode()


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
    # Without Valkey the doors still hear of it: what they know of a link ends by itself after some seconds.
    with suppress(redis.RedisError, OSError):
        valkey.client().publish(channel(), word)


def changed_on_commit(code: str):
    """Tells every process's door that what it knows of this link is old."""
    transaction.on_commit(partial(_tell, codes.fold(code).encode()))


def all_changed_on_commit(**_signal):
    """A page moved, or was named anew: any link may lead there."""
    transaction.on_commit(partial(_tell, EVERY))
