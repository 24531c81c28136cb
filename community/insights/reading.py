"""Reading tallies through a lens, with what happened since the last closed hour counted from the facts themselves."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import add
from typing import Any

from django.utils.timezone import now

from community.insights import bonding, days, gathering, staying
from community.insights.keeping import Tallied
from community.insights.lens import Lens
from community.insights.models import Filled, Summed, questions
from community.insights.models.tallies import BY_BOTH, BY_PLACE, BY_WAY, MONTHLY, TOTAL
from community.insights.sifting import Chosen

FATES = tuple(bonding.FATES.values())
# Of those whose second week, or whose day 30, is over: only they can tell which share came back.
RIPE = ("joined_ripe14", "week2_ripe", "joined_ripe30", "day30_ripe")
WEEK2_KNOWN, DAY30_KNOWN = timedelta(days=14), timedelta(days=31)
LONG = 62  # days beyond which whole months are read as such
NO_WAY = ("", "", "", "")
# What days and places are asked for; how long each step took is told by way only.
COUNTED = (*gathering.CLICKS, "arrivals", *gathering.STEPS.values())
# Everything that is told of a place, in this order: a year has a thousand places, and rows are cheaper than mappings.
OF_PLACE = (*COUNTED, *FATES, *RIPE)


class Counts(defaultdict):
    """Sums by measure; what was never counted is nought."""

    def __init__(self, known=()):
        super().__init__(int, known)

    def add(self, more) -> "Counts":
        if not self:
            self.update(more)
            return self
        for measure, value in more.items():
            self[measure] += value
        return self


def gather_into(found: dict, key, more):
    if key in found:
        found[key].add(more)
    else:
        found[key] = Counts(more)


def row_into(found: dict, key, row: tuple):
    found[key] = tuple(map(add, found[key], row)) if key in found else row


class Reader:
    """All that one look at the results needs; each question is asked once, and only if somebody wants to know."""

    def __init__(self, lens: Lens, moment: datetime | None = None):
        self.lens, self.moment, self.chosen = lens, moment or now(), Chosen(lens)
        self.first = (lens.before or lens.dates)[0]
        self.beside: Reader | None = None
        self._hours_known: dict[date, list[tuple[datetime, Counts]]] = {}

    def over(self, lens: Lens) -> "Reader":
        """A reader of the same people at the same moment over other days; what both need is asked once."""
        reader = Reader(lens, self.moment)
        reader.beside, reader.chosen, reader.tallied = self, self.chosen, self.tallied
        return reader

    @property
    def is_under_way(self) -> bool:
        """A day that is not over, which no whole day before can be held against."""
        return self.lens.unit == "hour" and self.lens.end == self.moment_day

    @cached_property
    def tallied(self) -> Tallied:
        return Tallied.now()

    @cached_property
    def live_span(self) -> tuple[datetime, datetime]:
        """What tallies do not tell yet, and is counted from facts."""
        return max(self.tallied.until, days.start_of(self.first)), min(self.moment, days.end_of(self.lens.end))

    # --- clicks and steps

    @cached_property
    def by_day(self) -> dict[date, Counts]:
        """Days of the lens, and of those it is compared with."""
        shape = self.chosen.shape
        if self.chosen.places is None:
            shape = TOTAL if self.chosen.ways is None else BY_WAY
        tallied = self._tallied("day", shape, self.first, self.lens.end, COUNTED)
        found = {day: Counts(zip(COUNTED, sums, strict=True)) for day, sums in tallied.items()}
        for row in self._live_counts:
            gather_into(found, row["day"], _measures(row))
        return found

    @cached_property
    def _counts_by_place(self) -> dict[int | str, tuple]:
        """Of the days of the lens, by the number of a link or the word for a source."""
        found: dict = {}
        for place, row in self._tallied("place", self.chosen.shape, *self.lens.dates, COUNTED).items():
            row_into(found, self.chosen.place_named(place), row)
        for live in self._live_counts:
            if live["day"] >= self.lens.start:
                place = live["source"] if live["link"] is None else live["link"]
                row_into(found, place, tuple(live[measure] for measure in COUNTED))
        return found

    @cached_property
    def by_way(self) -> dict[tuple, Counts]:
        """Of the days of the lens, by app, system, device and language."""
        shape = BY_WAY if self.chosen.places is None else BY_BOTH
        found: dict = {}
        for way, sums in self._tallied("way", shape, *self.lens.dates, gathering.MEASURES).items():
            counts = zip(gathering.MEASURES, sums, strict=True)
            gather_into(found, self.chosen.ways_known.get(way, NO_WAY), dict(counts))
        for row in self._live_counts:
            if row["day"] >= self.lens.start:
                gather_into(found, tuple(row[name] for name in gathering.WAY), _measures(row))
        return found

    def _tallied(self, by: str, shape: int, first: date, last: date, measures) -> dict[Any, tuple]:
        where, told = self.chosen.where(place=shape not in {BY_WAY, TOTAL}, way=shape not in {BY_PLACE, TOTAL})
        spans = [(shape, first, last)] if by == "day" else self._spans(shape, first, last)
        rows = (
            f"SELECT {by}, {', '.join(measures)} FROM insights_tally WHERE shape = %s AND day BETWEEN %s AND %s{where}"  # noqa: S608
        )
        sums = ", ".join(f"sum({measure})::bigint" for measure in measures)
        asked = f"SELECT {by}, {sums} FROM ({' UNION ALL '.join([rows] * len(spans))}) tally GROUP BY 1"  # noqa: S608
        told = [value for kind, start, end in spans for value in (kind, start, end, *told)]
        return {row[0]: row[1:] for row in self.tallied.sums(asked, told)}

    @cached_property
    def _months(self) -> list[date]:
        return list(Summed.objects.order_by("month").values_list("month", flat=True))

    def _spans(self, shape: int, first: date, last: date) -> list[tuple[int, date, date]]:
        """Rows that cover these days: where a whole month is summed, its sums take the place of its days."""
        if (last - first).days < LONG:
            return [(shape, first, last)]
        whole = [
            month for month in self._months if month >= first and days.month_after(month) <= last + gathering.A_DAY
        ]
        spans, rest = [], first
        for month in whole:
            if rest < month:
                spans.append((shape, rest, month - gathering.A_DAY))
            if spans and spans[-1][0] == MONTHLY + shape:
                spans[-1] = (MONTHLY + shape, spans[-1][1], month)  # one question for months that follow one another
            else:
                spans.append((MONTHLY + shape, month, month))
            rest = days.month_after(month)
        return [*spans, (shape, rest, last)] if rest <= last else spans

    @cached_property
    def _live_counts(self) -> list[dict]:
        stretches = gathering.between(*self.live_span)
        if self.lens.unit == "hour":
            stretches = [hour for stretch in stretches for hour in gathering.hours_of(stretch)]
        rows = gathering.counted(stretches, links=self.chosen.fact_links)
        return [row for row in rows if self._lets_through(row)]

    def _lets_through(self, row: dict) -> bool:
        return self.chosen.lets_through(row["link"], row["source"], tuple(row[name] for name in gathering.WAY))

    def hours(self, day: date) -> list[tuple[datetime, Counts]]:
        """The hours of one day: the closed ones as they were counted, and what is not closed yet from the facts."""
        if day not in self._hours_known:
            self._hours_known[day] = self._hours(day)
        return self._hours_known[day]

    def _hours(self, day: date) -> list[tuple[datetime, Counts]]:
        found = {hour: Counts() for hour in days.hours_of(day)}
        filled = Filled.objects.of_day(day).first()
        if filled and not filled.by_hour:
            return self._hours_of_facts(day, found)
        shape = TOTAL if self.chosen.places is None and self.chosen.ways is None else BY_BOTH
        where, told = self.chosen.where() if shape == BY_BOTH else ("", [])
        asked = (
            "SELECT at, sum(clicks), sum(visits), sum(people), sum(joined)::bigint FROM insights_hour "  # noqa: S608
            f"WHERE shape = %s AND at >= %s AND at < %s AND model IN ('', %s){where} GROUP BY at"
        )
        told = [shape, days.start_of(day), days.end_of(day), self.lens.model, *told]
        for hour, *values in self.tallied.sums(asked, told):
            found[hour].add(dict(zip(_BY_HOUR, values, strict=True)))
        for row in self._live_counts:
            if row["day"] == day:
                found[days.hour_of(row["start"])].add(_measures(row))
        for (hour, model, place, way), fates in self._live_bonds.fates.items():
            if hour in found and model == self.lens.model and self.chosen.lets_through(place[0], place[1], way):
                found[hour].add(fates)
        return list(found.items())

    def _hours_of_facts(self, day: date, found: dict[datetime, Counts]) -> list[tuple[datetime, Counts]]:
        """The same of a day that was counted before hours were."""
        end = min(days.end_of(day), self.moment)
        stretches = gathering.hours_of(gathering.whole(day, until=end))
        for row in gathering.counted(stretches, links=self.chosen.fact_links):
            if self._lets_through(row):
                found[row["start"]].add(_measures(row))
        joined = questions.joined_between(days.start_of(day), end)
        bonds = bonding.bonds_of(joined, (self.lens.model,), span=days.hour_of)
        for (hour, _model, place, way), fates in bonds.fates.items():
            if self.chosen.lets_through(place[0], place[1], way):
                found[hour].add(fates)
        return list(found.items())

    # --- members

    @cached_property
    def fates_by_day(self) -> dict[date, Counts]:
        """Of the days of the lens, and of those it is compared with."""
        shape = TOTAL
        if self.chosen.places is not None:
            shape = BY_PLACE if self.chosen.ways is None else BY_BOTH
        elif self.chosen.ways is not None:
            shape = BY_WAY
        rows = self._fates("day", shape, self.first, self.lens.end)
        found = {day: Counts(zip(_TOLD_OF_FATES, row, strict=True)) for day, row in rows.items()}
        for day, _place, _way, fates in self._live_fates:
            gather_into(found, day, fates)
        return found

    @cached_property
    def _fates_by_place(self) -> dict[int | str, tuple]:
        found: dict = {}
        shape = BY_PLACE if self.chosen.ways is None else BY_BOTH
        for place, row in self._fates("place", shape, *self.lens.dates).items():
            row_into(found, self.chosen.place_named(place), row)
        for day, (link, source), _way, fates in self._live_fates:
            if day >= self.lens.start:
                row_into(found, source if link is None else link, tuple(fates.get(fate, 0) for fate in _TOLD_OF_FATES))
        return found

    @cached_property
    def fates_by_way(self) -> dict[tuple, Counts]:
        found: dict = {}
        shape = BY_WAY if self.chosen.places is None else BY_BOTH
        for way, row in self._fates("way", shape, *self.lens.dates).items():
            gather_into(found, self.chosen.ways_known.get(way, NO_WAY), dict(zip(_TOLD_OF_FATES, row, strict=True)))
        for day, _place, way, fates in self._live_fates:
            if day >= self.lens.start:
                gather_into(found, way, fates)
        return found

    def _fates(self, by: str, shape: int, first: date, last: date) -> dict[Any, tuple]:
        """What became of the people who joined in these days, and of those of them of whom it is already known."""
        table = "insights_bond" if shape == BY_BOTH else "insights_bondsum"
        where, told = self.chosen.where(place=shape not in {BY_WAY, TOTAL}, way=shape not in {BY_PLACE, TOTAL})
        if shape != BY_BOTH:
            where, told = f" AND shape = %s{where}", [shape, *told]
        ripe14, ripe30 = self.moment_day - WEEK2_KNOWN, self.moment_day - DAY30_KNOWN
        asked = _FATES.format(by=by, table=table, where=where)
        told = [ripe14, ripe14, ripe30, ripe30, self.lens.model, first, last, *told]
        return {row[0]: row[1:] for row in self.tallied.sums(asked, told)}

    @property
    def moment_day(self) -> date:
        return days.day_of(self.moment)

    @cached_property
    def _live_bonds(self) -> bonding.Bonds:
        """Of those who joined since: by the model of the lens, and by the first touch, which cohorts go by."""
        if self.beside and self.beside.live_span == self.live_span:
            return self.beside._live_bonds
        start, end = self.live_span
        joined = questions.joined_between(start, end) if start < end else []
        return bonding.bonds_of(joined, {self.lens.model, "first"}, span=days.hour_of)

    @property
    def _live_fates(self):
        for (hour, model, place, way), fates in self._live_bonds.fates.items():
            if model == self.lens.model and self.chosen.lets_through(place[0], place[1], way):
                day = days.day_of(hour)
                yield day, place, way, self._ripened(day, fates)

    def _ripened(self, day: date, fates) -> dict:
        more = dict(fates)
        if day <= self.moment_day - WEEK2_KNOWN:
            more |= {"joined_ripe14": fates["joined"], "week2_ripe": fates["week2"]}
        if day <= self.moment_day - DAY30_KNOWN:
            more |= {"joined_ripe30": fates["joined"], "day30_ripe": fates["day30"]}
        return more

    @cached_property
    def takings_by_place(self) -> dict[int | str, dict[str, int]]:
        """Money from the people who joined in the days of the lens, by currency: hundredths times parts."""
        found: dict = defaultdict(lambda: defaultdict(int))
        where, told = self.chosen.where()
        asked = (
            "SELECT place, currency, sum(amount) FROM insights_taking "  # noqa: S608
            f"WHERE model = %s AND day BETWEEN %s AND %s{where} GROUP BY 1, 2"
        )
        for place, currency, amount in self.tallied.sums(asked, [self.lens.model, *self.lens.dates, *told]):
            found[self.chosen.place_named(place)][currency] += int(amount)
        for (hour, model, (link, source), way, currency), amount in self._live_bonds.takings.items():
            if model != self.lens.model or days.day_of(hour) < self.lens.start:
                continue
            if self.chosen.lets_through(link, source, way):
                found[source if link is None else link][currency] += amount
        return found

    @cached_property
    def whole_by_place(self) -> dict[int | str, tuple]:
        """Everything that is known of a place but its takings, in the order of OF_PLACE."""
        counts, fates = self._counts_by_place, self._fates_by_place
        return {
            place: counts.get(place, _NO_COUNTS) + fates.get(place, _NO_FATES)
            for place in counts.keys() | fates.keys() | self.takings_by_place.keys()
        }

    @cached_property
    def links(self) -> dict:
        """What the links of these days are parted by."""
        return questions.links_parted(place for place in self.whole_by_place if isinstance(place, int))

    def stays(self) -> Counter:
        """Members seen again, by (cohort, age in weeks), of the cohorts that joined in the days of the lens.

        Nobody is asked who was here today: a week of membership is told a day after the last of its cohort has ended it.
        """
        found: Counter = Counter()
        where, told = self.chosen.where()
        asked = (
            "SELECT cohort, age, sum(members) FROM insights_stay "  # noqa: S608
            f"WHERE cohort BETWEEN %s AND %s{where} GROUP BY 1, 2"
        )
        for cohort, age, members in self.tallied.sums(asked, [*self.lens.dates, *told]):
            found[cohort, age] += members
        start = days.day_of(self.live_span[0])
        if self.tallied.day == start:
            start += gathering.A_DAY  # that day is in, as it was when its last closed hour was counted
        last = self.moment_day - gathering.A_DAY
        live = staying.stays_of(start, last) if start <= last else {}
        for (_day, cohort, age, place, way), members in live.items():
            if self.chosen.lets_through(place[0], place[1], way):
                found[cohort, age] += members
        return found


_NO_COUNTS, _NO_FATES = (0,) * len(COUNTED), (0,) * len((*FATES, *RIPE))
_TOLD_OF_FATES = (*FATES, *RIPE)
_BY_HOUR = ("clicks", "visits", "people", "joined")
_FATES = f"""
SELECT {{by}}, {", ".join(f"sum({fate})::bigint" for fate in FATES)},
    coalesce(sum(joined) FILTER (WHERE day <= %s), 0)::bigint,
    coalesce(sum(week2) FILTER (WHERE day <= %s), 0)::bigint,
    coalesce(sum(joined) FILTER (WHERE day <= %s), 0)::bigint,
    coalesce(sum(day30) FILTER (WHERE day <= %s), 0)::bigint
FROM {{table}} WHERE model = %s AND day BETWEEN %s AND %s{{where}} GROUP BY 1"""  # noqa: S608


def _measures(row: dict) -> dict:
    return {measure: row[measure] for measure in gathering.MEASURES}
