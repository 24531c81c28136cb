"""Whose browsers these were, and the steps members took."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns.models.links import TrackedLink


class ClaimQuerySet(models.QuerySet):
    def visitors_of(self, member):
        return self.filter(member=member).values("visitor")

    def of_members(self, members):
        return self.filter(member__in=members)

    def of_visitors(self, visitors):
        return self.filter(visitor__in=visitors)

    def whose(self) -> dict:
        """The member of each browser."""
        return dict(self.order_by().values_list("visitor", "member_id"))


class Claim(models.Model):
    """This browser turned out to be that member's."""

    visitor = models.UUIDField(primary_key=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    at = models.DateTimeField(default=now)

    objects = ClaimQuerySet.as_manager()

    def __str__(self):
        return f"{self.visitor}"


class ConversionQuerySet(models.QuerySet):
    def joined(self):
        return self.filter(kind=Conversion.Kind.JOINED)

    def of_kind(self, *kinds):
        return self.filter(kind__in=kinds)

    def of_member(self, member):
        return self.filter(member=member)

    def of_members(self, members):
        return self.filter(member__in=members)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def narrowed(self, *, kind=None, member=None):
        """By whatever was given."""
        rows = self.filter(kind=kind) if kind else self
        return rows.filter(member=member) if member else rows

    def refunds_of(self, paid):
        return self.filter(member=paid.member_id, kind=paid.kind, ref__startswith=f"refund:{paid.pk}:")

    def named(self, ref: str):
        return self.filter(ref=ref)

    def with_refs(self, refs):
        return self.filter(ref__in=refs)

    def members(self):
        return self.order_by().values("member")

    def since(self, moment):
        """From a moment on; None is the beginning."""
        return self if moment is None else self.filter(at__gte=moment)

    def between(self, start, end):
        """From one moment on and before another; None leaves that side open."""
        rows = self.since(start)
        return rows if end is None else rows.filter(at__lt=end)

    def changed_since(self, moment):
        """Whose share of the credit may be another now, because the fact or its touches are."""
        return self.filter(changed_at__gte=moment)

    def untold(self, service, kind, moment):
        """Steps since a moment of which a service has no row yet."""
        return self.filter(kind=kind, at__gte=moment).exclude(deliveries__service=service)

    def in_order(self):
        return self.order_by("at", "pk")

    def with_members(self):
        return self.select_related("member")

    def with_links(self):
        return self.select_related("member", "first_link__campaign", "last_link__campaign")

    def credited_to(self, links, touch: str):
        """Those whose `touch` ("first" or "last") was one of these links."""
        return self.filter(**{f"{touch}_link__in": links})

    def counted(self, touch: str):
        return self.order_by().values(f"{touch}_link_id").annotate(count=models.Count("member", distinct=True))


class Conversion(models.Model):
    """A step a member took. Which links led there is computed from the touches, see crediting."""

    class Kind(models.TextChoices):
        JOINED = "joined", pgettext_lazy("a step", "joined")
        VERIFIED = "verified", pgettext_lazy("a step", "proved their e-mail")
        FIRST_ACT = "first_act", pgettext_lazy("a step", "first post or reaction")
        WEEK2 = "week2", pgettext_lazy("a step", "back in the second week")
        DAY30 = "day30", pgettext_lazy("a step", "here at day 30")
        CLIMBED = "climbed", pgettext_lazy("a step", "rose a tier")
        REFERRAL = "referral", pgettext_lazy("a step", "brought a friend")
        REVENUE = "revenue", pgettext_lazy("a step", "bought something")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversions")
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=now)
    # What tells steps of one kind apart: a standing, a friend, an order number; nothing where there is one only.
    ref = models.CharField(max_length=64, blank=True, default="", db_default="")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # less than nothing: a refund
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    changed_at = models.DateTimeField(default=now, db_default=Now())
    # Bare identifiers: months of clicks may be dropped one day, and what they led to stays true.
    first_click = models.UUIDField(null=True, blank=True)
    last_click = models.UUIDField(null=True, blank=True)
    first_link = models.ForeignKey(TrackedLink, models.PROTECT, null=True, blank=True, related_name="+")
    last_link = models.ForeignKey(TrackedLink, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConversionQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a member")
        verbose_name_plural = _("steps of members")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "ref"], name="a_step_is_taken_once"),
            models.CheckConstraint(
                condition=models.Q(kind="revenue", amount__isnull=False) & ~models.Q(currency="")
                | ~models.Q(kind="revenue") & models.Q(amount=None),
                name="only_revenue_has_an_amount",
            ),
        ]
        indexes = [
            # What was reached in a span of time.
            models.Index(fields=["kind", "at"], name="conversion_by_kind"),
            # Whose credit must be counted again.
            models.Index(fields=["changed_at"], name="conversion_changed"),
            # Is this order written down already.
            models.Index(fields=["ref"], name="conversion_of_an_order", condition=models.Q(kind="revenue")),
        ]

    def __str__(self):
        return f"{self.member_id} {self.kind} {self.ref}".rstrip()
