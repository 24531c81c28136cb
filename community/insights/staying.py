"""Who was seen again in which week of their membership, by the place they first came from."""

from collections import Counter
from datetime import date, timedelta

from community.campaigns import crediting, touching
from community.insights import bonding, days
from community.insights.models import questions

A_WEEK = timedelta(days=7)


def stays_of(first: date, last: date) -> Counter:
    """Members seen for the first time in one week of their membership, by (day, cohort, age, place, way).

    The weeks of a membership begin on the day of joining. A week's first day may lie before `first`: then the member
    is counted there, and not here.
    """
    seen, new = set(), []
    for member, day, joined_at in questions.here_between(first - A_WEEK, last):
        joined = days.day_of(joined_at)
        age = (day - joined).days // 7
        if age < 0 or (member, age) in seen:
            continue
        seen.add((member, age))
        if day >= first:
            new.append((member, day, joined_at, age))
    touches = touching.touches_of({member for member, *_rest in new})
    found: Counter = Counter()
    for member, day, joined_at, age in new:
        touch, _whole = crediting.parts(touches[member], joined_at, "first")[0]
        cohort = days.monday_of(days.day_of(joined_at))
        found[day, cohort, age, bonding.place_of(touch), bonding.way_of(touch)] += 1
    return found
