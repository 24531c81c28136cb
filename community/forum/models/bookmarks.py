"""What members keep for themselves, and when they want to hear of it again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from community.forum.models.rooms import Thread
from community.forum.models.words import Post

LONGEST_NOTE = 200


class BookmarkQuerySet(models.QuerySet):
    def of_member(self, member):
        return self.filter(member=member)

    def about(self, *, post=None, thread=None):
        return self.filter(post=post, thread=thread)

    def of_posts(self, member, posts):
        return self.filter(member=member, post__in=posts)

    def with_pk(self, pk):
        return self.filter(pk=pk).first() if pk < 2**63 else None

    def same(self, pk):
        return self.filter(pk=pk)

    def follow(self, source, target):
        """A thread became part of another: who kept it keeps that one."""
        kept = self.filter(thread=target).values("member")
        self.filter(thread=source).exclude(member__in=kept).update(thread=target)
        self.filter(thread=source).delete()

    def for_rows(self, person):
        """What a list of them shows, and of each whether its owner may still read it."""
        rows = self.select_related("post__author", "post__thread__board", "thread__board", "thread__author")
        posts = Post.objects.visible_to(person).filter(pk=models.OuterRef("post"))
        here = Thread.objects.visible_to(person).filter(pk=models.OuterRef("thread"))
        return rows.annotate(is_readable=models.Exists(posts) | models.Exists(here))

    def due(self, moment):
        return self.filter(remind_at__lte=moment, told_at=None).order_by("remind_at", "pk")

    def for_telling(self, pk):
        return self.select_related("member__tier").get(pk=pk)

    def claim(self, pk, moment) -> bool:
        """True for one worker only; whoever sets another time meanwhile is told then."""
        return bool(self.filter(pk=pk, remind_at__lte=moment, told_at=None).update(told_at=moment))


class Bookmark(models.Model):
    """A post or a thread that a member keeps. Nobody else ever learns of it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="+")
    note = models.CharField(max_length=LONGEST_NOTE * 4, blank=True)
    remind_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=False, db_default=False)  # a letter beside the bell
    told_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(default=now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, thread__isnull=False) | Q(post__isnull=False, thread=None),
                name="bookmark_of_one_thing",
            ),
            models.UniqueConstraint(fields=["member", "post"], name="one_bookmark_of_a_post"),
            models.UniqueConstraint(fields=["member", "thread"], name="one_bookmark_of_a_thread"),
        ]
        indexes = [
            # What a member kept, the latest first.
            models.Index(fields=["member", "-saved_at", "-id"], name="bookmark_latest_first"),
            # Who is to be reminded.
            models.Index(fields=["remind_at"], condition=Q(told_at=None, remind_at__isnull=False), name="bookmark_due"),
        ]

    def __str__(self):
        return f"{self.member_id}: {self.post_id or self.thread_id}"

    @property
    def place(self):
        """What is kept: a post, or a whole thread."""
        return self.post or self.thread

    @property
    def title(self) -> str:
        return self.thread.title if self.thread_id else self.post.thread.title

    @property
    def waits(self) -> bool:
        return self.remind_at is not None and self.told_at is None
