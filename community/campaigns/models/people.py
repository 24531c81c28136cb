"""Whose browsers these were, and the steps members took."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns.models.links import TrackedLink


class ClaimQuerySet(models.QuerySet):
    def visitors_of(self, member):
        return self.filter(member=member).values("visitor")


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

    def of_member(self, member):
        return self.filter(member=member)

    def of_members(self, members):
        return self.filter(member__in=members)

    def since(self, moment):
        """From a moment on; None is the beginning."""
        return self if moment is None else self.filter(at__gte=moment)

    def with_links(self):
        return self.select_related("member", "first_link__campaign", "last_link__campaign")

    def credited_to(self, links, touch: str):
        """Those whose `touch` ("first" or "last") was one of these links."""
        return self.filter(**{f"{touch}_link__in": links})

    def counted(self, touch: str):
        return self.order_by().values(f"{touch}_link_id").annotate(count=models.Count("member", distinct=True))


class Conversion(models.Model):
    """A step a member took, and the links that had led them there by then."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("joined")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversions")
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=now)
    # Bare identifiers: months of clicks may be dropped one day, and what they led to stays true.
    first_click = models.UUIDField(null=True, blank=True)
    last_click = models.UUIDField(null=True, blank=True)
    first_link = models.ForeignKey(TrackedLink, models.PROTECT, null=True, blank=True, related_name="+")
    last_link = models.ForeignKey(TrackedLink, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConversionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("member", condition=models.Q(kind="joined"), name="a_member_joins_once"),
        ]

    def __str__(self):
        return f"{self.member_id} {self.kind}"
