"""Who is named in what was said: kept by member, so that a new name changes nothing."""

from django.conf import settings
from django.db import models

from community.forum.models.words import Post


class MentionQuerySet(models.QuerySet):
    def in_post(self, post):
        return self.filter(post=post)

    def of_member(self, member):
        return self.filter(member=member)

    def posts(self):
        return self.order_by("post").values_list("post", flat=True).distinct()


class Mention(models.Model):
    """A post names a member. They are rung once for it, when the row is made."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="one_mention_of_a_member_in_a_post")]

    def __str__(self):
        return f"{self.post_id}: {self.member_id}"
