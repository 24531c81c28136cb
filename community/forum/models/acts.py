"""What hosts did with threads, where they stand on top, and where things have gone since they were linked to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from community.forum.models.boards import Board
from community.forum.models.rooms import Thread
from community.forum.models.words import Post


class ActQuerySet(models.QuerySet):
    def after(self, sequence):
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def on_thread(self, thread):
        return self.filter(thread=thread).select_related("by").order_by("-pk")

    def of_kind(self, kind):
        return self.filter(kind=kind)


class Act(models.Model):
    """Something a host, or the clock, did with a thread or a board: who, what, when, why, and what was before and after.

    Threads number it as they number their posts, so that whoever missed the frame is told of it.
    """

    class Kind(models.TextChoices):
        PINNED = "pinned"
        UNPINNED = "unpinned"
        LOCKED = "locked"
        UNLOCKED = "unlocked"
        SLOWED = "slowed"
        MOVED = "moved"
        MERGED = "merged"  # went into another
        GREW = "grew"  # took in another
        SPLIT = "split"  # lost posts to a new one
        BRANCHED = "branched"  # began with posts of another
        SCHEDULED = "scheduled"
        OPENED = "opened"
        CLOSED = "closed"
        TAGGED = "tagged"

    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="acts")
    board = models.ForeignKey(Board, models.SET_NULL, null=True, related_name="+")
    sequence = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # none: the clock
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = ActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "sequence"], condition=~Q(sequence=None), name="one_act_for_each_event"
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.thread_id or self.board_id}"


class PinQuerySet(models.QuerySet):
    def over(self):
        return self.filter(until__lte=now())

    def of(self, thread):
        return self.filter(thread=thread)


class Pin(models.Model):
    """A thread stands on top of its board's list while this row holds; on top of all boards' list too, if it says so."""

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="pin")
    everywhere = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = PinQuerySet.as_manager()

    class Meta:
        indexes = [
            # What stands on top of all boards' list.
            models.Index(fields=["everywhere"], condition=Q(everywhere=True), name="pin_everywhere"),
            # What comes down by itself.
            models.Index(fields=["until"], condition=~Q(until=None), name="pin_until"),
        ]

    def __str__(self):
        return f"{self.thread_id}"

    @property
    def holds(self) -> bool:
        return self.until is None or self.until > now()


class FoldQuerySet(models.QuerySet):
    def of(self, thread, member):
        return self.filter(pin__thread=thread, member=member)


class Fold(models.Model):
    """A member has read a pinned thread, and wants it back among the others."""

    pin = models.ForeignKey(Pin, models.CASCADE, related_name="folds")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = FoldQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pin", "member"], name="a_pin_folded_once")]

    def __str__(self):
        return f"{self.pin_id}: {self.member_id}"


class FormerPlaceQuerySet(models.QuerySet):
    def of(self, thread, number):
        """The post that had this number here and stands elsewhere now."""
        row = self.filter(thread=thread, number=number).select_related("post__thread").first()
        return row and row.post

    def first_in(self, thread, into):
        """The first of those that went from one thread to the other."""
        rows = self.filter(thread=thread, post__thread=into).select_related("post__thread")
        row = rows.order_by("number").first()
        return row and row.post


class FormerPlace(models.Model):
    """The number a post had in a thread which it has left: old links find it by this."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="former_places")
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="former_places")

    objects = FormerPlaceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="one_post_had_a_number")]

    def __str__(self):
        return f"{self.thread_id}: {self.number}"
