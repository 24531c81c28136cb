"""Which post answered a question, who said so, and when."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from community.forum.models.rooms import Thread
from community.forum.models.words import Post


class AcceptanceQuerySet(models.QuerySet):
    def of(self, thread):
        return self.filter(thread=thread).select_related("post__author").first()

    def on(self, thread):
        return self.filter(thread=thread)

    def of_posts(self, posts):
        return self.filter(post__in=posts)


class Acceptance(models.Model):
    """A question is solved while this row exists and the post it names stands."""

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="acceptance")
    post = models.OneToOneField(Post, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = AcceptanceQuerySet.as_manager()

    def __str__(self):
        return f"{self.thread}: {self.post_id}"
