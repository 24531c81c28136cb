"""A topic that is watched in this process: who stands in it, what they heard last, and who writes just now."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable

from community.live.checking import Past
from community.live.doors import wire
from community.live.presence import Here, but
from community.live.topics import encode

MOST_KEPT = 500  # frames held back while everyone is asked again; beyond it they ask by number
LASTING = 6  # seconds after which somebody who says no more has stopped writing
MOST_WRITERS = 100
MOST_REMEMBERED, MOST_BYTES = 64, 64 * 1024  # frames for those who come back, and what they may weigh in one language
NAMED_WRITERS = 12


class Room:
    def __init__(self, name):
        self.name = name
        self.doors: dict[str, dict] = defaultdict(dict)  # by language; a dict keeps the order they came in
        self.people: Counter = Counter()
        self.faces: dict[str, dict] = {}  # of those among them who are seen
        self.last = 0  # the largest number told or asked for here
        self.here = Here(0, ())  # people in all processes, as last heard
        self.counted = float("-inf")
        self.counting: asyncio.Task | None = None
        self.left = 0.0
        self.asking = 0  # rounds of asking everyone here again that are under way
        self.kept: list[dict] = []  # what happened meanwhile
        self.remembered: deque[dict] = deque()
        self.weight = 0
        self.past: dict[str, Past] = {}  # by language: what the database said to the first who came back
        self.past_until = 0.0
        self.recalling = asyncio.Lock()
        self.writers: dict[int, tuple[dict, float]] = {}  # by member: their face, and until when it holds
        self.telling: asyncio.Task | None = None

    def __iter__(self):
        for doors in self.doors.values():
            yield from doors

    def enter(self, door, place):
        door.rooms[self.name] = self
        self.doors[door.reader.language][door] = None
        self.people[door.who] += 1
        self.know(door, place)

    def know(self, door, place):
        """What was found out about someone here, for the first time or again."""
        door.places[self.name] = place
        if place.face:
            self.faces[door.who] = place.face
        else:
            self.faces.pop(door.who, None)

    def leave(self, door):
        self.doors[door.reader.language].pop(door, None)
        door.places.pop(self.name, None)
        less(self.people, door.who)
        if door.who not in self.people:
            self.faces.pop(door.who, None)

    def keep(self, messages):
        """Held back until everyone has been asked; too much of it is only counted."""
        self.kept += messages
        if len(self.kept) > MOST_KEPT:
            self.last = max([self.last, *(message["n"] for message in self.kept if message["type"] == "frame")])
            behind = encode({"topic": self.name, "kind": "behind", "n": self.last}).encode()
            told = {language: behind for language in self.doors}
            held = {"type": "frame", "topic": self.name, "n": self.last, "texts": told, "id": "", "whole": False}
            self.kept = [held]

    # --- for those who come back -----------------------------------------------------------------

    def remember(self, message):
        self.remembered.append(message)
        self.weight += _weight(message)
        while len(self.remembered) > MOST_REMEMBERED or self.weight > MOST_BYTES:
            self.weight -= _weight(self.remembered.popleft())

    def since(self, number: int, language: str) -> bytes | None:
        """What happened after a number, as one message; None when something of it is not known here.

        Of what changed more than once only the last is told, as over HTTP: words that were taken back are said no more.
        """
        told, known = {}, number
        if (past := self.past.get(language)) and past.since <= number:
            told = {n: (subject or n, text) for n, subject, text in past.frames if n > number}
            known = max(number, past.number)
        late = {message["n"]: message for message in self.remembered if known < message["n"] <= self.last}
        if len(late) != max(self.last - known, 0) or any(not message["whole"] for message in late.values()):
            return None
        told |= {n: (message["id"] or n, message["texts"][language]) for n, message in late.items()}
        latest = {subject: n for n, (subject, _text) in sorted(told.items())}
        head = encode({"topic": self.name, "kind": "since", "n": max(self.last, known)}).encode()
        return head[:-1] + b',"frames":[' + b",".join(told[n][1] for n in sorted(latest.values())) + b"]}"

    def recall(self, language: str, past: Past, until: float):
        self.past[language], self.past_until = past, until
        self.last = max(self.last, past.number)

    def forget(self, now: float):
        """What was said to those who came back is kept no longer than they take for it."""
        if self.past and self.past_until < now:
            self.past.clear()

    def tell(self, told: dict):
        text = encode(told).encode()
        self.write(self, text)

    def tell_of(self, people: Iterable[dict], told: Callable[[frozenset[int] | None], dict | None]):
        """Tells everyone here of people: `told` says what, to one who is kept apart from some of them, or to a stranger.

        It is asked and encoded once for all who may hear the same; that are nearly always all members, and all strangers.
        """
        named = {face["id"] for face in people}
        texts: dict[frozenset[int] | None, bytes | None] = {}
        for door in list(self):
            apart = self.apart(door)
            if apart:
                apart &= named
            if apart not in texts:
                words = told(apart)
                texts[apart] = encode(words).encode() if words else None
            if text := texts[apart]:
                door.write(wire(text), [text])

    def apart(self, door) -> frozenset[int] | None:
        """Whom somebody here is not shown; None for a stranger, who is shown nobody."""
        return door.places[self.name].apart if door.person.pk else None

    @staticmethod
    def write(doors: Iterable, text: bytes):
        bytes_on_wire = wire(text)
        for door in list(doors):
            door.write(bytes_on_wire, [text])

    # --- who is here, and who writes -------------------------------------------------------------

    def tell_presence(self):
        self.tell_of(self.here.people, self.presence)

    def presence(self, apart: frozenset[int] | None) -> dict:
        """All are counted; strangers hear no names, and nobody those of people they are kept apart from."""
        told = {"topic": self.name, "kind": "presence", "count": self.here.count}
        people = [] if apart is None else self.here.but(apart)
        return told | {"people": people} if people else told

    def writes(self, face: dict, over: bool, now: float):
        if over:
            self.writers.pop(face["id"], None)
        elif face["id"] in self.writers or len(self.writers) < MOST_WRITERS:
            self.writers[face["id"]] = (face, now + LASTING)

    def writing(self, now: float) -> list[dict]:
        self.writers = {who: told for who, told in self.writers.items() if told[1] > now}
        return [face for face, _until in self.writers.values()]

    def tell_writers(self, before: list[dict], writing: list[dict]):
        def told(apart):
            # That something changed, where nothing is seen to, would say that it was somebody who is not to be heard of.
            return self.typing(writing, apart) if not apart or but(writing, apart) != but(before, apart) else None

        self.tell_of([*before, *writing], told)

    def typing(self, writing: list[dict], apart: frozenset[int] | None) -> dict:
        told = {"topic": self.name, "kind": "typing"}
        if apart is None:
            return told | {"count": len(writing)}
        people = but(writing, apart)
        return told | {"count": len(people), "people": people[:NAMED_WRITERS]}

    def greet(self, door, now: float, *, whatever: bool = False):
        """Who is here and who writes, to one alone; `whatever` says it of nobody, too."""
        apart = self.apart(door)
        for told in (self.presence(apart), self.typing(self.writing(now), apart)):
            if told["count"] or whatever:
                door.tell(told)


def _weight(message) -> int:
    return max(map(len, message["texts"].values()))


def less(counter, key):
    counter[key] -= 1
    if counter[key] <= 0:
        del counter[key]
