"""How warm a discussion is: what is said and given in it, each thing worth half as much with every day that passes.

    heat = log2( sum over posts and reactions of  worth · 2^(days since 2020 at which it happened) )

A post by somebody other than the thread's author is worth 1, as is the first one; the author's own answers 0.3; a
reaction 0.5. All threads cool at one pace, so their order never changes by waiting: the number is stored when something
happens, indexed, and lists are paged by it. One more unit of heat is twice as much going on, or one day later.
"""

import math
from datetime import UTC, datetime

from community.forum.models import Reaction

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
OF_OTHERS, OF_AUTHOR, OF_REACTION = 1.0, 0.3, 0.5


def _day(moment) -> float:
    return (moment - BEGIN).total_seconds() / 86_400


def warmed(heat: float, *, worth: float, at) -> float:
    """A heat with one act more; 0 is the heat of nothing at all."""
    act = math.log2(worth) + _day(at)
    if not heat:
        return act
    more, less = max(heat, act), min(heat, act)
    return more + math.log2(1 + 2 ** max(less - more, -200))


def worth_of(post) -> float:
    own = post.number > 1 and post.author_id == post.thread.author_id
    return OF_AUTHOR if own else OF_OTHERS


def measure(thread) -> float:
    """The same number from the rows, for when something was taken away and whenever it should be made sure of."""
    seen_from = thread.stirred_at
    left = thread.posts.warmth(seen_from, OF_AUTHOR, OF_OTHERS)
    left += Reaction.objects.on_thread(thread).warmth(seen_from, OF_REACTION)
    return math.log2(left) + _day(seen_from) if left > 0 else 0.0
