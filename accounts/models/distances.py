"""How members keep others away from themselves; nobody is ever told that they are kept away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class DistanceQuerySet(models.QuerySet):
    def of_member(self, member):
        return self.filter(member=member)

    def towards(self, other):
        return self.filter(other=other)

    def blocks(self):
        return self.filter(kind=Distance.Kind.BLOCK)

    def blocks_around(self, member):
        """Blocks that somebody set or that were set against them."""
        return self.filter(Q(member=member) | Q(other=member), kind=Distance.Kind.BLOCK)

    def kept_by(self, member):
        """All that one's own list shows."""
        return self.filter(member=member).select_related("other__tier").order_by("-at", "-pk")

    def silences(self, *, actor, member):
        """Whether something stands between the two that keeps `actor` from ringing `member`: either of them blocked
        the other, or `member` wants quiet."""
        quiet = Q(member=member, other=actor)
        return self.filter(quiet | Q(member=actor, other=member, kind=Distance.Kind.BLOCK))

    def who_may_not_ring(self, member):
        """Ids of those whom `member` keeps away, and of those who blocked them."""
        stands = self.filter(Q(member=member) | Q(other=member, kind=Distance.Kind.BLOCK))
        pairs = stands.values_list("member", "other")
        return {other if one == member.pk else one for one, other in pairs}

    def who_may_not_be_rung_by(self, actor, members):
        """Ids among `members` whom `actor` may not ring, in one question."""
        kept = self.filter(other=actor, member__in=members).values_list("member", flat=True)
        own = self.filter(member=actor, other__in=members, kind=Distance.Kind.BLOCK).values_list("other", flat=True)
        return {*kept, *own}


class Distance(models.Model):
    """Blocked: the posts are folded, and neither can ring the other. Muted: their rings stay silent, nothing else."""

    class Kind(models.TextChoices):
        BLOCK = "block", _("blocked")
        MUTE = "mute", _("muted")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="distances")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    at = models.DateTimeField(default=now)

    objects = DistanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="one_distance_between_two"),
            models.CheckConstraint(condition=~Q(member=F("other")), name="no_distance_from_oneself"),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()} {self.other}"
