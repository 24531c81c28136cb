"""Who was seen again in which week of their membership, by the place they first came from."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from community.campaigns import crediting, touching
from community.insights import bonding, days
from community.insights.models import questions


def stays_of(first: date, last: date) -> Counter:
    """Members seen for the first time in one week of their membership, by (day, cohort, age, place, way).

    The weeks of a membership begin on the day of joining. A week's first day may lie before `first`: then the member
    is counted there, and not here.
    """
    seen = questions.seen_anew(first, last)
    return stays(seen, touching.touches_of({member for member, *_rest in seen}))


def stays(seen: Iterable[tuple], touches: dict[int, list[touching.Touch]]) -> Counter:
    """The same, of those who were seen and are known."""
    found: Counter = Counter()
    for member, day, joined_at, age in seen:
        touch, _whole = crediting.parts(touches[member], joined_at, "first")[0]
        cohort = days.monday_of(days.day_of(joined_at))
        found[day, cohort, age, bonding.place_of(touch), bonding.way_of(touch)] += 1
    return found
