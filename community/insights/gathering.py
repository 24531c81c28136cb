"""Counting clicks and steps of the front door, in the database, by day, place and way.

The same words count a closed day for its tally and the live hour for a dashboard: only so do both agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from community.campaigns import moments
from community.insights import days

CLICKS = ("clicks", "visits", "people", "previews", "searches", "scanners", "ahead", "unknown")
# The measure of each kind of step.
STEPS = {
    "painted": "painted",
    "join_opened": "join_opened",
    "code_asked": "code_asked",
    "code_entered": "code_entered",
    "joined": "came_in",
}
TIMED = tuple(f"{measure}_timed" for measure in STEPS.values())
PACES = tuple(f"{measure}_pace" for measure in STEPS.values())
ON_THE_WAY = ("arrivals", *STEPS.values(), *TIMED, *PACES)
MEASURES = (*CLICKS, *ON_THE_WAY)
WAY = ("app", "os", "device", "language")
# Languages with a row of their own; a header can say anything, and each of its words would be a way of its own for ever.
LANGUAGES = (
    "en",
    "ja",
    "ko",
    "vi",
    "id",
    "th",
    "ms",
    "fil",
    "my",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "ru",
    "pl",
    "tr",
)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """A part of one day whose facts are counted. What happened earlier that day is looked at, but not counted."""

    day: date
    start: datetime
    end: datetime

    @property
    def begin(self) -> datetime:
        return days.start_of(self.day)


def whole(day: date, until: datetime | None = None) -> Stretch:
    end = days.end_of(day)
    return Stretch(day, days.start_of(day), min(end, until) if until else end)


def between(start: datetime, end: datetime) -> list[Stretch]:
    """A span of time, cut at the brand's midnights."""
    if start >= end:
        return []
    cut = [
        Stretch(day, max(start, days.start_of(day)), min(end, days.end_of(day)))
        for day in days.span(days.day_of(start), days.day_of(end))
    ]
    return [stretch for stretch in cut if stretch.start < stretch.end]


def hours_of(stretch: Stretch) -> list[Stretch]:
    """A part of a day, cut at its hours."""
    cut = [
        Stretch(stretch.day, max(stretch.start, hour), min(stretch.end, hour + timedelta(hours=1)))
        for hour in days.hours_of(stretch.day)
    ]
    return [part for part in cut if part.start < part.end]


_LANGUAGE = """CASE WHEN {row}.language = '' THEN ''
    WHEN {row}.language ILIKE 'zh%%' THEN CASE WHEN {row}.language ~* '(hans|cn|sg)' THEN 'zh-hans' ELSE 'zh-hant' END
    WHEN lower(split_part({row}.language, '-', 1)) = ANY(%(languages)s) THEN lower(split_part({row}.language, '-', 1))
    ELSE 'other' END"""
# Whether nothing of the same kind came earlier that day: by looking at all of the day, or only as far as is needed.
_FIRST_CLICK = {
    True: "row_number() OVER (PARTITION BY {begins}, k.link_id, k.visitor, k.agent ORDER BY k.id) = 1",
    False: """NOT EXISTS (SELECT FROM campaigns_click e WHERE e.visitor = k.visitor AND e.id >= {begins}
        AND e.id >= %(begin)s AND e.id < %(to)s AND e.id < k.id AND e.link_id = k.link_id AND e.agent = k.agent)""",
}
_CLICKS = f"""
SELECT slot, link_id AS link, '' AS source, app, os, device, language,
    count(*) FILTER (WHERE agent = 'human') AS clicks,
    count(*) FILTER (WHERE agent = 'human' AND (is_first OR visitor IS NULL)) AS visits,
    count(*) FILTER (WHERE agent = 'human' AND fresh) AS people,
    count(*) FILTER (WHERE agent = 'preview') AS previews,
    count(*) FILTER (WHERE agent = 'search') AS searches,
    count(*) FILTER (WHERE agent = 'scanner') AS scanners,
    count(*) FILTER (WHERE agent = 'prefetch') AS ahead,
    count(*) FILTER (WHERE agent NOT IN ('human', 'preview', 'search', 'scanner', 'prefetch')) AS unknown
FROM (
    SELECT k.slot, k.link_id, k.visitor, k.agent, k.fresh, k.app, k.os, k.device,
        {_LANGUAGE.format(row="k")} AS language, {{first}} AS is_first
    FROM (SELECT *, {{slot}} AS slot FROM campaigns_click k WHERE id >= %(from)s AND id < %(to)s {{where}}) k
) click GROUP BY 1, 2, 3, 4, 5, 6, 7"""  # noqa: S608

