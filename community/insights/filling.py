"""Filling the tallies from the facts, hour by hour as they close. What is filled may be thrown away and filled again."""

from collections import defaultdict
from datetime import date, datetime
from operator import add, itemgetter

from django.db import connection, transaction
from django.utils.timezone import now

from community.campaigns import crediting, touching
from community.insights import bonding, days, gathering, staying
from community.insights.gathering import CLICKS, MEASURES, ON_THE_WAY, WAY
from community.insights.models import (
    Bond,
    BondSum,
    CreditTally,
    Filled,
    Hour,
    Source,
    Stay,
    Summed,
    Taking,
    Tally,
    Way,
    questions,
)
from community.insights.models.tallies import BY_BOTH, BY_PART, BY_PLACE, BY_WAY, MONTHLY, SUMMED_BY_MONTH, TOTAL
from community.insights.reading import FATES

SETTLING = 70  # days whose people still take first steps: their second week, their day 30
_SUMS = ", ".join(f"sum({measure})" for measure in MEASURES)
_NAMES = ", ".join(MEASURES)
_FATES, _SUMS_OF_FATES = ", ".join(FATES), ", ".join(f"sum({fate})" for fate in FATES)
_BY_HOUR = CLICKS[:3]
# Place and way of each shape that is a sum of BY_BOTH.
_SHAPES = {TOTAL: ("0", "0"), BY_PLACE: ("place", "0"), BY_WAY: ("0", "way")}
# Sums that others of them are made of, being much fewer rows: so the order in which they are made matters.
_MADE_OF = {BY_PLACE: BY_PART["device"], TOTAL: BY_WAY}


class Numbers:
    """The numbers of places and ways in tallies; what is met for the first time gets one."""

    def __init__(self):
        self.ways = {row[1:]: row[0] for row in Way.objects.values_list("id", *WAY)}
        self.sources = {host: number for number, host in Source.objects.values_list("id", "host")}

    def meet(self, ways, hosts):
        if new := set(ways) - self.ways.keys():
            rows = [Way(**dict(zip(WAY, way, strict=True))) for way in sorted(new)]
            Way.objects.bulk_create(rows, ignore_conflicts=True)
            self.ways = {row[1:]: row[0] for row in Way.objects.values_list("id", *WAY)}
        if new := set(hosts) - self.sources.keys():
            Source.objects.bulk_create([Source(host=host) for host in sorted(new)], ignore_conflicts=True)
            self.sources = {host: number for number, host in Source.objects.values_list("id", "host")}

    def place(self, link: int | None, source: str) -> int:
        return -self.sources[source] if link is None else link


def fill(day: date, moment: datetime | None = None) -> Filled | None:
    """Counts one day afresh, up to the last closed hour. None where no hour of it is closed yet."""
    moment = moment or now()
    stretch = gathering.whole(day, until=days.hour_of(moment))
    if stretch.end <= stretch.start:
        return None
    with transaction.atomic():
        _lock(day)
        at = now()
        _fill_counts(day, stretch)
        joined, steps, seen = (
            questions.joined_between(stretch.start, stretch.end),
            questions.steps_between(stretch.start, stretch.end),
            questions.seen_anew(day, day),
        )
        whose = {row.member_id for row in (*joined, *steps)} | {member for member, *_rest in seen}
        touches = touching.touches_of(whose)  # the same people join, take steps and are seen
        _fill_bonds(day, joined, touches)
        _fill_credits(day, steps, touches)
        _fill_stays(day, seen, touches)
        row, _made = Filled.objects.update_or_create(
            day=day,
            defaults={
                "until": stretch.end,
                "facts": gathering.facts_of(stretch),
                "at": at,
                "bonds_at": at,
                "by_hour": True,
            },
        )
    return row


