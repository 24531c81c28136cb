"""What was counted of each closed day: sums that may be thrown away and counted again from the facts.

Every measure is additive, so any set of rows may be summed. A row names its `place` (a tracked link by its number, or a
source without a link by minus its number) and its `way` (app, system, device and language, kept once in `Way`), so
that rows are narrow and a dashboard reads few pages.
"""

from django.db import models

# The shapes of a tally: all others are sums of BY_BOTH, kept so that a question about everything, about all links or about
# all ways reads a hundredth of the rows, and one about the links within one app, say, a fourth.
BY_PLACE, BY_WAY, BY_BOTH, TOTAL = 1, 2, 3, 5
# A place with one part of the way, which is told by any way that has it.
BY_PART = {"app": 11, "os": 12, "device": 13, "language": 14}
# Shapes of whole months are the same, further up.
MONTHLY = 50
SUMMED_BY_MONTH = (BY_PLACE, BY_WAY, BY_BOTH, *BY_PART.values())


class Way(models.Model):
    """How somebody looked: the app whose browser it was, system, kind of device and language."""

    id = models.AutoField(primary_key=True)
    app = models.CharField(max_length=16, blank=True)
    os = models.CharField(max_length=16, blank=True)
    device = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["app", "os", "device", "language"], name="a_way_is_kept_once"),
        ]

    def __str__(self):
        return " ".join(filter(None, [self.app, self.os, self.device, self.language]))


class Source(models.Model):
    """Where people came from when they came without a link: a foreign host, or "direct"."""

    id = models.AutoField(primary_key=True)
    host = models.CharField(max_length=120, unique=True)

    def __str__(self):
        return self.host


class TallyQuerySet(models.QuerySet):
    def of_day(self, day):
        return self.filter(day=day)

    def of_days(self, first, last, shapes):
        return self.filter(shape__in=shapes, day__gte=first, day__lte=last)


class Tally(models.Model):
    """Clicks and steps of one day (or month) at one place in one way; 0 stands for all of them."""

    pk = models.CompositePrimaryKey("shape", "day", "place", "way")
    shape = models.SmallIntegerField()
    day = models.DateField()
    place = models.BigIntegerField()
    way = models.IntegerField()
    clicks = models.IntegerField(default=0)  # by people
    visits = models.IntegerField(default=0)  # different visitors of one link on one day
    people = models.IntegerField(default=0)  # seen here for the first time ever
    previews = models.IntegerField(default=0)
    searches = models.IntegerField(default=0)
    scanners = models.IntegerField(default=0)
    ahead = models.IntegerField(default=0)
    unknown = models.IntegerField(default=0)
    arrivals = models.IntegerField(default=0)  # came without a link
    painted = models.IntegerField(default=0)  # different visitors of one link on one day who got so far; so on below
    join_opened = models.IntegerField(default=0)
    code_asked = models.IntegerField(default=0)
    code_entered = models.IntegerField(default=0)
    came_in = models.IntegerField(default=0)
    painted_timed = models.IntegerField(default=0)  # those of them whose step before is known
    join_opened_timed = models.IntegerField(default=0)
    code_asked_timed = models.IntegerField(default=0)
    code_entered_timed = models.IntegerField(default=0)
    came_in_timed = models.IntegerField(default=0)
    # Thousandths of the natural logarithm of the seconds since the step before: their mean is the typical time, additive.
    painted_pace = models.BigIntegerField(default=0)
    join_opened_pace = models.BigIntegerField(default=0)
    code_asked_pace = models.BigIntegerField(default=0)
    code_entered_pace = models.BigIntegerField(default=0)
    came_in_pace = models.BigIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [
            # A few links over many days; with the way, so that rows of other ways are passed over in the index.
            models.Index(fields=["place", "shape", "day", "way"], name="tally_of_a_place_and_way"),
        ]

    def __str__(self):
        return f"{self.day} {self.place} {self.way}"


class Bond(models.Model):
    """What became of the people who joined on one day, shared out to the places that are thanked for their joining.

    Sums of parts, 1,000,000 to a person, so that they add up exactly.
    """

    pk = models.CompositePrimaryKey("model", "day", "place", "way")
    model = models.CharField(max_length=16)
    day = models.DateField()
    place = models.BigIntegerField()
    way = models.IntegerField()
    joined = models.BigIntegerField(default=0)
    verified = models.BigIntegerField(default=0)
    first_act = models.BigIntegerField(default=0)
    week2 = models.BigIntegerField(default=0)
    day30 = models.BigIntegerField(default=0)
    climbed = models.BigIntegerField(default=0)
    referrals = models.BigIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    def __str__(self):
        return f"{self.model} {self.day} {self.place}"


