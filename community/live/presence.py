"""Who is here: each process tells Valkey about a topic what it sees itself, and whoever asks puts it together.

In a small room those who are seen are named to members; in a big one, and to strangers always, only the count is told.
"""

import json
import time
from dataclasses import dataclass

import redis
from django.conf import settings

from community.commons import valkey

LASTING = 60  # seconds after which a process that fell silent counts no more
SMALL = 12  # people up to which a room is small


@dataclass(frozen=True, slots=True)
class Here:
    """How many people, and the faces of those who are seen; none of them in a big room."""

    count: int
    people: tuple[dict, ...]

    def but(self, apart) -> list[dict]:
        return but(self.people, apart)


def but(people, apart) -> list[dict]:
    """Those whom somebody may be told of who is kept apart from some."""
    return [face for face in people if face["id"] not in apart]


def key(topic: str) -> str:
    return f"{settings.VALKEY_PREFIX}live:here:{topic}"


def here(topic: str) -> Here:
    """For ordinary code; nobody, when Valkey cannot say."""
    try:
        return total(valkey.client().hgetall(key(topic)))
    except redis.RedisError:
        return Here(0, ())


async def tell(topic: str, process: str, people, faces: dict[str, dict]) -> Here:
    """Notes whom this process sees, and gives what all processes see."""
    pipe = valkey.aclient().pipeline(transaction=False)
    if people:
        # One person on two processes is known to be one as long as the room is small.
        who = {each: faces.get(each) for each in people} if len(people) <= SMALL else None
        pipe.hset(key(topic), process, json.dumps({"many": len(people), "at": int(time.time()), "who": who}))
        pipe.expire(key(topic), LASTING)
    else:
        pipe.hdel(key(topic), process)
    pipe.hgetall(key(topic))
    return total((await pipe.execute())[-1])


def total(told: dict) -> Here:
    """What was told lately: a process that was killed cannot take its word back."""
    oldest = time.time() - LASTING
    lately = [each for each in map(json.loads, told.values()) if each["at"] > oldest]
    if all(each["who"] is not None for each in lately):
        known: dict[str, dict | None] = {}
        for each in lately:
            known |= each["who"]
        faces = sorted((face for face in known.values() if face), key=lambda face: face["id"])
        return Here(len(known), tuple(faces) if len(known) <= SMALL else ())
    return Here(sum(each["many"] for each in lately), ())
