"""Webhooks: who is told of what, each message as a row before it is sent, and every try."""

import base64
import hashlib
import hmac
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns.models.people import Conversion
from community.commons.ids import uuid7

CLAIM_LASTS = timedelta(minutes=2)
KEPT = timedelta(days=30)
OLD_SECRET_LASTS = timedelta(hours=24)
CLICK, TEST = "click", "test"
# What messages of clicks are about: each is named after its last one, told in its turn or out of the spool.
SETTLED, LATE = "clicks:", "late:"


class EndpointQuerySet(models.QuerySet):
    def running(self):
        return self.filter(stopped_at=None)

    def hearing(self, kind: str):
        return self.running().filter(kinds__contains=[kind])

    def with_id(self, pk):
        return self.filter(pk=pk)

    def for_desk(self):
        return self.select_related("owner").order_by("-pk")


class Endpoint(models.Model):
    """An address of somebody's program, and what it wants to hear of.

    The secret it checks signatures with is made from a seed and the house's own key: the table alone gives none away.
    """

    label = models.CharField(_("what it is for"), max_length=80)
    url = models.CharField(_("address"), max_length=500)
    kinds = models.JSONField(_("tells of"), default=list)
    seed = models.BinaryField()
    old_seed = models.BinaryField(null=True, blank=True)
    old_until = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    clicks_since = models.UUIDField(
        default=uuid.UUID(int=0), db_default=uuid.UUID(int=0)
    )  # what came before is not told
    clicks_until = models.UUIDField()  # the last click that was told
    made_at = models.DateTimeField(default=now)
    failing_since = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)  # after a failure: one that is down is not hammered
    stopped_at = models.DateTimeField(null=True, blank=True)
    has_failed = models.BooleanField(default=False)  # it was stopped by us, not by its owner

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of programs", "webhook")
        verbose_name_plural = pgettext_lazy("of programs", "webhooks")

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("campaigns:hook", args=[self.pk])

    @staticmethod
    def key_of(seed) -> bytes:
        return hmac.digest(hashlib.sha256(b"webhooks" + settings.SECRET_KEY.encode()).digest(), bytes(seed), "sha256")

    @property
    def secret(self) -> str:
        """As Standard Webhooks writes it."""
        return "whsec_" + base64.b64encode(self.key_of(self.seed)).decode()

    @property
    def keys(self) -> list[bytes]:
        """What a message is signed with: for a day after a change, the old secret too."""
        found = [self.key_of(self.seed)]
        if self.old_seed and self.old_until and self.old_until > now():
            found.append(self.key_of(self.old_seed))
        return found

    @property
    def state(self) -> str:
        if self.stopped_at:
            return "failed" if self.has_failed else "stopped"
        return "failing" if self.failing_since else "running"


