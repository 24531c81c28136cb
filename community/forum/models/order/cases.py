"""Reports by members, and the case that hosts make of all reports about one thing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Penalty
from community.forum.models.rooms import Thread
from community.forum.models.words import Post


class CaseQuerySet(models.QuerySet):
    def waiting_counts(self) -> dict[str, int]:
        """How many are open and how many in work; what is settled is not counted, it only grows."""
        told = self.unsettled().order_by().values("state").annotate(many=models.Count("pk"))
        return {row["state"]: row["many"] for row in told}

    def that_holds(self, member):
        """The decision by which a host reads first what this member writes; none where a campaign holds its newcomers."""
        held = self.filter(about=member, decision=Case.Decision.HOLD).select_related("settled_by")
        return held.order_by("-settled_at").first()

    def unsettled(self):
        return self.exclude(state=Case.State.SETTLED)

    def in_state(self, state):
        return self.filter(state=state)

    def in_hands_of(self, host):
        return self.filter(assignee=host)

    def of_thing(self, thing):
        return self.filter(thing=thing)

    def about_member(self, member):
        return self.filter(about=member)

    def of_hosts_or(self, person):
        """In whose hands: one's own, or in none yet."""
        return self.filter(Q(assignee=person) | Q(assignee=None))

    def for_desk(self):
        return self.select_related("about", "assignee", "settled_by", "post", "thread", "post__thread")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def take(self, pk, by) -> bool:
        """True for one of the hosts who reach for it at once."""
        free = self.filter(pk=pk).exclude(state=Case.State.SETTLED).filter(Q(assignee=None) | Q(assignee=by))
        return bool(free.update(state=Case.State.WORK, assignee=by))

    def release(self, pk, by) -> bool:
        mine = self.filter(pk=pk, state=Case.State.WORK, assignee=by)
        return bool(mine.update(state=Case.State.OPEN, assignee=None))

    def that_go_with(self, batch):
        """About what has been taken away by now, and in no other host's hands.

        Where a rule has silenced somebody until a host decides about them, that is still to be decided.
        """
        gone = Q(post__removal__isnull=False) | Q(thread__removal__isnull=False)
        return self.unsettled().about_member(batch.member).filter(gone, silence=None).of_hosts_or(batch.by)

    def settled_with(self, batch):
        return self.filter(sweep=batch)

    def open_again(self, batch) -> int:
        """Those about things that were not reported anew meanwhile."""
        anew = self.model.objects.unsettled().of_thing(models.OuterRef("thing"))
        fresh = {"settled_at": None, "settled_by": None, "decision": "", "reason": "", "sweep": None}
        mine = self.settled_with(batch).filter(~models.Exists(anew))
        return mine.update(state=Case.State.OPEN, assignee=None, **fresh)

    def settle(self, pk, *, by, decision, reason) -> bool:
        """True for one of the hosts who decide at once; a case in another's hands is theirs to decide."""
        free = self.filter(pk=pk).exclude(state=Case.State.SETTLED).filter(Q(assignee=None) | Q(assignee=by))
        settled = {"settled_at": now(), "settled_by": by, "decision": decision, "reason": reason}
        return bool(free.update(state=Case.State.SETTLED, **settled))


