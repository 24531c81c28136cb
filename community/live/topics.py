"""What can be watched: each room registers its topics here, and says who may enter and what has happened since."""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404

from community.commons.refusals import Refusal

LARGEST_NUMBER = 2**63 - 1
MOST_FRAMES = 200  # that are told to whoever comes back; with more, the page is fetched anew
_NAME = re.compile(r"([a-z]{1,20})\.([A-Za-z0-9_-]{1,40})", re.ASCII)


class Closed(Exception):
    """This door does not open for this person. Why is not said: what they may not see does not exist."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One numbered thing that happened in a topic, alike for every reader of it in one language."""

    n: int
    kind: str
    id: str = ""
    html: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def as_dict(self, topic: str) -> dict[str, Any]:
        told = {**self.extra, "topic": topic, "n": self.n, "kind": self.kind}
        if self.id:
            told["id"] = self.id
        if self.html:
            told["html"] = self.html
        return told


class Topic(ABC):
    """A kind of thing people watch together. Rooms subclass it and register one of it in their `ready`.

    Its methods are ordinary synchronous code and may ask the database; they are never called on the event loop.
    """

    kind = ""

    @abstractmethod
    def admit(self, person, key: str):
        """The subject behind `key`, if `person` may see it; ObjectDoesNotExist or a Refusal closes the door."""

    @abstractmethod
    def number(self, subject) -> int:
        """The number of the last thing that happened; the subject was fetched a moment ago."""

    @abstractmethod
    def since(self, subject, number: int) -> Iterable[Frame]:
        """What happened after `number`, oldest first, in its present state and in the active language.

        May be a generator: no more is taken from it than will be sent.
        """

    def face(self, person, subject) -> dict[str, Any] | None:
        """What members in the same place see of this person: `id` and `name`; nothing of whoever is not to be seen."""
        return None

    def apart(self, person, subject) -> frozenset[int]:
        """Ids of those whose `face` this person is not shown, and of whom they do not hear that they write."""
        return frozenset()

    def hears(self, person, subject) -> bool:
        """Whether this person may say something here, and others may know that they are writing it."""
        return False

    def answers(self, person, subject) -> bool | None:
        """Whether this person may add something of their own; None where their page would look the same either way.

        When it changes, their open pages are told, and ask anew for the place where they do it.
        """
        return None


_topics: dict[str, Topic] = {}


def register(topic: Topic) -> None:
    _topics[topic.kind] = topic


def well_formed(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def enter(name: str, person) -> tuple[Topic, Any]:
    """The topic and its subject, or Closed: unknown, malformed, gone and forbidden look the same from outside."""
    match = _NAME.fullmatch(name)
    topic = _topics.get(match[1]) if match else None
    if match is None or topic is None:
        raise Closed
    try:
        return topic, topic.admit(person, match[2])
    except (ObjectDoesNotExist, Refusal, Http404, PermissionDenied, ValueError, OverflowError) as reason:
        raise Closed from reason


def encode(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
