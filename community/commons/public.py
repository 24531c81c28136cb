"""Pages that are the same for every stranger: how a view says so, and how a verb says that one has changed.

The pages themselves are kept in front of Django, see public_pages.py. Tags name what a page shows: "thread-42", "page-7".
"""

import logging
from contextlib import suppress
from functools import partial, wraps

import redis
from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from community.commons import valkey

log = logging.getLogger(__name__)
HEADER = "X-Public-Tags"
EVERYTHING = "*"
MOST_TAGS = 50


def may_be_kept(request, response) -> bool:
    """Only a whole page, asked for by nobody in particular, and without anything meant for them alone."""
    return (
        request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and not request.user.is_authenticated
        and not getattr(request, "htmx", False)
        and not response.cookies
        and not getattr(request, "visitor_cookie", None)
    )


def mark(request, response, *tags: str):
    """Says that this answer may be shown to every stranger until something with one of the tags changes."""
    if tags and may_be_kept(request, response):
        until = [response.public_until] if hasattr(response, "public_until") else []
        response[HEADER] = " ".join([*until, *tags[:MOST_TAGS]])
    return response


UNTIL = "until-"  # begins the tag that says when a page is no longer true, in seconds since the epoch


def until(response, *moments):
    """Says that this answer, if it is kept at all, is not shown any more once the first of these moments has come."""
    coming = [moment.timestamp() for moment in moments if moment and moment > now()]
    if coming:
        response.public_until = f"{UNTIL}{min(coming):.0f}"
    return response


def shown_to_all(*tags: str, **named: str):
    """Decorates a view; `named` gives the tag for each keyword of the address: `pk="thread"` makes "thread-42"."""

    def decorate(view):
        @wraps(view)
        def answered(request, *args, **kwargs):
            own = [f"{kind}-{kwargs[name]}" for name, kind in named.items()]
            return mark(request, view(request, *args, **kwargs), *tags, *own)

        return answered

    return decorate


_nearby: list = []  # the shelves of this very process, which need not wait for Valkey's word


def listen_nearby(forget):
    """`forget(tags)` is called in this process at once, from any thread."""
    _nearby.append(forget)


def heard(tags):
    """Another process, or this one, said that something changed."""
    for forget in _nearby:
        forget(tags)


class Ear:
    """Whether word of changes reaches this process. Where it does not, nothing is remembered beyond a request."""

    is_open = False


class Remembered:
    """Facts that every page shows and that hardly ever change, kept in this process until an editor changes something.

    What is kept is shared between threads and must not be changed by whoever is given it.
    """

    MOST = 200

    def __init__(self, find):
        self.find = find
        self.known: dict = {}
        listen_nearby(self._forget)

    def __call__(self, *key):
        if not (Ear.is_open and settings.PUBLIC_PAGES):
            return self.find(*key)
        known = self.known
        if key not in known:
            found = self.find(*key)
            if len(known) < self.MOST:
                known[key] = found  # into the dictionary that was there before asking: a change replaces it
            return found
        return known[key]

    def _forget(self, tags):
        if EVERYTHING in tags:
            self.known = {}


def channel() -> str:
    return f"{settings.VALKEY_PREFIX}public"


def purge(*tags: str):
    """Every process forgets the pages that show one of these."""
    heard(tags)
    # Without Valkey other processes do not hear of it; for as long as that lasts they believe a page for seconds only.
    with suppress(redis.RedisError, OSError):
        valkey.client().publish(channel(), " ".join(tags).encode())


def purge_on_commit(*tags: str):
    transaction.on_commit(partial(purge, *tags))
