"""What stands against a member, for how long and why; and what they said to it."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FOREVER = datetime(9000, 1, 1, tzinfo=UTC)  # an end that is no end, so that comparing needs no exception
LONGEST_REASON = 500
TWICE = timedelta(seconds=60)


class PenaltyQuerySet(models.QuerySet):
    def standing(self):
        """Neither over nor lifted."""
        return self.filter(Q(until=None) | Q(until__gt=now()), lifted_at=None)

    def of_member(self, member):
        return self.filter(member=member)

    def of_members(self, members):
        return self.filter(member__in=members)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def automatic(self):
        return self.filter(by=None)

    def said_lately(self, *, by, reason):
        """The same, a moment ago: a second press of the button."""
        return self.filter(by=by, reason=reason, at__gte=now() - TWICE)

    def lift(self, pk, *, by, because) -> bool:
        """True for one of those who ask at once."""
        standing = self.filter(pk=pk, lifted_at=None)
        return bool(standing.update(lifted_at=now(), lifted_by=by, lifted_because=because))

    def newest_first(self):
        return self.select_related("by", "lifted_by", "appeal").order_by("-at", "-pk")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()


class Penalty(models.Model):
    """A step of the ladder, with its reason as the member reads it. Notes and warnings forbid nothing."""

    class Kind(models.TextChoices):
        NOTE = "note", pgettext_lazy("a kind of decision", "note")
        WARNING = "warning", _("warning")
        SILENCE = "silence", _("silence")
        SUSPENSION = "suspension", _("suspension")
        BAN = "ban", _("ban")

        @property
        def lasts(self) -> bool:
            return self in {Penalty.Kind.SILENCE, Penalty.Kind.SUSPENSION, Penalty.Kind.BAN}

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="penalties")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )  # or a rule
    at = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)  # none: until somebody lifts it
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_because = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = PenaltyQuerySet.as_manager()

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("at")), name="penalty_ends_after_it_begins"),
        ]
        indexes = [
            # What was said to somebody, the latest first.
            models.Index(fields=["member", "-at", "-id"], name="penalty_of_member"),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"

    @property
    def stands(self) -> bool:
        return self.lifted_at is None and (self.until is None or self.until > now())

    @property
    def forbids(self) -> bool:
        return self.Kind(self.kind).lasts and self.stands

    @property
    def may_be_appealed(self) -> bool:
        """Once, and for as long as nobody has taken it back: a note that is over still stands on the page."""
        return self.lifted_at is None and not hasattr(self, "appeal")


class AppealQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def answered(self):
        return self.exclude(answered_at=None)

    def for_desk(self):
        return self.select_related("penalty__member", "penalty__by", "answered_by")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()


class Appeal(models.Model):
    """What a member says to a penalty: once, and answered once."""

    penalty = models.OneToOneField(Penalty, models.CASCADE, related_name="appeal")
    words = models.TextField()
    at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    is_granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, is_granted=None) | Q(answered_at__isnull=False, is_granted__isnull=False),
                name="appeal_answered_with_yes_or_no",
            ),
        ]
        indexes = [
            # What waits for an answer, and what was answered.
            models.Index(fields=["-at", "-id"], name="appeal_newest"),
        ]

    def __str__(self):
        return f"{self.penalty}"
