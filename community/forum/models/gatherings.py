"""Gatherings: a host answers at an hour; questions put before and during it, votes for them, and who is reminded."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Value
from django.utils.timezone import now

from accounts.models import Member
from community.forum.models.rooms import Thread
from community.forum.models.words import Post


class GatheringQuerySet(models.QuerySet):
    def shown_to(self, person, thread):
        """One gathering with all that its page shows of it, and whether this person wants to be reminded."""
        rows = self.filter(thread=thread).select_related("current__post__author", "current__post__removal")
        rows = rows.select_related("recap__author", "recap__removal")
        rows = rows.prefetch_related(Prefetch("hosts", Member.objects.order_by("pk")))
        if not person.is_authenticated:
            return rows.annotate(is_reminded=Value(False)).first()
        mine = Reminder.objects.filter(gathering=OuterRef("pk"), member=person)
        return rows.annotate(is_reminded=Exists(mine)).first()

    def of(self, thread):
        return self.filter(thread=thread).first()

    def turned(self, moment):
        """Which have begun or ended since that was last told."""
        begun = Q(told="", thread__begins_at__lte=moment)
        return self.filter(begun | Q(thread__ends_at__lte=moment) & ~Q(told="over"))

    def claim(self, pk, before, told) -> bool:
        """True for one worker only."""
        return bool(self.filter(pk=pk, told=before).update(told=told))


class Gathering(models.Model):
    """An hour at which hosts answer. When it begins and ends stands on the thread, where lists see it."""

    thread = models.OneToOneField(Thread, models.CASCADE, primary_key=True, related_name="gathering")
    hosts = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    current = models.ForeignKey("Ask", models.SET_NULL, null=True, related_name="+")  # being answered now
    recap = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    sequence = models.BigIntegerField(default=0)  # of the last change, in the thread's own numbers
    edition = models.PositiveIntegerField(default=0)  # how often its hour was changed, as calendars want to know
    told = models.CharField(max_length=4, blank=True, default="")  # "now" and "over", once open pages were told so

    objects = GatheringQuerySet.as_manager()

    class Meta:
        indexes = [
            # What may begin or end soon.
            models.Index(fields=["told"], condition=~Q(told="over"), name="gathering_not_over"),
        ]

    def __str__(self):
        return f"{self.thread}"


class AskQuerySet(models.QuerySet):
    def readable_in(self, thread):
        return self.filter(thread=thread, post__in=thread.posts.readable())

    def for_reading(self, person):
        """What a row shows, and whether this person voted for it."""
        rows = self.select_related("post__author", "answer__author", "answer__removal")
        if not person.is_authenticated:
            return rows.annotate(is_mine=Value(False))
        return rows.annotate(is_mine=Exists(AskVote.objects.filter(ask=OuterRef("pk"), member=person)))

    def open(self):
        return self.filter(answer=None)

    def answered(self):
        return self.exclude(answer=None)

    def wanted_first(self):
        return self.order_by("-votes", "pk")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def of_posts(self, posts):
        return self.filter(post__in=posts)

    def answered_by(self, post):
        return self.filter(answer=post)

    def answered_in(self, posts):
        return self.filter(answer__in=posts)

    def changed_since(self, sequence):
        return self.filter(sequence__gt=sequence).order_by("sequence")


class Ask(models.Model):
    """A post that is a question for the hosts; votes say how many would like to hear the answer."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="ask")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="asks")
    votes = models.PositiveIntegerField(default=0)
    answer = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    sequence = models.BigIntegerField()

    objects = AskQuerySet.as_manager()

    class Meta:
        indexes = [
            # The questions most would like answered, of one gathering.
            models.Index(fields=["thread", "-votes", "post"], name="ask_wanted_first"),
        ]

    def __str__(self):
        return f"{self.post}"


class AskVoteQuerySet(models.QuerySet):
    def of(self, member, ask):
        return self.filter(member=member, ask=ask)


class AskVote(models.Model):
    """One member would like to hear the answer too."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="rows")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    objects = AskVoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "member"], name="one_vote_of_a_member_for_a_question")]

    def __str__(self):
        return f"{self.ask_id}"


class ReminderQuerySet(models.QuerySet):
    def of(self, member, gathering):
        return self.filter(member=member, gathering=gathering)

    def due(self, moment, until):
        """Untold, of gatherings that begin before `until` and are not over."""
        soon = Q(gathering__thread__begins_at__lte=until, gathering__thread__ends_at__gt=moment)
        return self.filter(soon, told_at=None, gathering__thread__removal__thread=None).order_by("pk")

    def for_telling(self, pk):
        return self.select_related(
            "member__tier", "gathering__thread__board__tier_to_see", "gathering__thread__removal"
        ).get(pk=pk)

    def claim(self, pk) -> bool:
        """True for one worker only."""
        return bool(self.filter(pk=pk, told_at=None).update(told_at=now()))

    def renew(self, gathering):
        """The hour has changed: whoever was told the former one is told again."""
        return self.filter(gathering=gathering).exclude(told_at=None).update(told_at=None)


class Reminder(models.Model):
    """A member wants to be told before a gathering begins."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="reminders")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    told_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "member"], name="one_reminder_of_a_gathering")]
        indexes = [
            # Who is still to be told.
            models.Index(fields=["gathering"], condition=Q(told_at=None), name="reminder_untold"),
        ]

    def __str__(self):
        return f"{self.gathering_id}"
