"""From the browser inside an app to one's own: the same visitor, the same place, and nobody is signed in by it."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Handoff
from community.commons import browsers, visitors

GOOD_FOR = timedelta(minutes=15)
KEPT = timedelta(days=1)  # a mark outlives the address it forbids
SKEW = timedelta(minutes=5)  # by which our machines' clocks may differ
LONGEST_PLACE = 300  # a longer one would make a picture nobody's camera can read
_SALT = "accounts.handoff"


class Over(Exception):
    """An address that led somewhere once. `place` is where it led."""

    def __init__(self, place: str):
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class Way:
    mark: str
    visitor: uuid.UUID
    place: str


def token_for(*, visitor: uuid.UUID, place: str) -> str:
    """What an address carries to be followed in another browser: who, where to, and a mark of its own."""
    place = place if len(place) <= LONGEST_PLACE else place.partition("?")[0][:LONGEST_PLACE]
    return signing.dumps([secrets.token_urlsafe(9), visitor.hex, place], salt=_SALT, compress=True)


def address_of(token: str) -> str:
    return settings.SITE_URL + reverse("join_handoff", args=[token])


def read(token: str) -> Way:
    """Raises signing.BadSignature for what we never said, and Over for what is too old or was followed before."""
    try:
        mark, visitor, place = signing.loads(token, salt=_SALT)
        way = Way(mark, uuid.UUID(visitor), place)
    except (ValueError, TypeError, AttributeError) as wrong:
        raise signing.BadSignature from wrong
    try:
        signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired as old:
        raise Over(way.place) from old
    # One that a clock far ahead has signed would be good for as long as that clock was wrong.
    if signing.b62_decode(token.rsplit(":", 2)[1]) > (now() + SKEW).timestamp():
        raise Over(way.place)
    if Handoff.objects.contains(Handoff(mark=way.mark)):
        raise Over(way.place)
    return way


@transaction.atomic
def follow(token: str) -> Way:
    """The way, once: of two who follow it at the same moment only one arrives."""
    way = read(token)
    _row, made = Handoff.objects.get_or_create(mark=way.mark)
    if not made:
        raise Over(way.place)
    Handoff.objects.before(now() - KEPT).delete()
    return way


def way_out(request, browser: browsers.Browser, place: str) -> str:
    """Where to press to go on in one's own browser: at once where the app knows how, else with an address to copy.

    Whoever LINE did not let out although it was asked is not asked the same again.
    """
    elsewhere = f"{reverse('join_elsewhere')}?{urlencode({'next': place})}"
    if browser.app == "line" and browsers.INSIDE_LINE in request.GET:
        return elsewhere
    token = token_for(visitor=visitors.ensure(request), place=place)
    return browser.way_out(address_of(token), settings.SITE_URL + elsewhere) or elsewhere
