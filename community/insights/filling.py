"""Filling the tallies from the facts, hour by hour as they close. What is filled may be thrown away and filled again."""

from collections import defaultdict
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.timezone import now

from community.campaigns import crediting, touching
from community.insights import bonding, days, gathering, staying
from community.insights.gathering import MEASURES, WAY
from community.insights.models import Bond, CreditTally, Filled, Source, Stay, Summed, Taking, Tally, Way, questions
from community.insights.models.tallies import BY_BOTH, BY_MONTH, BY_PLACE, BY_WAY
from community.insights.reading import FATES

SETTLING = 70  # days whose people still take first steps: their second week, their day 30
_SUMS = ", ".join(f"sum({measure})" for measure in MEASURES)
_NAMES = ", ".join(MEASURES)


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
        _fill_bonds(day, stretch)
        _fill_credits(day, stretch)
        _fill_stays(day)
        row, _made = Filled.objects.update_or_create(
            day=day,
            defaults={"until": stretch.end, "facts": gathering.facts_of(stretch), "at": at, "bonds_at": at},
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
    Tally.objects.of_days(day, day, (BY_PLACE, BY_WAY, BY_BOTH)).delete()
    Tally.objects.of_days(month, month, (BY_MONTH,)).delete()
    found = gathering.counted([stretch])
    numbers = Numbers()
    numbers.meet(
        (tuple(row[name] for name in WAY) for row in found), (row["source"] for row in found if row["link"] is None)
    )
    sums: dict[tuple, list[int]] = {}
    for row in found:
        key = (numbers.place(row["link"], row["source"]), numbers.ways[tuple(row[name] for name in WAY)])
        more = [row[measure] for measure in MEASURES]
        sums[key] = [a + b for a, b in zip(sums[key], more, strict=True)] if key in sums else more
    rows = ((BY_BOTH, day, *key, *values) for key, values in sums.items())
    _copy("insights_tally", ("shape", "day", "place", "way", *MEASURES), rows)
    with connection.cursor() as cursor:
        for shape, place, way in ((BY_PLACE, "place", "0"), (BY_WAY, "0", "way")):
            cursor.execute(
                f"INSERT INTO insights_tally (shape, day, place, way, {_NAMES}) "  # noqa: S608 (names of our own)
                f"SELECT %s, day, {place}, {way}, {_SUMS} FROM insights_tally "
                f"WHERE shape = %s AND day = %s GROUP BY day, {place if shape == BY_PLACE else way}",
                [shape, BY_BOTH, day],
            )


def sum_month(month: date) -> bool:
    """Sums a month all of whose days are filled to their end, so that long spans read fewer rows."""
    after = days.month_after(month)
    with transaction.atomic():
        for day in days.span(month, after - gathering.A_DAY):
            _lock(day)
        full = Filled.objects.within(month, after - gathering.A_DAY)
        if sum(row.until == days.end_of(row.day) for row in full) < (after - month).days:
            return False
        Tally.objects.of_days(month, month, (BY_MONTH,)).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO insights_tally (shape, day, place, way, {_NAMES}) "  # noqa: S608 (names of our own)
                f"SELECT %s, %s, place, way, {_SUMS} FROM insights_tally "
                "WHERE shape = %s AND day >= %s AND day < %s GROUP BY place, way",
                [BY_MONTH, month, BY_BOTH, month, after],
            )
        Summed.objects.get_or_create(month=month)
    return True


# --- members


def _fill_bonds(day: date, stretch):
    """What became of the people who joined that day, as far as is known now."""
    Bond.objects.of_day(day).delete()
    Taking.objects.of_day(day).delete()
    bonds = bonding.bonds_of(questions.joined_between(stretch.start, stretch.end))
    keys = [key[2:4] for key in bonds.fates]
    numbers = Numbers()
    numbers.meet((way for _place, way in keys), (source for (link, source), _way in keys if link is None))
    sums = [
        (model, day, numbers.place(*place), numbers.ways[way], *(fates[fate] for fate in FATES))
        for (_day, model, place, way), fates in bonds.fates.items()
    ]
    _copy("insights_bond", ("model", "day", "place", "way", *FATES), sums)
    money = [
        (model, day, numbers.place(*place), numbers.ways[way], currency, amount)
        for (_day, model, place, way, currency), amount in bonds.takings.items()
    ]
    _copy("insights_taking", ("model", "day", "place", "way", "currency", "amount"), money)


def _fill_credits(day: date, stretch):
    """Every step taken that day, whenever its member joined, shared out by its own credit."""
    CreditTally.objects.of_day(day).delete()
    rows = questions.steps_between(stretch.start, stretch.end)
    touches = touching.touches_of({row.member_id for row in rows})
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


def _fill_stays(day: date):
    Stay.objects.of_day(day).delete()
    stays = staying.stays_of(day, day)
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
    _fill_bonds(day, gathering.Stretch(day, days.start_of(day), row.until))
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