def _lock(day: date):
    """Two workers at one day would both delete, and then both insert."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('insights_tally'), %s)", [day.toordinal()])


def _copy(table: str, columns, rows):
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _fill_counts(day: date, stretch):
    month = days.month_of(day)
    Summed.objects.of(month).delete()
    Tally.objects.of_days(day, day, (BY_BOTH, *_SHAPES, *BY_PART.values())).delete()
    Tally.objects.of_days(month, month, [MONTHLY + shape for shape in SUMMED_BY_MONTH]).delete()
    Hour.objects.within(days.start_of(day), days.end_of(day)).of_clicks().delete()
    hours = gathering.hours_of(stretch)
    clicks, steps = gathering.clicks(hours), gathering.steps([stretch])
    numbers = Numbers()
    numbers.meet(
        {_way_in(row) for rows in (clicks, steps) for row in rows},
        {row["source"] for row in steps if row["link"] is None},
    )
    sums: dict[tuple, list[int]] = {}
    by_hour = []
    for row in clicks:
        key = (row["link"], numbers.ways[_way_in(row)])
        counted = _clicks_in(row)
        _add(sums, key, [*counted, *_NO_STEPS])
        if counted[0]:
            by_hour.append((BY_BOTH, hours[row["slot"]].start, "", *key, *counted[: len(_BY_HOUR)]))
    for row in steps:
        key = (numbers.place(row["link"], row["source"]), numbers.ways[_way_in(row)])
        _add(sums, key, [*_NO_CLICKS, *_steps_in(row)])
    rows = ((BY_BOTH, day, *key, *values) for key, values in sums.items())
    _copy("insights_tally", ("shape", "day", "place", "way", *MEASURES), rows)
    _copy("insights_hour", ("shape", "at", "model", "place", "way", *_BY_HOUR), by_hour)
    _sum_tallies(day, day, day)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO insights_hour (shape, at, model, place, way, clicks, visits, people) "
            "SELECT %s, at, '', 0, 0, sum(clicks), sum(visits), sum(people) FROM insights_hour "
            "WHERE shape = %s AND at >= %s AND at < %s AND model = '' GROUP BY at",
            [TOTAL, BY_BOTH, stretch.start, stretch.end],
        )


_NO_CLICKS, _NO_STEPS = [0] * len(CLICKS), [0] * len(ON_THE_WAY)
_way_in, _clicks_in, _steps_in = itemgetter(*WAY), itemgetter(*CLICKS), itemgetter(*ON_THE_WAY)


def _add(sums: dict[tuple, list[int]], key: tuple, more: list[int]):
    sums[key] = list(map(add, sums[key], more)) if key in sums else more


def _sum_tallies(name: date, first: date, last: date, further=0):
    """Sums the rows BY_BOTH of some days, as other shapes; or as those of a month, when these are `further` up."""
    shapes = [(shape, "place", "part.first", _JOIN_PART.format(part=part)) for part, shape in BY_PART.items()]
    if further:
        shapes.append((BY_BOTH, "place", "way", ""))
    ordered = (BY_WAY, BY_PLACE, TOTAL)
    shapes += [(shape, *_SHAPES[shape], "") for shape in ordered if shape in SUMMED_BY_MONTH or not further]
    with connection.cursor() as cursor:
        for shape, place, way, ways in shapes:
            made_of, begin, end = BY_BOTH, first, last
            if shape in _MADE_OF:
                made_of, begin, end = further + _MADE_OF[shape], name, name
            cursor.execute(
                f"INSERT INTO insights_tally (shape, day, place, way, {_NAMES}) "  # noqa: S608 (names of our own)
                f"SELECT %s, %s, {place}, {way}, {_SUMS} FROM insights_tally {ways} "
                "WHERE shape = %s AND day BETWEEN %s AND %s GROUP BY 3, 4",
                [further + shape, name, made_of, begin, end],
            )


_JOIN_PART = "JOIN (SELECT id, min(id) OVER (PARTITION BY {part}) AS first FROM insights_way) part ON part.id = way"


def sum_month(month: date) -> bool:
    """Sums a month all of whose days are filled to their end, so that long spans read fewer rows."""
    after = days.month_after(month)
    with transaction.atomic():
        for day in days.span(month, after - gathering.A_DAY):
            _lock(day)
        full = Filled.objects.within(month, after - gathering.A_DAY)
        if sum(row.until == days.end_of(row.day) for row in full) < (after - month).days:
            return False
        Tally.objects.of_days(month, month, [MONTHLY + shape for shape in SUMMED_BY_MONTH]).delete()
        _sum_tallies(month, month, after - gathering.A_DAY, further=MONTHLY)
        Summed.objects.get_or_create(month=month)
    return True


# --- members


def _fill_bonds(day: date, joined, touches=None):
    """What became of the people who joined that day, as far as is known now."""
    for model in (Bond, BondSum, Taking):
        model.objects.of_day(day).delete()
    Hour.objects.within(days.start_of(day), days.end_of(day)).of_members().delete()
    bonds = bonding.bonds_of(joined, span=days.hour_of, touches=touches)
    keys = [key[2:4] for key in bonds.fates]
    numbers = Numbers()
    numbers.meet((way for _place, way in keys), (source for (link, source), _way in keys if link is None))
    sums: dict[tuple, list[int]] = {}
    by_hour = []
    for (hour, model, place, way), fates in bonds.fates.items():
        where = numbers.place(*place), numbers.ways[way]
        _add(sums, (model, day, *where), [fates[fate] for fate in FATES])
        by_hour.append((BY_BOTH, hour, model, *where, fates["joined"]))
    _copy("insights_bond", ("model", "day", "place", "way", *FATES), ((*key, *values) for key, values in sums.items()))
    _copy("insights_hour", ("shape", "at", "model", "place", "way", "joined"), by_hour)
    money: dict[tuple, list[int]] = {}
    for (_hour, model, place, way, currency), amount in bonds.takings.items():
        _add(money, (model, day, numbers.place(*place), numbers.ways[way], currency), [amount])
    columns = ("model", "day", "place", "way", "currency", "amount")
    _copy("insights_taking", columns, ((*key, *amount) for key, amount in money.items()))
    with connection.cursor() as cursor:
        for shape, (place, way) in _SHAPES.items():
            cursor.execute(
                f"INSERT INTO insights_bondsum (shape, model, day, place, way, {_FATES}) "  # noqa: S608 (names of our own)
                f"SELECT %s, model, day, {place}, {way}, {_SUMS_OF_FATES} FROM insights_bond WHERE day = %s "
                "GROUP BY model, day, 4, 5",
                [shape, day],
            )
        cursor.execute(
            "INSERT INTO insights_hour (shape, at, model, place, way, joined) "
            "SELECT %s, at, model, 0, 0, sum(joined) FROM insights_hour "
            "WHERE shape = %s AND at >= %s AND at < %s AND model <> '' GROUP BY at, model",
            [TOTAL, BY_BOTH, days.start_of(day), days.end_of(day)],
        )


def _fill_credits(day: date, rows, touches):
    """Every step taken that day, whenever its member joined, shared out by its own credit."""
    CreditTally.objects.of_day(day).delete()
    sums: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for model in crediting.MODELS:
            for touch, part in crediting.parts(touches[row.member_id], row.at, model):
                found = sums[model, row.kind, bonding.place_of(touch), row.currency]
                found[0] += part
                found[1] += part * bonding.minor(row.amount or 0)
    numbers = Numbers()
    numbers.meet((), (source for _model, _kind, (link, source), _currency in sums if link is None))
    _copy(
        "insights_credittally",
        ("model", "day", "kind", "place", "currency", "parts", "amount"),
        (
            (model, day, kind, numbers.place(*place), currency, *found)
            for (model, kind, place, currency), found in sums.items()
        ),
    )


def _fill_stays(day: date, seen, touches):
    Stay.objects.of_day(day).delete()
    stays = staying.stays(seen, touches)
    numbers = Numbers()
    numbers.meet((key[4] for key in stays), (key[3][1] for key in stays if key[3][0] is None))
    rows = [
        (day, cohort, age, numbers.place(*place), numbers.ways[way], members)
        for (day, cohort, age, place, way), members in stays.items()
    ]
    _copy("insights_stay", ("day", "cohort", "age", "place", "way", "members"), rows)


@transaction.atomic
def refresh_bonds(day: date):
    """Counts again what became of one day's people; their clicks have not changed."""
    _lock(day)
    row = Filled.objects.of_day(day).first()
    if row is None:
        return
    row.bonds_at = now()
    _fill_bonds(day, questions.joined_between(days.start_of(day), row.until))
    row.save(update_fields=["bonds_at"])