_FIRST_STEP = {
    True: "row_number() OVER (PARTITION BY {begins}, s.link_id, s.source, s.visitor, s.kind ORDER BY s.id) = 1",
    False: """NOT EXISTS (SELECT FROM campaigns_step e WHERE e.visitor = s.visitor AND e.id >= {begins}
        AND e.id >= %(begin)s AND e.id < %(to)s AND e.id < s.id AND e.link_id IS NOT DISTINCT FROM s.link_id AND e.source = s.source AND e.kind = s.kind)""",
}
_STEP_BEFORE = {
    True: "lag(s.at) OVER (PARTITION BY {begins}, s.visitor, s.click ORDER BY s.id)",
    False: """(SELECT max(e.at) FROM campaigns_step e WHERE e.visitor = s.visitor AND e.id >= {begins}
        AND e.id >= %(begin)s AND e.id < %(to)s AND e.id < s.id AND e.click IS NOT DISTINCT FROM s.click)""",
}
_OF_STEP = "k.id = s.click AND k.id >= %(earliest)s AND k.id < %(to)s AND k.id >= {earlier}"
# The click of each step: of a day's steps all clicks at once, of an hour's each by itself, or two days are walked through.
_TAPPED = {
    True: f"LEFT JOIN campaigns_click k ON {_OF_STEP}",
    False: f"LEFT JOIN LATERAL (SELECT * FROM campaigns_click k WHERE {_OF_STEP} OFFSET 0) k ON true",  # noqa: S608
}
# A step counts under the app in which its link was tapped, wherever the person went on. A key holds its moment.
_STEPS = f"""
SELECT slot, link_id AS link, source, app, os, device, language,
    count(*) FILTER (WHERE kind = 'painted' AND source <> '') AS arrivals,
    {", ".join(f"count(*) FILTER (WHERE kind = '{kind}') AS {measure}" for kind, measure in STEPS.items())},
    {", ".join(f"count(gap) FILTER (WHERE kind = '{kind}') AS {measure}_timed" for kind, measure in STEPS.items())},
    {
    ", ".join(
        f"coalesce(sum(round(1000 * ln(greatest(gap, 0.05)))) FILTER (WHERE kind = '{kind}'), 0)::bigint AS {measure}_pace"
        for kind, measure in STEPS.items()
    )
}
FROM (
    SELECT slot, link_id, CASE WHEN link_id IS NULL THEN source ELSE '' END AS source, kind, visitor, is_first,
        app, os, device, language,
        extract(epoch FROM at - CASE WHEN visitor IS NULL OR before IS NULL THEN tapped ELSE before END)::float8 AS gap
    FROM (
        SELECT s.slot, s.link_id, s.source, s.kind, s.visitor, s.at, {{first}} AS is_first, {{before}} AS before,
            coalesce(k.app, s.app) AS app, coalesce(k.os, s.os) AS os, coalesce(k.device, s.device) AS device,
            {_LANGUAGE.format(row="said")} AS language,
            to_timestamp(('x' || substr(replace(s.click::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0) AS tapped
        FROM (SELECT *, {{slot}} AS slot FROM campaigns_step s WHERE id >= %(from)s AND id < %(to)s {{where}}) s
        {{tapped}}
        CROSS JOIN LATERAL (SELECT coalesce(k.language, s.language) AS language) said
        OFFSET 0 -- else the step before would be sought, and planned, for each of the sums that name it
    ) told OFFSET 0
) step WHERE is_first OR visitor IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7"""  # noqa: S608


