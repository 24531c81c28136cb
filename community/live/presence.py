"""How many are here: each process tells Valkey its own count for a topic, and whoever asks adds them up."""

import time

import redis
from django.conf import settings

from community.commons import valkey

LASTING = 60  # seconds after which a process that fell silent counts no more


def key(topic: str) -> str:
    return f"{settings.VALKEY_PREFIX}live:here:{topic}"


def count(topic: str) -> int:
    """For ordinary code; nobody, when Valkey cannot say."""
    try:
        return total(valkey.client().hgetall(key(topic)))
    except redis.RedisError:
        return 0


async def tell(topic: str, process: str, here: int) -> int:
    """Notes this process's count, and gives the sum over all processes."""
    pipe = valkey.aclient().pipeline(transaction=False)
    if here:
        pipe.hset(key(topic), process, f"{here}:{int(time.time())}")
        pipe.expire(key(topic), LASTING)
    else:
        pipe.hdel(key(topic), process)
    pipe.hgetall(key(topic))
    return total((await pipe.execute())[-1])


def total(told: dict) -> int:
    """The sum of what was told lately: a process that was killed cannot take its count back."""
    now, here = time.time(), 0
    for value in told.values():
        people, _, at = value.partition(b":")
        if now - int(at) < LASTING:
            here += int(people)
    return here