# --- keeping up


def catch_up(moment: datetime | None = None, most: int = 400) -> int:
    """Fills every hour that has closed since the last time, and counts again the people who have taken steps since."""
    moment = moment or now()
    last, filled = Filled.objects.order_by("day").last(), 0
    begin = questions.first_fact() if last is None else last.until
    if begin is None:
        return 0
    for day in days.span(days.day_of(begin), days.day_of(moment))[:most]:
        filled += fill(day, moment) is not None
    for day in sorted(_changed_days()):
        refresh_bonds(day)
    sum_months()
    return filled


def _changed_days() -> set[date]:
    """Days whose people have had a step written, moved or touched since they were counted."""
    counted = dict(Filled.objects.values_list("day", "bonds_at"))
    if not counted:
        return set()
    changed = questions.joined_of_the_changed(since=min(counted.values()))
    return {
        day
        for joined_at, changed_at in changed
        if (day := days.day_of(joined_at)) in counted and changed_at > counted[day]
    }


def sum_months():
    """Sums the months that have ended and are not summed."""
    summed = set(Summed.objects.values_list("month", flat=True))
    months = {days.month_of(day) for day in Filled.objects.values_list("day", flat=True)}
    for month in sorted(months - summed):
        if days.month_after(month) <= days.today():
            sum_month(month)


def look_for_late(moment: datetime | None = None, back: int = 8) -> list[date]:
    """Days of the last week with more facts, or fewer, than were counted: clicks can wait in a spool for days."""
    late = []
    for row in Filled.objects.since(days.day_of(moment or now()) - back * gathering.A_DAY):
        stretch = gathering.Stretch(row.day, days.start_of(row.day), row.until)
        if gathering.facts_of(stretch) != row.facts:
            fill(row.day, moment)
            late.append(row.day)
    sum_months()
    return late


def refresh_lately(back: int = SETTLING):
    """Counts again what became of whoever joined lately: a step that was taken back leaves no trace to go by."""
    for row in Filled.objects.since(days.today() - back * gathering.A_DAY):
        refresh_bonds(row.day)