class BondSum(models.Model):
    """Bonds of one day, summed over places or ways or both; 0 stands for all of them."""

    pk = models.CompositePrimaryKey("shape", "model", "day", "place", "way")
    shape = models.SmallIntegerField()
    model = models.CharField(max_length=16)
    day = models.DateField()
    place = models.BigIntegerField()
    way = models.IntegerField()
    joined = models.BigIntegerField(default=0)
    verified = models.BigIntegerField(default=0)
    first_act = models.BigIntegerField(default=0)
    week2 = models.BigIntegerField(default=0)
    day30 = models.BigIntegerField(default=0)
    climbed = models.BigIntegerField(default=0)
    referrals = models.BigIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    def __str__(self):
        return f"{self.model} {self.day} {self.place} {self.way}"


class HourQuerySet(models.QuerySet):
    def within(self, start, end):
        return self.filter(at__gte=start, at__lt=end)

    def of_clicks(self):
        return self.filter(model="")

    def of_members(self):
        return self.exclude(model="")


class Hour(models.Model):
    """What the line of a single day shows of one hour: clicks under no model, people who joined under each of them."""

    pk = models.CompositePrimaryKey("shape", "at", "model", "place", "way")
    shape = models.SmallIntegerField()  # BY_BOTH or TOTAL
    at = models.DateTimeField()
    model = models.CharField(max_length=16, blank=True)
    place = models.BigIntegerField()
    way = models.IntegerField()
    clicks = models.IntegerField(default=0, db_default=0)
    visits = models.IntegerField(default=0, db_default=0)
    people = models.IntegerField(default=0, db_default=0)
    joined = models.BigIntegerField(default=0, db_default=0)

    objects = HourQuerySet.as_manager()

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H} {self.place} {self.way}"


class Taking(models.Model):
    """Money from the people who joined on one day: hundredths of the currency, times the parts of the credit."""

    pk = models.CompositePrimaryKey("model", "day", "place", "way", "currency")
    model = models.CharField(max_length=16)
    day = models.DateField()
    place = models.BigIntegerField()
    way = models.IntegerField()
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=30, decimal_places=0)

    objects = TallyQuerySet.as_manager()

    def __str__(self):
        return f"{self.model} {self.day} {self.currency}"


class CreditTally(models.Model):
    """Steps that members took on one day, each shared out by its own credit."""

    pk = models.CompositePrimaryKey("model", "day", "kind", "place", "currency")
    model = models.CharField(max_length=16)
    day = models.DateField()
    kind = models.CharField(max_length=20)
    place = models.BigIntegerField()
    currency = models.CharField(max_length=3, blank=True)
    parts = models.BigIntegerField(default=0)
    amount = models.DecimalField(max_digits=30, decimal_places=0, default=0)

    objects = TallyQuerySet.as_manager()

    def __str__(self):
        return f"{self.model} {self.day} {self.kind}"


class Stay(models.Model):
    """Members seen on one day for the first time in that week of their membership, by the place they first came from."""

    pk = models.CompositePrimaryKey("day", "cohort", "age", "place", "way")
    day = models.DateField()
    cohort = models.DateField()  # the Monday of the week in which they joined
    age = models.SmallIntegerField()  # whole weeks since they joined
    place = models.BigIntegerField()
    way = models.IntegerField()
    members = models.IntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [
            # The weeks of a few cohorts, read from the index alone.
            models.Index(fields=["cohort", "age"], include=["place", "way", "members"], name="stay_of_a_few_cohorts"),
        ]

    def __str__(self):
        return f"{self.cohort} +{self.age}"


class FilledQuerySet(models.QuerySet):
    def of_day(self, day):
        return self.filter(day=day)

    def since(self, day):
        return self.filter(day__gte=day)

    def before(self, day):
        return self.filter(day__lt=day)

    def within(self, first, last):
        return self.filter(day__gte=first, day__lte=last)


class Filled(models.Model):
    """How far a day has been counted, from how many facts, and when."""

    day = models.DateField(primary_key=True)
    until = models.DateTimeField()  # the end of the last closed hour that is in
    facts = models.BigIntegerField(default=0)  # clicks and steps then; another number means some came in late
    at = models.DateTimeField()
    bonds_at = models.DateTimeField()  # when what became of its people was last counted
    by_hour = models.BooleanField(default=True, db_default=False)  # days counted before there were hours have none

    objects = FilledQuerySet.as_manager()

    def __str__(self):
        return f"{self.day}"


class SummedQuerySet(models.QuerySet):
    def of(self, month):
        return self.filter(month=month)


class Summed(models.Model):
    """A month whose days are summed in tallies of monthly shapes; the row goes as soon as one of its days changes."""

    month = models.DateField(primary_key=True)

    objects = SummedQuerySet.as_manager()

    def __str__(self):
        return f"{self.month:%Y-%m}"
