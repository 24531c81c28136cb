"""Whether a link's destination can be reached by a stranger: what was found when it was last asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.campaigns.models.links import TrackedLink


class HealthQuerySet(models.QuerySet):
    def of(self, link):
        return self.filter(link=link)

    def in_trouble(self):
        return self.exclude(trouble="")


class Health(models.Model):
    """What was found at the destinations of one link, and when they are asked next."""

    class Trouble(models.TextChoices):
        STATUS = "status", _("does not answer well")
        UNREACHABLE = "unreachable", _("cannot be reached")
        LOOP = "loop", _("sends from one address to the next without end")
        QUERY = "query", _("loses the campaign words on the way")
        WALL = "wall", _("asks strangers to join first")
        HIDDEN = "hidden", _("is hidden from search, as pages nobody should find are")

    link = models.OneToOneField(TrackedLink, models.CASCADE, primary_key=True, related_name="health")
    trouble = models.CharField(max_length=12, choices=Trouble, blank=True, default="")
    address = models.CharField(max_length=1000, blank=True, default="")  # of which of its destinations
    detail = models.CharField(max_length=200, blank=True, default="")
    since = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(db_index=True)
    # How often in a row the same was found: trouble is believed the second time, and asked for ever less often.
    times = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)  # when its owner was told of the trouble that stands now

    objects = HealthQuerySet.as_manager()

    class Meta:
        verbose_name = _("health of a link")
        verbose_name_plural = _("health of links")

    def __str__(self):
        return self.get_trouble_display() or "well"
