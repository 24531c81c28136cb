"""Polls: what can be chosen, who chose what, and how much of it is told to whom."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.forum.models.rooms import Thread

FEWEST_OPTIONS, MOST_OPTIONS, LONGEST_OPTION = 2, 20, 60


class PollQuerySet(models.QuerySet):
    def of(self, thread):
        return self.filter(thread=thread).select_related("thread").first()

    def ended_untold(self, moment):
        """Whose time has come, and whose author has not heard of it yet."""
        return self.filter(told_at=None, thread__ends_at__lte=moment)

    def claim(self, pk) -> bool:
        """True for one worker only."""
        return bool(self.filter(pk=pk, told_at=None).update(told_at=now()))


class Poll(models.Model):
    """What a thread asks its readers to choose from. When it ends stands on the thread, where lists see it."""

    class Results(models.TextChoices):
        ALWAYS = "always", _("to everyone, all the time")
        VOTED = "voted", _("after voting")
        CLOSED = "closed", _("when the poll has closed")

    thread = models.OneToOneField(Thread, models.CASCADE, primary_key=True, related_name="poll")
    most = models.PositiveSmallIntegerField(default=1)  # how many options one member may choose
    is_open = models.BooleanField(default=False)  # members see who chose what; else nobody does
    results = models.CharField(max_length=6, choices=Results, default=Results.ALWAYS)
    voters = models.PositiveIntegerField(default=0)
    sequence = models.BigIntegerField(default=0)  # of the last change, in the thread's own numbers
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # early
    told_at = models.DateTimeField(null=True)  # when its author heard that it has closed

    objects = PollQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(most__gte=1), name="a_poll_lets_one_choose")]
        indexes = [
            # What may have closed since somebody looked.
            models.Index(fields=["told_at"], condition=Q(told_at=None), name="poll_not_told_closed"),
        ]

    def __str__(self):
        return f"{self.thread}"

    @property
    def is_multiple(self) -> bool:
        return self.most > 1


class OptionQuerySet(models.QuerySet):
    def shown_to(self, person, thread):
        """A poll's options in order, the poll with them, and which of them this person has chosen: one question."""
        options = self.filter(poll=thread.pk).select_related("poll__thread").order_by("position")
        if not person.is_authenticated:
            return options.annotate(is_mine=Value(False))
        return options.annotate(is_mine=Exists(Vote.objects.filter(option=OuterRef("pk"), member=person)))

    def in_order(self):
        return self.order_by("position")

    def with_ids(self, ids):
        return self.filter(pk__in=ids).order_by("position")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def recount(self):
        """Sets each count from the rows, which are the truth."""
        rows = self.annotate(counted=Count("rows"))
        changed = [option for option in rows if option.votes != option.counted]
        for option in changed:
            option.votes = option.counted
        self.bulk_update(changed, ["votes"])


class Option(models.Model):
    """One thing to choose."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=LONGEST_OPTION * 4)
    votes = models.PositiveIntegerField(default=0)

    objects = OptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="one_option_at_each_place")]

    def __str__(self):
        return self.words

    @property
    def share(self) -> int:
        """Of a hundred voters, how many chose it."""
        return round(100 * self.votes / self.poll.voters) if self.poll.voters else 0


class VoteQuerySet(models.QuerySet):
    def in_poll(self, poll):
        return self.filter(option__poll=poll)

    def of(self, member):
        return self.filter(member=member)

    def not_for(self, options):
        return self.exclude(option__in=options)

    def voters(self) -> int:
        return self.order_by().values("member").distinct().count()

    def for_option(self, option):
        return self.filter(option=option).select_related("member__tier")


class Vote(models.Model):
    """One member's choice of one option."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="rows")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "member"], name="one_vote_of_a_member_for_an_option"),
        ]

    def __str__(self):
        return f"{self.option}"
