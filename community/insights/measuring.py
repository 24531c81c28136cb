"""What came of it: one source for card, chart, table, CSV and API, so that the same look tells the same number."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from math import exp

from community.campaigns.models import Click, Conversion
from community.insights import days, gathering, parting
from community.insights.figures import ALL, Cohort, Figure, Leak, Line, Point, Series, Stage, number, share
from community.insights.lens import FILTERS, LINES, Lens
from community.insights.parting import named
from community.insights.reading import FATES, Counts, Reader

FUNNEL = ("visits", "painted", "join_opened", "joined", "verified", "first_act", "week2", "day30", "climbed")
BY = FILTERS
WEEKS = 12


def figures(lens: Lens, reader: Reader | None = None) -> dict[str, Figure]:
    """Every measure over the whole look, and over the period before."""
    reader = reader or Reader(lens)
    now, before = Counts(), Counts()
    for days_of in (reader.by_day, reader.fates_by_day):
        for day, counts in days_of.items():
            (now if day >= lens.start else before).add(counts)
    told = {
        measure: Figure(measure, number(measure, now), number(measure, before) if lens.before else None)
        for measure in ALL
    }
    for ripe in ("joined_ripe14", "week2_ripe", "joined_ripe30", "day30_ripe"):
        told[ripe] = Figure(ripe, number(ripe, now), number(ripe, before) if lens.before else None)
    return _so_far(told, _hours(lens, reader)) if lens.before and reader.is_under_way else told


def _so_far(told: dict[str, Figure], points: list[Point]) -> dict[str, Figure]:
    """A day under way beside as many hours of the day before, in what is counted by hour; the rest beside nothing."""
    before = {measure: sum(point.before[measure] for point in points if point.before) for measure in LINES}
    return {key: replace(figure, before=before.get(key)) for key, figure in told.items()}


def revenue(lens: Lens, reader: Reader | None = None) -> dict[str, float]:
    """Money from the people who joined in this look, by currency."""
    whole = Counts()
    for takings in (reader or Reader(lens)).takings_by_place.values():
        for currency, amount in takings.items():
            whole[currency] += amount
    return Line("", "", takings=whole).revenue


def funnel(lens: Lens, reader: Reader | None = None, told: dict[str, Figure] | None = None) -> list[Stage]:
    """From the tap on a link to a member who rises; each stage beside the one it comes from."""
    told = told or figures(lens, reader)
    value = {key: told[key].value for key in FUNNEL}
    value["visits"] += told["arrivals"].value
    stages = [Stage("visits", value["visits"])]
    for before, key in pairwise(FUNNEL):
        # What members do after they joined is a part of those who joined, not of the stage that happens to stand before.
        base = value[before] if key in {"painted", "join_opened", "joined"} else value["joined"]
        of = share(value[key], base)
        if key == "week2":
            of = share(told["week2_ripe"].value, told["joined_ripe14"].value)
        elif key == "day30":
            of = share(told["day30_ripe"].value, told["joined_ripe30"].value)
        stages.append(Stage(key, value[key], of))
    return stages


# --- the line


def series(lens: Lens, reader: Reader | None = None) -> Series:
    """The line: hours of one day, else days, weeks or months."""
    reader = reader or Reader(lens)
    if lens.unit == "hour":
        return Series("hour", _hours(lens, reader))
    values: dict = defaultdict(Counts)
    for days_of in (reader.by_day, reader.fates_by_day):
        for day, counts in days_of.items():
            values[day].add(counts)
    points, shift = [], timedelta(days=lens.length)
    for begin, end in _steps(lens):
        now, before = Counts(), Counts()
        for day in days.span(begin, end):
            now.add(values.get(day, {}))
            before.add(values.get(day - shift, {}))
        points.append(Point(begin, _told(now), _told(before) if lens.before else None, end >= reader.moment_day))
    return Series(lens.unit, points)


def _told(counts: Counts) -> dict:
    return {measure: number(measure, counts) for measure in LINES}


def _steps(lens: Lens):
    """The days of each point, cut where weeks or months begin."""
    begin = lens.start
    while begin <= lens.end:
        if lens.unit == "day":
            after = begin + gathering.A_DAY
        elif lens.unit == "week":
            after = days.monday_of(begin) + timedelta(days=7)
        else:
            after = days.month_after(begin)
        yield begin, min(after - gathering.A_DAY, lens.end)
        begin = after


def _hours(lens: Lens, reader: Reader) -> list[Point]:
    now = reader.hours(lens.start)
    before = reader.hours(lens.before[0]) if lens.before else []
    points = []
    for place, (hour, counts) in enumerate(now):
        if hour > reader.moment:
            break
        earlier = _told(before[place][1]) if place < len(before) else None
        points.append(Point(hour, _told(counts), earlier, hour + timedelta(hours=1) > reader.moment))
    return points


# --- parted


def breakdown(lens: Lens, by: str, reader: Reader | None = None) -> list[Line]:
    """One line for each campaign, link, channel, source, landing page, tag, app, device, system or language."""
    return parting.titled(parting.parted(by, reader or Reader(lens)))


def relationship(lens: Lens, reader: Reader | None = None) -> list[Line]:
    """Which post brought people who stayed: one line for each link, and for each source without one."""
    return parting.titled(parting.stayed(reader or Reader(lens)))


# --- where people are lost


def leaks(lens: Lens, reader: Reader | None = None) -> list[Leak]:
    """How far people came, for each app and system, those with most visits first."""
    groups: dict = defaultdict(Counts)
    for (app, os, _device, _language), counts in (reader or Reader(lens)).by_way.items():
        groups[app, os].add(counts)
    found = []
    for (app, os), counts in groups.items():
        steps = [counts["visits"] + counts["arrivals"], *(counts[measure] for measure in gathering.STEPS.values())]
        if any(steps):
            found.append(Leak(app, os, steps, [None, *(_typical(counts, step) for step in gathering.STEPS.values())]))
    return sorted(found, key=lambda leak: (-leak.steps[0], leak.app, leak.os))


def _typical(counts: Counts, step: str) -> float | None:
    """The geometric mean of the seconds: a few who left the page open over lunch hardly move it."""
    timed = counts[f"{step}_timed"]
    return round(exp(counts[f"{step}_pace"] / timed / 1000), 1) if timed else None


def cohorts(lens: Lens, reader: Reader | None = None) -> list[Cohort]:
    """Of the people who joined in each of the last weeks, how many were seen again week by week."""
    last = days.monday_of(lens.end)
    mondays = [last - timedelta(weeks=weeks) for weeks in reversed(range(WEEKS))]
    look = replace(lens, period="", first=mondays[0], last=lens.end, model="first", compare=False)
    over = (reader or Reader(lens)).over(look)
    joined: dict = defaultdict(Counts)
    for day, counts in over.fates_by_day.items():
        joined[days.monday_of(day)].add(counts)
    seen = over.stays()
    return [_cohort(monday, number("joined", joined[monday]), seen, over.moment_day) for monday in mondays]


def _cohort(monday, whole, seen, today) -> Cohort:
    """A week of membership is told once it is over for whoever joined last."""
    weeks = [
        share(seen[monday, age], whole) if whole and monday + timedelta(days=6 + 7 * (age + 1)) <= today else None
        for age in range(WEEKS)
    ]
    return Cohort(monday, whole, weeks)


# --- one member


def way_of(member) -> dict:
    """How one member came: every touch in order, and the two that are remembered for their joining."""
    joined = Conversion.objects.joined().of_member(member).with_links().first()
    return {"touches": list(Click.objects.of_member(member).with_link()[:200]), "joined": joined}


__all__ = [
    "FATES",
    "breakdown",
    "cohorts",
    "figures",
    "funnel",
    "leaks",
    "named",
    "relationship",
    "revenue",
    "series",
    "way_of",
]