def clicks(stretches: Sequence[Stretch], *, links: list[int] | None = None) -> list[dict]:
    """Counted clicks, one row for each stretch, link and way. `links` leaves out all others.

    Stretches follow one upon another without a gap, here and below.
    """
    if not stretches or links == []:
        return []
    told = {"where": "" if links is None else "AND link_id = ANY(%(links)s)"}
    told |= {"first": _FIRST_CLICK[_from_the_begin(stretches)].format(**_of_slots("k", stretches))}
    return _rows(_CLICKS.format(**_of_slots("k", stretches), **told), stretches, links=links)


def steps(stretches: Sequence[Stretch], *, links: list[int] | None = None) -> list[dict]:
    """Counted steps towards joining, likewise; of those without a link, their source stands for it."""
    if not stretches or links == []:
        return []
    whole_days, slots = _from_the_begin(stretches), _of_slots("s", stretches)
    told = {"first": _FIRST_STEP[whole_days].format(**slots), "before": _STEP_BEFORE[whole_days].format(**slots)}
    told |= {"tapped": _TAPPED[whole_days].format(**slots)}
    told |= {"where": "" if links is None else "AND link_id = ANY(%(links)s)"}
    return _rows(_STEPS.format(**slots, **told), stretches, links=links)


def _of_slots(row: str, stretches) -> dict[str, str]:
    """Which stretch a row falls into, and what is known of that stretch. Plain bounds where there is but one day.

    The database must see first and last bounds as constants: else it looks through the clicks of all months.
    """
    is_one = len({stretch.day for stretch in stretches}) == 1
    return {
        "slot": "1" if len(stretches) == 1 else "width_bucket(id, %(lo)s::uuid[])",
        "begins": "%(begin)s::uuid" if is_one else f"(%(begins)s::uuid[])[{row}.slot]",
        "earlier": "%(earliest)s" if is_one else f"(%(earlier)s::uuid[])[{row}.slot]",
    }


def _from_the_begin(stretches) -> bool:
    """Whether all of each day, up to where it ends here, is among the stretches."""
    reached: dict[datetime, datetime] = {}
    for stretch in stretches:
        if reached.get(stretch.begin, stretch.begin) != stretch.start:
            return False
        reached[stretch.begin] = stretch.end
    return True


def _rows(asked: str, stretches: Sequence[Stretch], **more) -> list[dict]:
    begins = [moments.floor(stretch.begin) for stretch in stretches]
    earlier = [moments.floor(stretch.begin - A_DAY) for stretch in stretches]
    lo = [moments.floor(stretch.start) for stretch in stretches]
    told = {
        "begins": begins,
        "begin": begins[0],
        "earlier": earlier,
        "earliest": earlier[0],
        "lo": lo,
        "from": lo[0],
        "to": moments.floor(stretches[-1].end),
        "languages": list(LANGUAGES),
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(asked, told)
        names = [column.name for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in found:
        row["slot"] -= 1  # arrays are counted from one there
    return found


def facts_of(stretch: Stretch) -> int:
    """How many facts there are, to notice those that came in late."""
    with connection.cursor() as cursor:
        keys = [moments.floor(stretch.start), moments.floor(stretch.end)]
        cursor.execute(
            "SELECT (SELECT count(*) FROM campaigns_click WHERE id >= %s AND id < %s)"
            " + (SELECT count(*) FROM campaigns_step WHERE id >= %s AND id < %s)",
            keys * 2,
        )
        return cursor.fetchone()[0]


def counted(stretches: Sequence[Stretch], *, links: list[int] | None = None) -> list[dict]:
    """Every measure, one row for each stretch, place and way. `links` leaves out what came through any other link."""
    found: dict[tuple, dict] = {}
    for row in (*clicks(stretches, links=links), *steps(stretches, links=links)):
        key = tuple(row[name] for name in ("slot", "link", "source", *WAY))
        if key not in found:
            stretch = stretches[row["slot"]]
            found[key] = dict.fromkeys(MEASURES, 0) | {"day": stretch.day, "start": stretch.start}
            found[key] |= {name: row[name] for name in ("link", "source", *WAY)}
        for measure in CLICKS if "clicks" in row else ON_THE_WAY:
            found[key][measure] += row[measure]
    return list(found.values())
