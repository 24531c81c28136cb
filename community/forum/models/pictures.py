"""Pictures in posts: made anew by us, and seen by whoever may read the post they stand in."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.timezone import now

from community.commons.ids import uuid7
from community.forum.models.drafts import Draft
from community.forum.models.words import Post

ORPHANED_AFTER = timedelta(days=2)  # long enough for words of a visitor, or for a draft that is not saved yet


class PictureQuerySet(models.QuerySet):
    def for_showing(self):
        return self.select_related("post__thread__board__tier_to_see", "post__thread__removal", "post__removal")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def in_post(self, post):
        return self.filter(post=post)

    def in_draft(self, draft):
        return self.filter(draft=draft)

    def to_stand_in(self, post, author):
        """Which an author may put there: their own that stand nowhere else."""
        free = Q(post=None) | Q(post=post) if post else Q(post=None)
        return self.filter(free, member=author)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def weight_of(self, member, since=None) -> int:
        rows = self.filter(member=member)
        if since is not None:
            rows = rows.filter(made_at__gte=since)
        return rows.aggregate(sum=Sum("weight"))["sum"] or 0

    def orphaned(self):
        """Chosen once, and in no post since, nor in words that are still being written."""
        return self.filter(post=None, draft=None, made_at__lt=now() - ORPHANED_AFTER)


class Picture(models.Model):
    """A picture of a member's, in the two forms that browsers ask for; its files lie in the storage called “pictures”."""

    FORMS = {"avif": "image/avif", "jpg": "image/jpeg"}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="pictures")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="pictures", db_index=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    weight = models.PositiveIntegerField()  # bytes of all its files
    made_at = models.DateTimeField(default=now)

    objects = PictureQuerySet.as_manager()

    class Meta:
        indexes = [
            # How much a member has stored, in all and today.
            models.Index(fields=["member", "made_at"], name="picture_of_member"),
            # Which are in no post.
            models.Index(fields=["made_at"], condition=Q(post=None), name="picture_in_no_post"),
            # Which are in a draft.
            models.Index(fields=["draft"], condition=~Q(draft=None), name="picture_of_draft"),
        ]

    def __str__(self):
        return str(self.pk)

    def get_absolute_url(self):
        return self.address("jpg")

    def file(self, form: str) -> str:
        return f"{str(self.pk)[-2:]}/{self.pk}.{form}"

    def address(self, form: str) -> str:
        return reverse("forum:picture", args=[self.pk, form])
