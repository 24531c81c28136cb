"""How often someone may do something, counted in Valkey."""

import time

import redis
from django.conf import settings

from community.commons import valkey
from community.commons.refusals import TooOften


def allowed(action: str, who: str, *, most: int, seconds: int) -> bool:
    """Counts one act in the current window of `seconds`; False once there were more than `most`."""
    return spend(action, who, most=most, seconds=seconds)[0] >= 0


def require(action: str, who: str, *, most: int, seconds: int, kept: str = ""):
    """Refuses (429) once there were more than `most` acts in the current window; `kept` is what they had typed."""
    left, until_next = spend(action, who, most=most, seconds=seconds)
    if left < 0:
        raise TooOften(seconds=until_next, kept=kept)


def spend(action: str, who: str, *, most: int, seconds: int) -> tuple[int, int]:
    """Counts one act, and says how many are left in this window (-1: it was one too many) and when the next begins.

    Without Valkey nobody is stopped: a limit protects comfort, and must not be the reason that a site is silent.
    """
    moment = time.time()
    until_next = seconds - int(moment % seconds)
    key = f"{settings.VALKEY_PREFIX}limit:{action}:{who}:{int(moment // seconds)}"
    try:
        pipe = valkey.client().pipeline(transaction=False)
        pipe.incr(key)
        pipe.expire(key, seconds)
        return max(-1, most - pipe.execute()[0]), until_next
    except redis.RedisError:
        return most, until_next
