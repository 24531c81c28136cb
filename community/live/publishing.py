"""Telling everyone who watches: after commit, rendered once for each language, and never at the caller's expense."""

import asyncio
import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction
from django.utils import translation

from community.live.topics import Frame, encode

HUBS = "hubs"  # the group every hub listens to; topics have a dot in their name
PATIENCE = 2  # seconds that a writer will wait for the wire
SILENCE = 5  # seconds without another attempt, after the wire did not take a frame

logger = logging.getLogger(__name__)
_kept: ContextVar[list | None] = ContextVar("frames kept instead of sent", default=None)
_silent_until = 0.0


def publish_on_commit(*, topic, number, kind, render=None, extra=None):
    """Tells the watchers of `topic` once this transaction has committed; nothing is told when it rolls back.

    `render(language)` gives the frame's HTML with that language active; `extra` holds more of the frame, its `id` for
    one. Never raises: a lost frame is a hint lost, whoever missed it asks the database by number.
    """
    transaction.on_commit(partial(_publish, topic, number, kind, render, dict(extra or {})), robust=True)


def recheck_on_commit(member_id: int):
    """Makes every open door of this member ask again who they are and what they may see."""
    transaction.on_commit(partial(_send, HUBS, {"type": "recheck", "member": member_id}), robust=True)


def recheck_topic_on_commit(topic: str):
    """Makes everyone who watches this topic ask again whether they may; with a dot at its end, all that begin so."""
    transaction.on_commit(partial(_send, HUBS, {"type": "recheck", "topic": topic}), robust=True)


@contextmanager
def captured():
    """Frames published inside are kept in the list instead of sent: for tests, and for filling in bulk.

    Each is (topic, {language: frame}).
    """
    frames: list = []
    token = _kept.set(frames)
    try:
        yield frames
    finally:
        _kept.reset(token)


def _publish(topic, number, kind, render, extra):
    subject, whole = extra.get("id", ""), kind != "behind"
    try:
        frames = _rendered(topic, number, kind, render, extra)
    except Exception:
        # Readers are told that there is something, and ask for it over HTTP, where an error has a page of its own.
        logger.exception("a frame of %s could not be rendered", topic)
        frames = {language: {"topic": topic, "n": number, "kind": "behind"} for language in _languages()}
        whole = False
    if (kept := _kept.get()) is not None:
        kept.append((topic, frames))
        return
    texts = {language: encode(frame).encode() for language, frame in frames.items()}
    _send(topic, {"type": "frame", "topic": topic, "n": number, "texts": texts, "id": subject, "whole": whole})


def _rendered(topic, number, kind, render, extra):
    frame_id = extra.pop("id", "")
    frames = {}
    for language in _languages():
        with translation.override(language):
            html = str(render(language)) if render else ""
        frames[language] = Frame(n=number, kind=kind, id=frame_id, html=html, extra=extra).as_dict(topic)
    return frames


def _languages():
    return [code for code, _ in settings.LANGUAGES]


def _send(group, message):
    global _silent_until
    if _kept.get() is not None or time.monotonic() < _silent_until:
        return
    try:
        async_to_sync(_group_send)(group, message)
    except Exception as error:
        # Whoever writes next must not wait for a dead wire as well.
        _silent_until = time.monotonic() + SILENCE
        logger.warning("the wire took no frame for %s: %s", group, type(error).__name__)


async def _group_send(group, message):
    await asyncio.wait_for(get_channel_layer().group_send(group, message), PATIENCE)
