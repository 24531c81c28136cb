"""Everything of a member taken away at one stroke, so that it can come back at one stroke."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now


class SweepQuerySet(models.QuerySet):
    def of_member(self, member):
        return self.filter(member=member).select_related("by", "undone_by").order_by("-at", "-pk")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def undo(self, pk, by) -> bool:
        """True for one of those who ask at once."""
        return bool(self.filter(pk=pk, undone_at=None).update(undone_at=now(), undone_by=by))


class Sweep(models.Model):
    """One batch: the removals that carry it came with it, and go with it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sweeps")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=200)
    posts = models.PositiveIntegerField(default=0)
    threads = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    cases = models.PositiveIntegerField(default=0, db_default=0)  # settled with it
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SweepQuerySet.as_manager()

    def __str__(self):
        return f"{self.member}: {self.posts}"
