"""What each reader brings: how far they have read, and what they said before joining."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons import prose
from community.commons.ids import uuid7
from community.forum.models.rooms import Thread
from community.forum.models.words import Post, Reaction


class ReadMarkQuerySet(models.QuerySet):
    def advance(self, *, member, thread, number):
        """Reading only moves forward, on whichever device it happened last."""
        mine = self.filter(member=member, thread=thread)
        if not mine.filter(number__lt=number).update(number=number, at=now()) and not mine.exists():
            self.bulk_create([ReadMark(member=member, thread=thread, number=number)], ignore_conflicts=True)

    def most_read_since(self, moment):
        """(thread, how many members read on in it), the most first."""
        read = self.filter(at__gte=moment).order_by().values("thread").annotate(readers=models.Count("pk"))
        return read.order_by("-readers", "-thread").values_list("thread", "readers")

    def reached(self, member, thread) -> int:
        return self.filter(member=member, thread=thread).values_list("number", flat=True).first() or 0


class ReadMark(models.Model):
    """How far a member has read in a thread: the number of the last post they saw."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "thread"], name="one_mark_in_a_thread")]
        indexes = [
            # What members read lately.
            models.Index(fields=["at"], name="read_lately"),
        ]

    def __str__(self):
        return f"{self.thread}: {self.number}"


class HeldQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(published_at=None, expires_at__gt=now())

    def of_visitor(self, visitor):
        return self.filter(visitor=visitor)

    def of_member(self, member):
        return self.filter(member=member)

    def of_members(self, members):
        return self.filter(member__in=members).select_related("thread").order_by("made_at")

    def reachable_by(self, person, visitor):
        """By the browser it was written in, and by the member it was published for; nobody else learns of it."""
        mine = Q(visitor=visitor) if visitor else Q(pk=None)
        return self.filter(mine | Q(member=person) if person.is_authenticated else mine)

    def same(self, **what):
        return self.filter(**what)

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def let_go(self):
        """Never published in time, or published long enough ago for every way back to have been taken."""
        return self.filter(expires_at__lte=now())

    def for_reading(self):
        return self.select_related(
            "thread__board__tier_to_see",
            "thread__board__tier_to_reply",
            "thread__lock",
            "thread__removal",
            "post__author",
            "published_post",
        )


class Held(models.Model):
    """Something a visitor did before joining. It waits for them, and is published once when they sign in."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("reply")
        REACTION = "reaction", _("reaction")
        VOTE = "vote", _("vote")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visitor = models.UUIDField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")  # reacted to, or replied to
    reaction = models.CharField(max_length=10, choices=Reaction.Kind, blank=True)
    body = models.TextField(blank=True)
    choices = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))  # of a poll's options
    source = models.TextField(default="", db_default="", blank=True)  # as composed
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")

    objects = HeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="reply", reaction="") & ~Q(body="")
                | Q(kind="reaction", post__isnull=False, body="") & ~Q(reaction="")
                | Q(kind="vote", reaction="", body="") & ~Q(choices=[]),
                name="held_reply_has_words_reaction_a_post_vote_a_choice",
            ),
        ]
        indexes = [
            # What waits for this browser.
            models.Index(fields=["visitor"], condition=Q(published_at=None), name="held_waiting_for_visitor"),
            # What nobody came back for.
            models.Index(fields=["expires_at"], name="held_until"),
        ]

    def __str__(self):
        return prose.excerpt(self.body, 40) or self.reaction

    def get_absolute_url(self):
        return reverse("forum:held", args=[self.pk])

    def clean(self):
        if self.post and self.post.thread_id != self.thread_id:
            raise ValidationError("A held act and its post belong to one thread.")
