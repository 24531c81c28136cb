"""Questions to the database on behalf of sockets, asked in threads so that the loop goes on."""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from channels.db import database_sync_to_async
from django.utils import translation

from community.live import readers, topics

CHUNK = 25  # questions for one visit to a thread

logger = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(4, thread_name_prefix="live")


def _in_thread(question):
    return database_sync_to_async(question, thread_sensitive=False, executor=_threads)


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody in a topic: how far it is, what others see of them there, whom they do not meet, and what they may say.

    They are seen writing where they speak; some who may answer are not.
    """

    number: int
    face: dict | None = None
    speaks: bool = False
    apart: frozenset[int] = frozenset()
    answers: bool | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What happened in a topic after one number and up to another: number, subject and text of each frame."""

    since: int
    number: int
    frames: list[tuple[int, str, bytes]]


@dataclass
class Found:
    """Who holds each session, and their place in each topic: None where they may not enter.

    What could not be found out is missing: a database that does not answer must not send anyone away.
    """

    people: dict[str, Any] = field(default_factory=dict)
    places: dict[tuple[str, str], Place | None] = field(default_factory=dict)


@_in_thread
def person_of(session: str):
    return readers.person_of(session)


@_in_thread
def place_of(name: str, person) -> Place:
    """This person's place in the topic; raises Closed where they may not enter."""
    return _place(name, person)


@_in_thread
def past_of(name: str, person, since: int, language: str) -> Past | None:
    """The same that the twin over HTTP would say; None where that is too much."""
    topic, subject = topics.enter(name, person)
    number = topic.number(subject)
    with translation.override(language):
        frames = list(islice(topic.since(subject, since), topics.MOST_FRAMES + 1))
    if since > number or len(frames) > topics.MOST_FRAMES:
        return None
    told = [(frame.n, frame.id, topics.encode(frame.as_dict(name)).encode()) for frame in frames]
    return Past(since, max([number, *(n for n, _subject, _text in told)]), told)


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
                found.places[session, name] = _place(name, found.people[session])
        except topics.Closed:
            found.places[session, name] = None
        except Exception:
            logger.exception("could not ask again about %s", name or "a session")


def _place(name, person) -> Place:
    topic, subject = topics.enter(name, person)
    face = topic.face(person, subject)
    speaks = bool(face) and topic.hears(person, subject)
    return Place(topic.number(subject), face, speaks, topic.apart(person, subject), topic.answers(person, subject))
