"""What is told to advertising platforms about members who allowed it: a row first, sent after."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.timezone import get_default_timezone, localtime, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns.models.people import Conversion
from community.commons.ids import uuid7

CLAIM_LASTS = timedelta(minutes=10)
KEPT_FOR = timedelta(days=90)
FORGOTTEN = "forgotten"  # the reason of what a member had forgotten: nothing brings it back


class Service(models.TextChoices):
    META = "meta", "Meta"
    GA4 = "ga4", "Google Analytics 4"


class DeliveryQuerySet(models.QuerySet):
    def due(self, service):
        """Waiting, not on its way right now, and past the pause that the last failure asked for."""
        moment = now()
        return self.filter(
            Q(claimed_until=None) | Q(claimed_until__lt=moment),
            service=service,
            state=Delivery.State.WAITING,
            not_before__lte=moment,
        ).order_by("not_before", "id")

    def claim(self, service, most: int) -> list:
        """Those due, for this worker alone; a worker that dies lets go after CLAIM_LASTS."""
        with transaction.atomic():
            ids = list(self.due(service).select_for_update(skip_locked=True).values_list("pk", flat=True)[:most])
            self.filter(pk__in=ids).update(claimed_until=now() + CLAIM_LASTS, tries=F("tries") + 1)
        return list(self.filter(pk__in=ids).select_related("member", "conversion").order_by("id"))

    def with_id(self, pk):
        return self.filter(pk=pk)

    def in_states(self, states):
        return self.filter(state__in=states)

    def wake(self) -> int:
        """Waiting again, from the beginning; what was answered stays with its attempts."""
        again = self.exclude(reason=FORGOTTEN)
        return again.update(state=Delivery.State.WAITING, reason="", tries=0, not_before=now(), claimed_until=None)

    def of_member(self, member):
        return self.filter(member=member)

    def forget(self) -> int:
        """Kind, day and state stay to be counted; what was told of a person goes, and what waits never leaves."""
        Attempt.objects.filter(delivery__in=self).update(answer={})
        known = self.exclude(reason=FORGOTTEN)
        known.filter(state=Delivery.State.WAITING).update(
            state=Delivery.State.NOT_ALLOWED, reason=FORGOTTEN, claimed_until=None
        )
        # What was refused for another reason keeps it; what could be sent again can be no more.
        over = (Delivery.State.SENT, Delivery.State.REJECTED, Delivery.State.GIVEN_UP)
        known.filter(state__in=over).update(reason=FORGOTTEN)
        rows: list = list(self.only("at"))
        for row in rows:
            row.at = localtime(row.at, get_default_timezone()).replace(hour=0, minute=0, second=0, microsecond=0)
        Delivery.objects.bulk_update(rows, ["at"], batch_size=500)
        return self.update(payload=None, consent={})

    def of_service(self, service):
        return self.filter(service=service)

    def chosen(self, **narrow):
        """Of one service, in one state, about one kind of step: whichever was said."""
        return self.filter(**{name: narrow[name] for name in ("service", "state", "kind") if narrow.get(name)})

    def because(self, reason):
        return self.filter(reason=reason)

    def for_desk(self):
        return self.select_related("member")

    def refused_between(self, start, end):
        """Steps of members who did not agree: true for us, unknown to Meta."""
        return self.filter(
            service=Service.META,
            state=Delivery.State.NOT_ALLOWED,
            reason__in=("no_consent", "withdrawn", "minor"),
            at__gte=start,
            at__lt=end,
        )

    def counted(self):
        return self.order_by().values("service", "state").annotate(count=models.Count("id"))

    def counted_by_reason(self):
        return (
            self.exclude(reason__in=("", FORGOTTEN))
            .order_by()
            .values("service", "reason")
            .annotate(count=models.Count("id"))
        )

    def since(self, moment):
        return self.filter(made_at__gte=moment)

    def worn_out(self):
        """Sent or refused so long ago that nobody needs its payload any more."""
        return self.filter(made_at__lt=now() - KEPT_FOR).exclude(state=Delivery.State.WAITING).exclude(payload=None)


class Delivery(models.Model):
    """One event for one service, as it will travel or has travelled, and what became of it.

    Its identifier is the event's own: sent twice, it is counted once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", pgettext_lazy("an event", "sent")
        NOT_ALLOWED = "not_allowed", _("not allowed")
        TOO_OLD = "too_old", _("too old")
        REJECTED = "rejected", _("rejected")
        GIVEN_UP = "given_up", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.CharField(_("service"), max_length=6, choices=Service)
    # A step may be taken back when facts change; that it was told stays true.
    conversion = models.ForeignKey(Conversion, models.SET_NULL, null=True, blank=True, related_name="deliveries")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("step"), max_length=20, choices=Conversion.Kind)
    ref = models.CharField(max_length=64, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    name = models.CharField(_("event"), max_length=60, blank=True)
    at = models.DateTimeField(_("reached"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=40, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    is_test = models.BooleanField(default=False)
    payload = models.JSONField(null=True, blank=True)  # personal facts as hashes only, and never a token
    consent = models.JSONField(default=dict)  # what stood when it was sent: purpose, version, since when
    made_at = models.DateTimeField(default=now)
    not_before = models.DateTimeField(default=now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversion sent out")
        verbose_name_plural = _("conversions sent out")
        constraints = [
            models.UniqueConstraint("service", "member", "kind", "ref", name="a_step_is_told_once_to_a_service"),
        ]
        indexes = [
            # What must still be sent.
            models.Index(fields=["service", "not_before"], condition=Q(state="waiting"), name="delivery_still_waiting"),
            # The latest, at the desk, all or in one state.
            models.Index(fields=["state", "-id"], name="delivery_in_a_state"),
        ]

    def __str__(self):
        return f"{self.service} {self.name or self.kind}"


class Attempt(models.Model):
    """One time that a delivery was tried, and what was answered."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=12, choices=Delivery.State)
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # of HTTP; none when no answer came
    answer = models.JSONField(default=dict)  # code, subcode, trace, words: never the body as it came
    took = models.PositiveIntegerField(default=0)  # milliseconds
    together = models.PositiveSmallIntegerField(default=1)  # events in the same request

    class Meta:
        ordering = ("at", "pk")

    def __str__(self):
        return f"{self.delivery_id} {self.state}"


class SendingQuerySet(models.QuerySet):
    def of_service(self, service):
        return self.filter(service=service)


class Sending(models.Model):
    """What a marketer decided about one kind of step and one service; without a row, our own default holds."""

    service = models.CharField(max_length=6, choices=Service)
    kind = models.CharField(max_length=20)
    is_on = models.BooleanField(default=False)
    name = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    since = models.DateTimeField(default=now)  # steps before it was switched on are not told
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SendingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("service", "kind", name="one_decision_for_a_kind_and_service")]

    def __str__(self):
        return f"{self.service} {self.kind}: {self.name}"
