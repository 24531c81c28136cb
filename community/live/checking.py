"""Questions to the database on behalf of sockets, asked in threads so that the loop goes on."""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from channels.db import database_sync_to_async

from community.live import readers, topics

CHUNK = 25  # questions for one visit to a thread

logger = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(4, thread_name_prefix="live")


def _in_thread(question):
    return database_sync_to_async(question, thread_sensitive=False, executor=_threads)


@dataclass
class Found:
    """Who holds each session, and how far each topic is for it: None where they may not enter.

    What could not be found out is missing: a database that does not answer must not send anyone away.
    """

    people: dict[str, Any] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int | None] = field(default_factory=dict)


@_in_thread
def person_of(session: str):
    return readers.person_of(session)


@_in_thread
def number_of(name: str, person) -> int:
    """How far the topic is; raises Closed where this person may not enter."""
    return _number(name, person)


async def check(wanted: Iterable[tuple[str, str]]) -> Found:
    """Answers for pairs of a session and a topic's name; an empty name asks only who it is."""
    found, pairs = Found(), sorted(wanted)
    for start in range(0, len(pairs), CHUNK):
        await _check(found, pairs[start : start + CHUNK])
    return found


@_in_thread
def _check(found: Found, pairs):
    for session, name in pairs:
        try:
            if session not in found.people:
                found.people[session] = readers.person_of(session)
            if name:
                found.numbers[session, name] = _number(name, found.people[session])
        except topics.Closed:
            found.numbers[session, name] = None
        except Exception:
            logger.exception("could not ask again about %s", name or "a session")


def _number(name, person):
    topic, subject = topics.enter(name, person)
    return topic.number(subject)
