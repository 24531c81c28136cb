"""Which ways from one browser to another have been gone."""

from django.db import models
from django.utils.timezone import now


class HandoffQuerySet(models.QuerySet):
    def before(self, moment):
        return self.filter(at__lt=moment)


class Handoff(models.Model):
    """A signed address was followed; its mark stands here, so that it cannot be followed again."""

    mark = models.CharField(primary_key=True, max_length=16)
    at = models.DateTimeField(default=now)

    objects = HandoffQuerySet.as_manager()

    def __str__(self):
        return self.mark
