"""Where people turn back between a tapped link and membership, for each app and system, in one question.

A person is one browser, counted once per step, at their first click in the span and within a day after it. Whoever was
seen at a later step has passed the earlier ones too, whether or not we heard of them: a page without script tells nothing
of being painted. So each step holds only people of the step before. Members who merely sign in again are left out.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from community.campaigns import moments
from community.campaigns.models import Claim, Click, Step

STEPS = ("clicked", "painted", "join_opened", "code_asked", "code_entered", "joined")
REACH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Stage:
    """`lost` of the people of the stage before did not come so far; `median` is in seconds from the stage before."""

    kind: str
    people: int
    lost: int
    median: float | None

    @property
    def share_lost(self) -> float | None:
        before = self.people + self.lost
        return self.lost / before if before else None


@dataclass(frozen=True, slots=True)
class Leak:
    """One app on one system; app and os are None for everybody together."""

    app: str | None
    os: str | None
    stages: list[Stage]


def leaks(start, end, clicks=None) -> list[Leak]:
    """Everybody together first, then each app and system, those with most people first.

    `clicks` narrows whose: any question about clicks, `Click.objects.of_links(links)` for one. Times are half-open.
    """
    clicks = (Click.objects.all() if clicks is None else clicks).human().let_in().between(start, end)
    sql, params = clicks.order_by().with_visitor().values("visitor", "at", "app", "os", "id").query.sql_with_params()
    with connection.cursor() as cursor:
        told: list[Any] = [*params, *STEPS[1:], moments.floor(start), moments.floor(end + REACH), REACH]
        cursor.execute(_SQL.format(clicks=sql), told)
        return [_leak(row) for row in cursor.fetchall()]


def _leak(row) -> Leak:
    app, os, *numbers = row
    people, medians = numbers[: len(STEPS)], [None, *numbers[len(STEPS) :]]
    before = [people[0], *people[:-1]]
    return Leak(
        app,
        os,
        [
            Stage(kind, count, was - count, None if median is None else round(float(median), 1))
            for kind, count, was, median in zip(STEPS, people, before, medians, strict=True)
        ],
    )


def _sql() -> str:
    times = ", ".join(f"min(s.at) FILTER (WHERE s.kind = %s) AS t{number}" for number in range(1, len(STEPS)))
    # Each step counts whoever came so far or further.
    people = ", ".join(
        f"count(coalesce({', '.join(f't{later}' for later in range(number, len(STEPS)))}))"
        for number in range(1, len(STEPS))
    )
    medians = ", ".join(
        "percentile_cont(0.5) WITHIN GROUP "
        f"(ORDER BY extract(epoch FROM greatest(t{number} - t{number - 1}, interval '0'))) "
        f"FILTER (WHERE t{number} IS NOT NULL AND t{number - 1} IS NOT NULL)"
        for number in range(1, len(STEPS))
    )
    return f"""
WITH tapped AS ({{clicks}}),
came AS (
    SELECT DISTINCT ON (visitor) visitor, at AS t0, app, os FROM tapped ORDER BY visitor, id
),
newcomers AS (
    SELECT came.* FROM came LEFT JOIN {Claim._meta.db_table} claim ON claim.visitor = came.visitor
    LEFT JOIN accounts_member member ON member.id = claim.member_id
    WHERE member.joined_at IS NULL OR member.joined_at >= came.t0
),
gone AS (
    SELECT n.app, n.os, n.t0, {times}
    FROM newcomers n LEFT JOIN {Step._meta.db_table} s
        ON s.visitor = n.visitor AND s.id >= %s AND s.id < %s AND s.at >= n.t0 AND s.at < n.t0 + %s
    GROUP BY n.visitor, n.app, n.os, n.t0
)
SELECT app, os, count(*), {people}, {medians}
FROM gone GROUP BY GROUPING SETS ((), (app, os))
ORDER BY grouping(app, os) DESC, count(*) DESC, app, os
"""  # noqa: S608 (names of our own tables; values are parameters)


_SQL = _sql()