class DispatchQuerySet(models.QuerySet):
    def of(self, endpoint):
        return self.filter(endpoint=endpoint)

    def due(self):
        """Waiting for nobody, past their pause, to an address that is neither stopped nor resting."""
        moment = now()
        return self.filter(
            Q(claimed_until=None) | Q(claimed_until__lt=moment),
            Q(endpoint__rests_until=None) | Q(endpoint__rests_until__lte=moment),
            state=Dispatch.State.WAITING,
            not_before__lte=moment,
            endpoint__stopped_at=None,
        ).order_by("not_before")

    def claim(self, pk) -> bool:
        """True for one worker only."""
        free = self.filter(pk__in=self.due().filter(pk=pk).order_by().values("pk"))
        free = free.filter(Q(claimed_until=None) | Q(claimed_until__lt=now()), state=Dispatch.State.WAITING)
        return free.update(claimed_until=now() + CLAIM_LASTS, tries=F("tries") + 1) == 1

    def made_in(self, start, end):
        """None leaves that side open."""
        rows = self if start is None else self.filter(made_at__gte=start)
        return rows if end is None else rows.filter(made_at__lt=end)

    def with_id(self, pk):
        return self.filter(pk=pk)

    def over(self):
        """Sent or given up: what can be sent again. Of what was forgotten there is nothing to send."""
        return self.exclude(state=Dispatch.State.WAITING).exclude(payload={})

    def telling_of(self, member):
        """About steps of this member, whether or not those steps still stand."""
        return self.filter(payload__data__member__id=member.pk)

    def telling_click(self, endpoint, pk):
        """The message that took this click along, if there was one: found by its name, or by what it says."""
        told = self.filter(endpoint=endpoint, kind=CLICK)
        settled = told.filter(about__startswith=SETTLED, about__gte=f"{SETTLED}{pk}").order_by("about")[:1]
        late = Q(about__startswith=LATE, payload__data__clicks__contains=[{"id": str(pk)}])
        return told.filter(late | Q(pk__in=settled.values("pk")))

    def forget(self) -> int:
        """Rows stay as counts; what waits is not sent any more."""
        DispatchTry.objects.filter(dispatch__in=self).update(words="")
        pks = list(self.values_list("pk", flat=True))
        these = Dispatch.objects.filter(pk__in=pks)
        these.filter(state=Dispatch.State.WAITING).update(state=Dispatch.State.GIVEN_UP, claimed_until=None)
        return these.update(payload={})

    def put_back(self, pks):
        """As if they had never been tried."""
        self.filter(pk__in=pks).update(
            state=Dispatch.State.WAITING, tries=0, not_before=now(), claimed_until=None, sent_at=None
        )

    def old(self):
        return self.filter(made_at__lt=now() - KEPT)

    def with_log(self):
        return self.prefetch_related("log")


class Dispatch(models.Model):
    """One message to one endpoint. Its identifier stays the same however often it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", pgettext_lazy("a message", "taken")
        GIVEN_UP = "given_up", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="dispatches")
    kind = models.CharField(_("tells of"), max_length=20)
    about = models.CharField(max_length=80)  # what it tells of, so that nothing is told twice
    payload = models.JSONField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    not_before = models.DateTimeField(default=now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        constraints = [models.UniqueConstraint("endpoint", "about", name="an_endpoint_is_told_once")]
        indexes = [
            # What must still be sent.
            models.Index(fields=["not_before"], condition=Q(state="waiting"), name="dispatch_still_waiting"),
            # The latest to one endpoint.
            models.Index(fields=["endpoint", "-id"], name="dispatch_to_an_endpoint"),
            # What is old enough to be let go.
            models.Index(fields=["made_at"], name="dispatch_made"),
        ]

    def __str__(self):
        return f"{self.endpoint_id} {self.about}"


class DispatchTry(models.Model):
    """One time that a message was sent, and what came back."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="log")
    at = models.DateTimeField(default=now)
    status = models.PositiveIntegerField(null=True, blank=True)  # of HTTP; none when no answer came
    why = models.CharField(max_length=20, blank=True)  # why no answer came, a key of fetching.REASONS
    words = models.CharField(max_length=500, blank=True)  # the beginning of the answer
    took = models.PositiveIntegerField(default=0)  # milliseconds

    class Meta:
        ordering = ("at", "pk")

    def __str__(self):
        return f"{self.dispatch_id} {self.status or self.why}"


KINDS = {
    CLICK: _("A person came through a link"),
    Conversion.Kind.JOINED.value: _("Somebody joined"),
    Conversion.Kind.VERIFIED.value: _("A member proved their e-mail"),
    Conversion.Kind.FIRST_ACT.value: _("A member posted or reacted for the first time"),
    Conversion.Kind.WEEK2.value: _("A member came back in the second week"),
    Conversion.Kind.DAY30.value: _("A member was here at day 30"),
    Conversion.Kind.CLIMBED.value: _("A member rose a tier"),
    Conversion.Kind.REFERRAL.value: _("A member brought a friend"),
    Conversion.Kind.REVENUE.value: _("Revenue or a refund was recorded"),
}
