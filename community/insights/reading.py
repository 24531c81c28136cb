"""Reading tallies through a lens, with what happened since the last closed hour counted from the facts themselves."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from django.db import connection
from django.utils.timezone import now

from community.insights import bonding, days, gathering, staying
from community.insights.lens import Lens
from community.insights.models import Filled, Source, Summed, Way, questions
from community.insights.models.tallies import BY_BOTH, BY_MONTH, BY_PLACE, BY_WAY

FATES = tuple(bonding.FATES.values())
# Of those whose second week, or whose day 30, is over: only they can tell which share came back.
RIPE = ("joined_ripe14", "week2_ripe", "joined_ripe30", "day30_ripe")
WEEK2_KNOWN, DAY30_KNOWN = timedelta(days=14), timedelta(days=31)
LONG = 62  # days beyond which whole months are read as such
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
NO_WAY = ("", "", "", "")


class Counts(defaultdict):
    """Sums by measure; what was never counted is nought."""

    def __init__(self):
        super().__init__(int)

    def add(self, more) -> "Counts":
        for measure, value in more.items():
            self[measure] += value
        return self


def gather_into(found: dict, key, more):
    if key not in found:
        found[key] = Counts()
    found[key].add(more)


def horizon() -> datetime:
    """Up to where tallies go. What happened later is counted from facts."""
    last = Filled.objects.order_by("day").last()
    return last.until if last else BEGINNING


class Chosen:
    """Whom a lens lets through: as rows of tallies, and as rows of facts."""

    def __init__(self, lens: Lens):
        self.lens = lens
        self.filters = lens.chosen()

    @cached_property
    def ways_known(self) -> dict[int, tuple]:
        return {row[0]: row[1:] for row in Way.objects.values_list("id", *gathering.WAY)}

    @cached_property
    def sources_known(self) -> dict[int, str]:
        return dict(Source.objects.values_list("id", "host"))

    @cached_property
    def links(self) -> list[int] | None:
        """The links that are left, or None for all of them. Nobody comes both through a link and without one."""
        if chosen := self.lens.chosen(questions.OF_LINKS):
            return [] if "source" in self.filters else questions.links_where(chosen)
        return [] if "source" in self.filters else None

    @property
    def fact_links(self) -> list[int] | None:
        """The links whose facts are looked at; those of a source are told apart row by row."""
        return None if "source" in self.filters and not self.lens.chosen(questions.OF_LINKS) else self.links

    @cached_property
    def places(self) -> list[int] | None:
        if "source" in self.filters and not self.lens.chosen(questions.OF_LINKS):
            return [-number for number, host in self.sources_known.items() if host in self.filters["source"]]
        return self.links

    @cached_property
    def ways(self) -> list[int] | None:
        chosen = self.lens.chosen(questions.OF_WAYS)
        return questions.ways_where(chosen) if chosen else None

    def lets_through(self, link: int | None, source: str, way: tuple) -> bool:
        """Asked of a row of facts, whose way and source may have no number yet."""
        if link is None or self.links is None:
            place = self.links is None or source in self.filters.get("source", ())
        else:
            place = link in self._links
        return place and all(
            value in self.filters.get(name, [value]) for name, value in zip(gathering.WAY, way, strict=True)
        )

    @cached_property
    def _links(self) -> set[int]:
        return set(self.links or [])

    def where(self, *, place=True, way=True) -> tuple[str, list]:
        said, told = "", []
        if place and self.places is not None:
            said, told = f"{said} AND place = ANY(%s)", [*told, self.places]
        if way and self.ways is not None:
            said, told = f"{said} AND way = ANY(%s)", [*told, self.ways]
        return said, told

    def place_named(self, place: int) -> int | str:
        """A link by its number, a source by its word."""
        return place if place > 0 else self.sources_known.get(-place, "")


class Reader:
    """All that one look at the results needs; each question is asked once, and only if somebody wants to know."""

    def __init__(self, lens: Lens, moment: datetime | None = None):
        self.lens, self.moment, self.chosen = lens, moment or now(), Chosen(lens)
        self.first = (lens.before or lens.dates)[0]

    @cached_property
    def live_span(self) -> tuple[datetime, datetime]:
        return max(horizon(), days.start_of(self.first)), min(self.moment, days.end_of(self.lens.end))

    # --- clicks and steps

    @cached_property
    def by_day(self) -> dict[date, Counts]:
        """Days of the lens, and of those it is compared with."""
        shape = BY_PLACE if self.chosen.ways is None else BY_WAY if self.chosen.places is None else BY_BOTH
        found = self._tallied("day", shape, self.first, self.lens.end)
        for row in self._live_counts:
            gather_into(found, row["day"], _measures(row))
        return found

    @cached_property
    def by_place(self) -> dict[int | str, Counts]:
        """Of the days of the lens, by the number of a link or the word for a source."""
        shape = BY_PLACE if self.chosen.ways is None else BY_BOTH
        found: dict = {}
        for place, counts in self._tallied("place", shape, *self.lens.dates).items():
            gather_into(found, self.chosen.place_named(place), counts)
        for row in self._live_counts:
            if row["day"] >= self.lens.start:
                gather_into(found, row["source"] if row["link"] is None else row["link"], _measures(row))
        return found

    @cached_property
    def by_way(self) -> dict[tuple, Counts]:
        """Of the days of the lens, by app, system, device and language."""
        shape = BY_WAY if self.chosen.places is None else BY_BOTH
        found: dict = {}
        for way, counts in self._tallied("way", shape, *self.lens.dates).items():
            gather_into(found, self.chosen.ways_known.get(way, NO_WAY), counts)
        for row in self._live_counts:
            if row["day"] >= self.lens.start:
                gather_into(found, tuple(row[name] for name in gathering.WAY), _measures(row))
        return found

    def _tallied(self, by: str, shape: int, first: date, last: date) -> dict:
        sums = ", ".join(f"sum({measure})" for measure in gathering.MEASURES)
        where, told = self.chosen.where(place=shape != BY_WAY, way=shape != BY_PLACE)
        found: dict = {}
        spans = self._spans(first, last) if shape == BY_BOTH and by != "day" else [(shape, first, last)]
        with connection.cursor() as cursor:
            for kind, start, end in spans:
                cursor.execute(
                    f"SELECT {by}, {sums} FROM insights_tally "  # noqa: S608 (names of our own)
                    f"WHERE shape = %s AND day BETWEEN %s AND %s{where} GROUP BY 1",
                    [kind, start, end, *told],
                )
                for key, *values in cursor.fetchall():
                    gather_into(found, key, dict(zip(gathering.MEASURES, map(int, values), strict=True)))
        return found

    def _spans(self, first: date, last: date) -> list[tuple[int, date, date]]:
        """Rows that cover these days: where a whole month is summed, its sums take the place of its days."""
        if (last - first).days < LONG:
            return [(BY_BOTH, first, last)]
        spans, rest = [], first
        for month in Summed.objects.order_by("month").values_list("month", flat=True):
            after = days.month_after(month)
            if month >= rest and after - gathering.A_DAY <= last:
                if rest < month:
                    spans.append((BY_BOTH, rest, month - gathering.A_DAY))
                spans.append((BY_MONTH, month, month))
                rest = after
        return [*spans, (BY_BOTH, rest, last)] if rest <= last else spans

    @cached_property
    def _live_counts(self) -> list[dict]:
        rows = gathering.counted(gathering.between(*self.live_span), links=self.chosen.fact_links)
        return [row for row in rows if self._lets_through(row)]

    def _lets_through(self, row: dict) -> bool:
        return self.chosen.lets_through(row["link"], row["source"], tuple(row[name] for name in gathering.WAY))

    def hours(self, day: date) -> list[tuple[datetime, Counts]]:
        """The hours of one day, from the facts themselves: tallies know days only."""
        hours = days.hours_of(day)
        found = {hour: Counts() for hour in hours}
        end = min(days.end_of(day), self.moment)
        stretches = [gathering.Stretch(day, hour, min(hour + timedelta(hours=1), end)) for hour in hours if hour < end]
        for row in gathering.counted(stretches, links=self.chosen.fact_links):
            if self._lets_through(row):
                found[row["start"]].add(_measures(row))
        for hour, fates in self._fates_by_hour(day, end):
            found[hour].add(fates)
        return list(found.items())

    def _fates_by_hour(self, day: date, end: datetime):
        joined = questions.joined_between(days.start_of(day), end)
        bonds = bonding.bonds_of(joined, (self.lens.model,), span=days.hour_of)
        for (hour, _model, place, way), fates in bonds.fates.items():
            if self.chosen.lets_through(place[0], place[1], way):
                yield hour, fates

    # --- members

    @property
    def fates_by_day(self) -> dict[date, Counts]:
        return self._fates["day"]

    @property
    def fates_by_place(self) -> dict[int | str, Counts]:
        return self._fates["place"]

    @property
    def fates_by_way(self) -> dict[tuple, Counts]:
        return self._fates["way"]

    @cached_property
    def _fates(self) -> dict[str, dict]:
        """One pass over the members' rows, grouped all three ways; days before the lens count only as days."""
        found: dict[str, dict] = {"day": {}, "place": {}, "way": {}}
        where, told = self.chosen.where()
        ripe14, ripe30, start = self.moment_day - WEEK2_KNOWN, self.moment_day - DAY30_KNOWN, self.lens.start
        with connection.cursor() as cursor:
            asked = [ripe14, ripe14, ripe30, ripe30, start, self.lens.model, self.first, self.lens.end, *told]
            cursor.execute(_FATES.format(where=where), asked)
            for by, day, is_inside, place, way, *values in cursor.fetchall():
                more = dict(zip((*FATES, *RIPE), map(int, values), strict=True))
                if by == _DAYS:
                    gather_into(found["day"], day, more)
                elif is_inside and by == _PLACES:
                    gather_into(found["place"], self.chosen.place_named(place), more)
                elif is_inside:
                    gather_into(found["way"], self.chosen.ways_known.get(way, NO_WAY), more)
        for day, (link, source), way, fates in self._live_fates:
            gather_into(found["day"], day, fates)
            if day >= start:
                gather_into(found["place"], source if link is None else link, fates)
                gather_into(found["way"], way, fates)
        return found

    @property
    def moment_day(self) -> date:
        return days.day_of(self.moment)

    @cached_property
    def _live_bonds(self) -> bonding.Bonds:
        start, end = self.live_span
        return bonding.bonds_of(questions.joined_between(start, end) if start < end else [], (self.lens.model,))

    @property
    def _live_fates(self):
        for (day, _model, place, way), fates in self._live_bonds.fates.items():
            if self.chosen.lets_through(place[0], place[1], way):
                yield day, place, way, self._ripened(day, fates)

    def _ripened(self, day: date, fates) -> dict:
        more = dict(fates)
        if day <= self.moment_day - WEEK2_KNOWN:
            more |= {"joined_ripe14": fates["joined"], "week2_ripe": fates["week2"]}
        if day <= self.moment_day - DAY30_KNOWN:
            more |= {"joined_ripe30": fates["joined"], "day30_ripe": fates["day30"]}
        return more

    @cached_property
    def takings_by_place(self) -> dict[int | str, Counts]:
        """Money from the people who joined in the days of the lens, by currency: hundredths times parts."""
        found: dict = {}
        where, told = self.chosen.where()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT place, currency, sum(amount) FROM insights_taking "  # noqa: S608
                f"WHERE model = %s AND day BETWEEN %s AND %s{where} GROUP BY 1, 2",
                [self.lens.model, *self.lens.dates, *told],
            )
            for place, currency, amount in cursor.fetchall():
                gather_into(found, self.chosen.place_named(place), {currency: int(amount)})
        for (day, _model, (link, source), way, currency), amount in self._live_bonds.takings.items():
            if day >= self.lens.start and self.chosen.lets_through(link, source, way):
                gather_into(found, source if link is None else link, {currency: amount})
        return found

    def stays(self) -> Counter:
        """Members seen again, by (cohort, age in weeks), of the cohorts that joined in the days of the lens."""
        found: Counter = Counter()
        where, told = self.chosen.where()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT cohort, age, sum(members) FROM insights_stay "  # noqa: S608
                f"WHERE cohort BETWEEN %s AND %s{where} GROUP BY 1, 2",
                [*self.lens.dates, *told],
            )
            for cohort, age, members in cursor.fetchall():
                found[cohort, age] += members
        start = days.day_of(self.live_span[0])
        if Filled.objects.of_day(start).exists():
            start += gathering.A_DAY  # that day is in, as it was when its last closed hour was counted
        for (_day, cohort, age, place, way), members in staying.stays_of(start, self.moment_day).items():
            if self.chosen.lets_through(place[0], place[1], way):
                found[cohort, age] += members
        return found


# GROUPING(day, place, way) sets a bit for what a row does not tell.
_DAYS, _PLACES = 0b011, 0b101
_FATES = f"""
SELECT GROUPING(day, place, way), day, inside, place, way, {", ".join(f"sum({fate})" for fate in FATES)},
    coalesce(sum(joined) FILTER (WHERE day <= %s), 0), coalesce(sum(week2) FILTER (WHERE day <= %s), 0),
    coalesce(sum(joined) FILTER (WHERE day <= %s), 0), coalesce(sum(day30) FILTER (WHERE day <= %s), 0)
FROM (SELECT *, day >= %s AS inside FROM insights_bond WHERE model = %s AND day BETWEEN %s AND %s{{where}}) bond
GROUP BY GROUPING SETS ((day, inside), (place, inside), (way, inside))"""  # noqa: S608


def _measures(row: dict) -> dict:
    return {measure: row[measure] for measure in gathering.MEASURES}
