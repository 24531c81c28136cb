"""How far people came after the door: a page really painted, and each step of joining."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns import moments
from community.campaigns.models.links import TrackedLink
from community.campaigns.models.people import Claim
from community.commons.ids import uuid7

DIRECT = "direct"


class StepQuerySet(models.QuerySet):
    def of_kind(self, *kinds):
        return self.filter(kind__in=kinds)

    def of_visitor(self, visitor):
        return self.filter(visitor=visitor)

    def of_visitors(self, visitors):
        return self.filter(visitor__in=list(visitors))

    def of_member(self, member):
        """Every step of this person, on whichever device, the first one first."""
        return self.filter(visitor__in=Claim.objects.visitors_of(member)).order_by("id")

    def between(self, start, end):
        """From one moment up to another, by the key itself: only the months in question are read."""
        return self.filter(id__gte=moments.floor(start), id__lt=moments.floor(end))

    def since(self, moment):
        return self.filter(id__gte=moments.floor(moment))

    def until(self, moment):
        return self.filter(at__lte=moment)

    def arrivals(self):
        """Visits that came without a link of ours: directly, or from a site that pointed here."""
        return self.exclude(source="")

    def with_id(self, pk):
        return self.filter(pk=pk)

    def as_visits(self):
        """What tells whether a page belongs to a visit that is already counted."""
        return self.order_by().values("kind", "path", "source", "at")

    def unnamed(self):
        """Of people whose browser we were not allowed to remember: counted, and tied to nobody."""
        return self.filter(visitor=None)


class Step(models.Model):
    """A page was painted before somebody's eyes, or they went a step further towards joining. Parted by month."""

    class Kind(models.TextChoices):
        PAINTED = "painted", pgettext_lazy("a step towards joining", "page seen")
        JOIN_OPENED = "join_opened", pgettext_lazy("a step towards joining", "join page opened")
        CODE_ASKED = "code_asked", pgettext_lazy("a step towards joining", "code asked for")
        CODE_ENTERED = "code_entered", pgettext_lazy("a step towards joining", "code entered")
        JOINED = "joined", pgettext_lazy("a step towards joining", "joined")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visitor = models.UUIDField(null=True, blank=True)  # none: a browser that keeps no cookie of ours yet
    at = models.DateTimeField(default=now)
    kind = models.CharField(max_length=12, choices=Kind)
    # The last link this browser tapped within a day before. Bare: months of clicks come and go as whole tables.
    click = models.UUIDField(null=True, blank=True)
    link = models.ForeignKey(
        TrackedLink, models.SET_NULL, null=True, blank=True, related_name="+", db_constraint=False, db_index=False
    )
    path = models.CharField(max_length=200, blank=True, default="")
    # What brought a visit that no link of ours brought: "direct", or a foreign host. Nothing for all other steps.
    source = models.CharField(max_length=120, blank=True, default="")
    app = models.CharField(max_length=16, blank=True, default="")
    os = models.CharField(max_length=16, blank=True, default="")
    device = models.CharField(max_length=10, blank=True, default="")
    language = models.CharField(max_length=16, blank=True, default="")

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step towards joining")
        verbose_name_plural = _("steps towards joining")
        indexes = [
            # What did this person do next.
            models.Index(fields=["visitor", "id"], name="step_of_a_visitor", condition=~models.Q(visitor=None)),
        ]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
