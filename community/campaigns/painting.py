"""What a page says of itself once somebody sees it: counted once, and never more than what a click would tell."""

import re
import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.utils.timezone import now

from community.campaigns import noting, sources
from community.campaigns.models import Step
from community.commons import valkey

VISIT = timedelta(minutes=30)  # what comes within it after a click, or from where they came before, is one visit
AGAIN = timedelta(minutes=10)  # the same page before the same eyes within it is seen once
KEPT = 6 * 60 * 60  # seconds for which one view of a page is known by its token
_TOKEN = re.compile(r"[\w.-]{8,64}")
# What stands behind these is one person's alone.
_OWN = re.compile(r"(?<=^/forum/held/).+|(?<=^/join/handoff/).+|(?<=^/members/).+|(?<=^/partners/).+")
_PATH = re.compile(r"/[^\s\x00-\x1f\x7f\\]*")


def paint(*, visitor, agent, token: str, path: str, referrer: str, language: str = "") -> Step | None:
    """One row for one view of a page; None when it was told before, or is no page of ours at all."""
    path = _OWN.sub("", path)
    if not _TOKEN.fullmatch(token) or len(path) > 200 or not _PATH.fullmatch(path) or len(referrer) > 2_000:
        return None
    at = now()
    if (known := _told_before(token)) is not None:
        if visitor and known:
            Step.objects.unnamed().with_id(known).update(visitor=visitor)
        return None
    lately = list(Step.objects.of_visitor(visitor).since(at - VISIT).as_visits()) if visitor else []
    if any(row["path"] == path and row["kind"] == Step.Kind.PAINTED and at - row["at"] < AGAIN for row in lately):
        return None
    row = noting.note(
        kind=Step.Kind.PAINTED,
        visitor=visitor,
        agent=agent,
        language=language,
        path=path,
        source=_source(visitor, referrer, lately, at),
        at=at,
    )
    _remember(token, row.pk)
    return row


def _source(visitor, referrer: str, lately: list, at) -> str:
    """Nothing for what belongs to a click, to this house, or to a visit that is already counted."""
    source = sources.source_of(referrer)
    if not source or noting.latest_click(visitor, at, VISIT):
        return ""
    if source == sources.DIRECT:
        return "" if lately else source
    return "" if any(row["source"] == source for row in lately) else source


def _key(token: str) -> str:
    return f"{settings.VALKEY_PREFIX}painted:{token}"


def _told_before(token: str) -> uuid.UUID | str | None:
    """None for a new token; else the row it has led to, or nothing while that is being written.

    Without Valkey a view that is told twice may be counted twice, which is better than not at all.
    """
    try:
        if valkey.client().set(_key(token), b"", nx=True, ex=KEPT):
            return None
        known: Any = valkey.client().get(_key(token))
    except redis.RedisError:
        return None
    return uuid.UUID(bytes=known) if known and len(known) == 16 else ""


def _remember(token: str, step: uuid.UUID):
    with suppress(redis.RedisError):
        valkey.client().set(_key(token), step.bytes, ex=KEPT)
