"""How often someone may do something, remembered in Valkey."""

import math
import time
from secrets import token_hex

import redis
from django.conf import settings

from community.commons import valkey
from community.commons.refusals import TooOften


def allowed(action: str, who: str, *, most: int, seconds: int) -> bool:
    """Notes one act; False where there were `most` of them in the last `seconds`, and then it is not noted."""
    return spend(action, who, most=most, seconds=seconds)[0] >= 0


def require(action: str, who: str, *, most: int, seconds: int, kept: str = ""):
    """Refuses (429) what goes beyond `most` acts in any `seconds`; `kept` is what they had typed."""
    left, until_next = spend(action, who, most=most, seconds=seconds)
    if left < 0:
        raise TooOften(seconds=until_next, kept=kept)


def spend(action: str, who: str, *, most: int, seconds: int) -> tuple[int, int]:
    """Notes one act, and says how many are left (-1: it was one too many) and in how many seconds there is one more.

    The moments themselves are kept: counted by the minute of the clock, twice as many would pass around its full stroke.
    Without Valkey nobody is stopped: a limit protects comfort, and must not be the reason that a site is silent.
    """
    moment = time.time()
    key, act = f"{settings.VALKEY_PREFIX}limit:{action}:{who}", f"{moment}:{token_hex(4)}"
    try:
        client = valkey.client()
        pipe = client.pipeline()
        pipe.zremrangebyscore(key, "-inf", moment - seconds)
        pipe.zadd(key, {act: moment})
        pipe.zcard(key)
        pipe.zrange(key, 0, 0, withscores=True)
        pipe.expire(key, seconds)
        _gone, _added, many, [(_first, since)], _kept = pipe.execute()
        if many > most:
            client.zrem(key, act)
    except redis.RedisError:
        return most, seconds
    return max(-1, most - many), max(1, math.ceil(since + seconds - moment))
