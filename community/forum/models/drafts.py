"""Words that are not sent yet: kept on the server, so that another device can go on with them."""

import time
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import now

from community.commons import prose
from community.commons.ids import uuid7
from community.forum.models.boards import Board
from community.forum.models.rooms import Thread
from community.forum.models.words import Post

DRAFTS_KEPT_FOR = timedelta(days=90)  # since they were last changed; the page of drafts says so


def where(place) -> dict:
    """The column of a place: a thread to answer in, a board to start on, a post to change."""
    kind = {Board: "board", Post: "post"}.get(type(place), "thread")
    return {kind: place}


class DraftQuerySet(models.QuerySet):
    def owned_by(self, member):
        return self.filter(member=member)

    def for_update(self):
        return self.select_for_update(of=("self",))

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def of_member(self, member):
        """What somebody has not sent: a save that came in after the post it became is no draft any more."""
        sent = Post.objects.sent_with(OuterRef("member"), OuterRef("key"))
        return self.filter(~Exists(sent), member=member)

    def for_list(self):
        post = ("post__thread__board__tier_to_see", "post__thread__removal", "post__thread__lock", "post__removal")
        return self.select_related("thread__board__tier_to_see", "thread__removal", "board__tier_to_see", *post)

    def at_place(self, place):
        return self.filter(**where(place))

    def in_thread(self, thread):
        return self.filter(thread=thread)

    def spent_by(self, *, key, version):
        """What was sent as this key, or as it stood in this version; a newer one of another device stays."""
        return self.filter(Q(version__lte=version or 0) | Q(key=key, key__isnull=False))

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def left_lying(self):
        sent = Post.objects.sent_with(OuterRef("member"), OuterRef("key"))
        return self.filter(Q(at__lt=now() - DRAFTS_KEPT_FOR) | Exists(sent))

    def move_along(self, former, into):
        """Two threads became one: what was begun in the one goes on in the other, where its author had nothing yet."""
        theirs = self.in_thread(into).filter(member=OuterRef("member"))
        self.in_thread(former).filter(~Exists(theirs)).update(thread=into, version=F("version") + 1)

    def on_boards(self, *boards):
        return self.filter(board__in=boards).order_by("member", "pk").select_for_update(of=("self",))


class Draft(models.Model):
    """One for each member and place: the reply of a thread, the new discussion of a board, a change of one's own post.

    `version` is a moment: it rises with every save, and a draft begun anew is newer than any that was there before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="+")
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    version = models.BigIntegerField()
    hand = models.UUIDField(null=True)  # the page that saved last: it is never in conflict with itself
    key = models.UUIDField(null=True)  # what it will be sent as
    title = models.CharField(max_length=320, blank=True, default="")
    body = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")  # as composed
    more = models.JSONField(default=dict)  # whatever else the form asks: its kind, its tags, what it answers
    at = models.DateTimeField(default=now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(thread=None, board__isnull=False, post=None)
                | Q(thread__isnull=False, board=None, post=None)
                | Q(thread=None, board=None, post__isnull=False),
                name="draft_of_one_place",
            ),
            models.UniqueConstraint(
                fields=["member", "thread"], condition=~Q(thread=None), name="one_draft_in_a_thread"
            ),
            models.UniqueConstraint(fields=["member", "board"], condition=~Q(board=None), name="one_draft_on_a_board"),
            models.UniqueConstraint(fields=["member", "post"], condition=~Q(post=None), name="one_draft_of_a_post"),
        ]
        indexes = [
            # What somebody began to write, the latest first.
            models.Index(fields=["member", "-at", "-id"], name="draft_of_member"),
            # What was left lying.
            models.Index(fields=["at"], name="draft_by_age"),
        ]

    def __str__(self):
        return self.title or prose.excerpt(self.body, 40)

    def get_absolute_url(self):
        return reverse("forum:draft", args=[self.pk])

    @property
    def place(self):
        return self.thread or self.board or self.post

    def next_version(self) -> int:
        return max((self.version or 0) + 1, time.time_ns() // 1_000_000)
