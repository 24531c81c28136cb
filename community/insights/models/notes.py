"""What people at the window write down: notes on the line, shared pages, wishes, and the alarms that were raised."""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class AnnotationQuerySet(models.QuerySet):
    def within(self, first, last):
        return self.filter(day__gte=first, day__lte=last)

    def for_desk(self):
        return self.select_related("by").order_by("-day", "-pk")


class Annotation(models.Model):
    """A note that stands on the line at one day, for everybody who reads it."""

    day = models.DateField(_("day"))
    text = models.CharField(_("what happened"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on the line")
        verbose_name_plural = _("notes on the line")
        indexes = [
            # What stands on the line of a span of days.
            models.Index(fields=["day"], name="annotation_of_a_day"),
        ]

    def __str__(self):
        return self.text


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class SharedPageQuerySet(models.QuerySet):
    def open(self):
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=now()), revoked_at=None)

    def secret_is(self, secret: str):
        return self.filter(secret=secret).first() if secret.isprintable() else None

    def for_desk(self):
        return self.select_related("by").order_by("-made_at", "-pk")


class SharedPage(models.Model):
    """Results that somebody without an account may read: one look, locked to its filters."""

    name = models.CharField(_("name"), max_length=80)
    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    query = models.CharField(max_length=2000, blank=True)  # the look it is locked to, as its address says it
    password = models.CharField(max_length=128, blank=True)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    objects = SharedPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared page")
        verbose_name_plural = _("shared pages")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("shared:page", args=[self.secret])

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.get_absolute_url()}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now())

    @property
    def asks_password(self) -> bool:
        return bool(self.password)

    def lock(self, raw: str):
        """Nobody can read the password here again; without one the address alone opens the page."""
        self.password = make_password(raw) if raw else ""

    def opens_to(self, raw: str) -> bool:
        return check_password(raw, self.password)


class WishQuerySet(models.QuerySet):
    def of(self, member):
        return self.filter(member=member).first() or Wish(member=member)

    def for_letters(self):
        return self.filter(weekly=True)

    def with_members(self):
        return self.select_related("member").filter(member__is_active=True)


class Wish(models.Model):
    """What one person at the desk wants to be told. No row: alarms by bell, nothing by mail."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    alarms_by_bell = models.BooleanField(_("Ring my bell when clicks or joins jump or collapse"), default=True)
    alarms_by_mail = models.BooleanField(_("Write me a mail then"), default=False)
    weekly = models.BooleanField(_("Write me the week's figures on Monday morning"), default=False)

    objects = WishQuerySet.as_manager()

    def __str__(self):
        return f"{self.member}"


class AlarmQuerySet(models.QuerySet):
    def latest_first(self):
        return self.order_by("-hour", "-pk")

    def since(self, moment):
        return self.filter(hour__gte=moment)

    def of_measure(self, measure):
        return self.filter(measure=measure)


class Alarm(models.Model):
    """An hour in which a measure left its usual range."""

    class Kind(models.TextChoices):
        SPIKE = "spike", _("jump")
        DROP = "drop", _("collapse")

    hour = models.DateTimeField()
    measure = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind)
    seen = models.IntegerField()
    usual = models.IntegerField()
    at = models.DateTimeField(default=now)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hour", "measure"], name="one_alarm_for_an_hour"),
        ]

    def __str__(self):
        return f"{self.measure} {self.kind} {self.hour:%Y-%m-%d %H:%M}"


class AlarmToldQuerySet(models.QuerySet):
    def of(self, member, day):
        return self.filter(member=member, day=day)


class AlarmTold(models.Model):
    """This person was told of that alarm: the row is made before the bell rings, so it never rings twice."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="told")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()  # where the brand lives

    objects = AlarmToldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alarm", "member"], name="told_of_an_alarm_once"),
        ]
        indexes = [
            # How often somebody was told today.
            models.Index(fields=["member", "day"], name="told_on_a_day"),
        ]

    def __str__(self):
        return f"{self.member_id} {self.day}"


class WeeklyLetter(models.Model):
    """The week's figures went to this person: the row is made before the letter, so there is never a second."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week = models.DateField()  # the Monday after it
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "week"], name="one_weekly_letter_each"),
        ]

    def __str__(self):
        return f"{self.week}"