class Case(models.Model):
    """All reports about one thing until it is settled. Reported anew afterwards, it is a new case."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        WORK = "work", _("in work")
        SETTLED = "settled", _("settled")

    class Decision(models.TextChoices):
        FINE = "fine", _("nothing wrong")
        REMOVE = "remove", _("remove it")
        NOTE = "note", _("ask them to change it")
        WARN = "warn", _("warn")
        SILENCE = "silence", _("silence")
        SUSPEND = "suspend", _("suspend")
        HOLD = "hold", _("hold what they write for a host")
        BAN = "ban", _("ban")

    thing = models.CharField(max_length=30)  # "post-12", "thread-3", "member-9"
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="cases")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="cases")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cases_about")
    words = models.TextField(blank=True)  # what it said when it was first reported
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=now)
    weight = models.FloatField(default=0)
    reports_count = models.PositiveIntegerField(default=0)
    hid_at = models.DateTimeField(null=True)  # reports weighed so much that it was hidden before a host looked
    silence = models.ForeignKey(Penalty, models.SET_NULL, null=True, related_name="+")  # given by the rule meanwhile
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    penalty = models.ForeignKey(Penalty, models.SET_NULL, null=True, related_name="cases")
    sweep = models.ForeignKey("forum.Sweep", models.SET_NULL, null=True, related_name="+")  # settled with all the rest

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["thing"], condition=~Q(state="settled"), name="one_unsettled_case_of_a_thing"
            ),
            models.CheckConstraint(condition=Q(post=None) | Q(thread=None), name="case_about_one_thing"),
            models.CheckConstraint(
                condition=Q(state="settled", settled_at__isnull=False) | ~Q(state="settled") & Q(settled_at=None),
                name="settled_case_has_its_moment",
            ),
        ]
        indexes = [
            # The queue: the heaviest waits on top, of the settled the latest.
            models.Index(fields=["state", "-weight", "-id"], name="case_heaviest"),
            models.Index(fields=["-settled_at", "-id"], condition=Q(state="settled"), name="case_settled_lately"),
            # What was reported about somebody before.
            models.Index(fields=["about", "-id"], name="case_about_member"),
            models.Index(fields=["thing", "-id"], name="case_of_thing"),
        ]

    def __str__(self):
        return self.thing

    def get_absolute_url(self):
        return reverse("order_desk:case", args=[self.pk])

    @property
    def kind(self) -> str:
        return self.thing.partition("-")[0]

    @property
    def is_settled(self) -> bool:
        return self.state == self.State.SETTLED


class ReportQuerySet(models.QuerySet):
    def by(self, reporter):
        return self.filter(reporter=reporter)

    def of_thing(self, thing):
        return self.filter(thing=thing)

    def in_order(self):
        return self.select_related("reporter__tier").order_by("at", "pk")

    def kinds_in(self, cases):
        """(case, kind) without doubles, for a page of cases."""
        told = self.filter(case__in=cases).order_by("case", "kind")
        return told.values_list("case", "kind").distinct()

    def about_member_since(self, member, moment):
        """By people, in cases where no host has yet found that nothing was wrong."""
        found = self.filter(case__about=member, at__gte=moment, reporter__isnull=False)
        return found.exclude(case__decision=Case.Decision.FINE)

    def judged_counts(self, reporter) -> tuple[int, int]:
        """How often hosts found this reporter right, and how often not."""
        told = self.filter(reporter=reporter).aggregate(
            right=models.Count("pk", filter=Q(was_right=True)), wrong=models.Count("pk", filter=Q(was_right=False))
        )
        return told["right"], told["wrong"]

    def with_traces_before(self, moment):
        return self.filter(at__lt=moment).exclude(browser=None, network="")


class Report(models.Model):
    """One member's word that something is wrong, or a rule's when there is no reporter. Only hosts know whose it is."""

    class Kind(models.TextChoices):
        SPAM = "spam", _("Advertising or spam")
        ATTACK = "attack", _("It attacks somebody")
        PLACE = "place", _("It is in the wrong place")
        ILLEGAL = "illegal", _("It may be against the law")
        PRIVACY = "privacy", _("It shows somebody's private things")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    thing = models.CharField(max_length=30)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="reports")
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=now)
    weight = models.FloatField(default=0)
    was_right = models.BooleanField(null=True)
    wants_mail = models.BooleanField(default=False)
    # Two reports from one browser, or from one household on one day, are one person's as far as rules are concerned.
    browser = models.UUIDField(null=True)
    network = models.CharField(max_length=32, blank=True)  # sealed with the day and our secret, forgotten after a month

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["reporter", "thing"], name="one_report_of_a_thing_by_a_person")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.thing}"

    @property
    def place(self) -> str:
        """Where whoever reported it saw it."""
        if self.case.post_id:
            return reverse("forum:post", args=[self.case.post_id])
        if self.case.thread_id:
            return reverse("forum:thread", args=[self.case.thread_id])
        return self.case.about.get_absolute_url()
