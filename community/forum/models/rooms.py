"""What people talk about: threads with their count of events, and the locks on them."""

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Distance
from accounts.tiers import rank_of
from community.commons import lookups  # noqa: F401 (one_of)
from community.forum.models.boards import (
    LONGEST_TITLE,
    Board,
    begun,
    closed_but_teasing,
    opened_by,
    opened_to,
    sees_scheduled,
)

SHORTEST_TITLE = 6
MOST_TAGS = 5
MOST_UNREAD = 100  # counted in a row of a list; more are "99+"
# Not taken away. Asked by the removal's own reference, the planner sees that most threads stand, and reads them in a
# list's order; asked by the removal's key, it expects hardly any, and sorts all there are.
STANDING = Q(removal__thread=None)


class Counted(models.Subquery):
    """How many rows a question has, in the row that asks it."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.standing(person).filter(opened_by("board__tier_to_see", person))

    def standing(self, person=None):
        """Neither taken away nor become part of another, and open by now unless hosts ask."""
        return self.standing_at(None if sees_scheduled(person) else now())

    def standing_at(self, moment):
        """The same, and open at a moment, where one is given."""
        here = self.filter(STANDING, merged_into=None)
        return here if moment is None else here.filter(begun(moment=moment))

    def listed_to(self, person):
        """What this person may read, and what shows them a little of itself; rows tell which by `teases_to`."""
        return self.standing(person).let_in_or_teased(rank_of(person))

    def let_in_or_teased(self, rank):
        return self.filter(opened_to("board__tier_to_see", rank) | Q(board__teases=True))

    def teasing(self, person):
        return self.standing(person).filter(closed_but_teasing("board__", person))

    def gone_into_another(self):
        return self.exclude(merged_into=None).select_related("merged_into")

    def where_post_is(self, post):
        return self.filter(posts=post).first()

    def merged_into_one(self, thread):
        return self.filter(merged_into=thread)

    def pinned(self, moment, board=None):
        """On top of a board's list, or of the one of all boards, at a moment."""
        kept = self.filter(Q(pin__until=None) | Q(pin__until__gt=moment), pin__isnull=False)
        return kept.filter(board=board) if board else kept.filter(pin__everywhere=True)

    def unfolded_by(self, member):
        return self.exclude(pin__folds__member=member)

    def but(self, threads):
        return self.exclude(pk__in=[thread.pk for thread in threads])

    def tagged(self, tag):
        return self.filter(thread_tags__tag=tag)

    def to_come(self):
        return self.filter(opens_at__gt=now())

    def first_opening(self):
        return self.aggregate(first=models.Min("opens_at"))["first"]

    def stirred_last(self):
        return self.aggregate(last=models.Max("stirred_at"))["last"]

    def stirred_since(self, moment):
        return self.filter(stirred_at__gt=moment).order_by("stirred_at", "pk")

    def to_open(self):
        return self.filter(opens_at__lte=now())

    def to_close(self):
        return self.filter(STANDING, closes_at__lte=now(), merged_into=None)

    def claim_opening(self, pk):
        """True for the one who tells of it."""
        return self.filter(pk=pk, opens_at__lte=now()).update(opens_at=None) == 1

    def taken_away_from(self, person):
        """Removed threads that this person could have read, so that they may be told."""
        return self.filter(opened_by("board__tier_to_see", person), removal__isnull=False)

    def present(self):
        """For readers who have already been let into the board."""
        return self.standing()

    def latest_first(self):
        return self.order_by("-stirred_at", "-pk")

    def called_like(self, words):
        """A part of a title, for people who pick a thread from a list."""
        return self.filter(title__icontains=words)

    def warmest_first(self):
        return self.order_by("-heat", "-pk")

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def after_id(self, pk):
        return self.filter(pk__gt=pk).order_by("pk")

    def not_indexed(self, version):
        """Whose title search knows by older rules, or not at all."""
        title = models.FilteredRelation("findables", condition=Q(findables__post=None))
        return self.annotate(noted=title).filter(Q(noted=None) | Q(noted__version__lt=version))

    def unread_by(self, member, since):
        """Where something was said after what they read; what they never opened counts while it is not older than `since`.

        For rows of for_rows(member), which know how far they have read.
        """
        # What may be meant is found first, each half by an index: with "or" between them, all threads would be read.
        begun = self.model.objects.filter(read_marks__member=member, read_marks__number__lt=F("last_number"))
        fresh = self.model.objects.filter(stirred_at__gt=since, last_number__gt=0)
        meant = self.filter(pk__one_of=ArraySubquery(begun.values("pk").union(fresh.values("pk"))))
        return meant.filter(Q(board_read_at=None) | Q(stirred_at__gt=F("board_read_at")), unread__gt=0)

    def with_words_of(self, member):
        """What somebody started, or answered in."""
        begun = self.model.objects.filter(author=member).values("pk")
        return self.filter(pk__one_of=ArraySubquery(begun.union(member.posts.readable().values("thread"))))

    def about(self, page):
        return self.filter(page=page)

    def about_any(self, pages):
        return self.filter(page__in=[page.pk for page in pages])

    def on(self, board):
        return self.filter(board=board)

    def for_reading(self):
        return self.select_related(
            "board__tier_to_see",
            "board__tier_to_start",
            "board__tier_to_reply",
            "author",
            "lock",
            "removal",
            "pin",
        )

    def for_results(self):
        """What search shows of a thread."""
        return self.select_related("board__tier_to_see", "last_by")

    def for_rows(self, person=None):
        """What a row of a list shows, how far a member has read, how much is new, and whether they block who spoke last."""
        rows = self.in_rows().prefetch_related("tags")
        if person is None or not person.is_authenticated:
            return rows
        return rows.with_news_for(person, has_blocks=person.has_blocks)

    def in_rows(self):
        """What a row of a list shows, but for the tags."""
        return self.select_related("board__tier_to_see", "author", "last_by", "lock", "pin")

    def with_news_for(self, member, *, has_blocks):
        rows = self.with_reading_of(member).annotate(unread=self._unread())
        if not has_blocks:
            return rows
        kept = Distance.objects.of_member(member).blocks().towards(models.OuterRef("last_by"))
        return rows.annotate(is_kept_away=models.Exists(kept))

    def with_reading_of(self, member):
        """The number up to which a member has read each, and the moment up to which its board, since it stands there."""
        mine = models.FilteredRelation("read_marks", condition=Q(read_marks__member=member))
        whole = models.FilteredRelation("board__reads", condition=Q(board__reads__member=member))
        there = models.When(Q(came_at=None) | Q(whole__at__gte=F("came_at")), then=F("whole__at"))
        told = {"read_number": F("mine__number"), "board_read_at": models.Case(there)}
        return self.annotate(mine=mine, whole=whole).annotate(**told)

    def _unread(self):
        """How many posts that can be read are new; whoever wants more than MOST_UNREAD reads them anyway."""
        posts = self.model.posts.rel.related_model.objects
        reached, at = models.OuterRef("read_number"), models.OuterRef("board_read_at")
        return Counted(posts.new_after(models.OuterRef("pk"), reached, at)[:MOST_UNREAD])

    def with_standing_posts_of(self, member):
        """In the order of their keys, so that two sweeps never wait for one another."""
        said = models.Exists(member.posts.in_thread(models.OuterRef("pk")))
        return self.filter(said).order_by("pk")

    def alone_with(self, member):
        """What somebody started, where nothing of anybody else stands any more, and which is no page's."""
        posts = self.model.posts.rel.related_model.objects
        others = models.Exists(posts.standing_of_others(member))
        return self.filter(~others, STANDING, author=member, page=None).order_by("pk")

    def swept_by(self, batch):
        return self.filter(posts__removal__sweep=batch).distinct().order_by("pk")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def of_talk(self, talk):
        """Of one kind; of questions, those that are solved or still wait for their answer."""
        if talk in (Talk.SOLVED, Talk.UNSOLVED):
            return self.filter(kind=Thread.Kind.QUESTION, solved_number__isnull=talk == Talk.UNSOLVED)
        return self.filter(kind=talk)

    def announced(self, person, moment, since):
        """What stands on top: until its day, or for a while; for a member until they have opened it."""
        lasting = Q(ends_at__gt=moment) | Q(ends_at=None, started_at__gt=since)
        rows = self.filter(lasting, kind=Thread.Kind.ANNOUNCEMENT)
        if person.is_authenticated:
            rows = rows.exclude(read_marks__member=person)
        return rows.order_by("-started_at", "-pk")


class Talk(models.TextChoices):
    """Which threads one wants to see: a kind, and of questions whether they are solved."""

    UNSOLVED = "unsolved", _("open questions")
    SOLVED = "solved", _("solved questions")
    POLL = "poll", _("polls")
    GATHERING = "gathering", _("gatherings")
    ANNOUNCEMENT = "announcement", _("announcements")


class Thread(models.Model):
    """A discussion. `sequence` counts every event in it, and is raised under this row's lock."""

    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("discussion")
        QUESTION = "question", _("question")
        POLL = "poll", _("poll")
        ANNOUNCEMENT = "announcement", _("announcement")
        GATHERING = "gathering", _("gathering")

    board = models.ForeignKey(Board, models.PROTECT, related_name="threads", verbose_name=_("board"), db_index=False)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE * 4)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="threads", verbose_name=_("author")
    )
    page = models.OneToOneField("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    sequence = models.BigIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)  # numbers are given once, whatever becomes of the post
    posts_count = models.PositiveIntegerField(default=0)  # posts that can still be read
    host_number = models.PositiveIntegerField(null=True)  # the latest answer by a host to somebody else's thread
    started_at = models.DateTimeField(default=now)
    stirred_at = models.DateTimeField(default=now)
    came_at = models.DateTimeField(null=True)  # to its board, from another: who had read that board had not read this
    heat = models.FloatField(default=0, db_default=0.0, editable=False)  # see warming.py
    # People read people: a list's row shows what was said last, without asking for the post.
    last_said = models.CharField(max_length=200, blank=True)
    last_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # What it is, and what lists show of that without asking another table; see kinds/.
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DISCUSSION, db_default=Kind.DISCUSSION.value)
    solved_number = models.PositiveIntegerField(null=True)  # the accepted answer to a question
    begins_at = models.DateTimeField(null=True)  # of a gathering
    ends_at = models.DateTimeField(null=True)  # of a gathering, of a poll, of an announcement's place on top
    # What those see whom the board does not let in, and no more: kept here, so that no post is read for them.
    first_lines = models.CharField(max_length=200, blank=True, db_default="")
    faces = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))  # members, latest first
    slow_seconds = models.PositiveIntegerField(null=True)  # of its own; else its board's
    opens_at = models.DateTimeField(null=True)  # until told of; before it, only hosts see the thread
    closes_at = models.DateTimeField(null=True)  # until told of; from it on, the thread is closed
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", db_index=False)
    # Where hosts moved posts away or in, shown between the posts: [{"above": 17, "act": "split", "thread": 5, "many": 3}]
    seams = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    tags = models.ManyToManyField(
        "forum.Tag", through="forum.ThreadTag", related_name="threads", verbose_name=_("tags")
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            models.CheckConstraint(condition=Q(posts_count__lte=F("last_number")), name="no_more_posts_than_numbers"),
            models.CheckConstraint(
                condition=Q(solved_number=None) | Q(kind="question"), name="only_questions_are_solved"
            ),
            models.CheckConstraint(
                condition=~Q(kind="gathering") | Q(begins_at__isnull=False, ends_at__gt=F("begins_at")),
                name="a_gathering_begins_before_it_ends",
            ),
        ]
        indexes = [
            # What stirred last, in one board.
            models.Index(fields=["board", "-stirred_at", "-id"], name="thread_of_board_latest_first"),
            # What stirred last, anywhere.
            models.Index(fields=["-stirred_at", "-id"], name="thread_latest_first"),
            # What is talked about most, anywhere.
            models.Index(fields=["-heat", "-id"], name="thread_warmest_first"),
            # What stirred last of one kind; plain discussions, which most are, need no entry.
            models.Index(
                fields=["kind", "-stirred_at", "-id"],
                condition=~Q(kind="discussion"),
                name="thread_of_kind_latest_first",
            ),
            # Questions that still wait for their answer.
            models.Index(
                fields=["-stirred_at", "-id"],
                condition=Q(kind="question", solved_number=None),
                name="thread_unsolved_latest_first",
            ),
            # The same in one board, and what was started there last.
            models.Index(fields=["board", "-heat", "-id"], name="thread_of_board_warmest_first"),
            models.Index(fields=["board", "-started_at", "-id"], name="thread_of_board_newest_first"),
            # What the clock opens and closes.
            models.Index(fields=["opens_at"], condition=~Q(opens_at=None), name="thread_to_open"),
            models.Index(fields=["closes_at"], condition=~Q(closes_at=None), name="thread_to_close"),
            # The addresses of what became part of a thread.
            models.Index(fields=["merged_into"], condition=~Q(merged_into=None), name="thread_gone_into"),
        ]
        permissions = [("announce", "Can announce, and hold gatherings")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("forum:thread", args=[self.pk])

    @property
    def topic(self) -> str:
        return f"thread.{self.pk}"

    @property
    def talk(self) -> str:
        """What search knows it by; nothing for a plain discussion."""
        if self.kind == Thread.Kind.QUESTION:
            return Talk.SOLVED if self.solved_number else Talk.UNSOLVED
        return "" if self.kind == Thread.Kind.DISCUSSION else self.kind

    @property
    def is_over(self) -> bool:
        """Its time has come, whether or not anybody has noted it yet."""
        return self.ends_at is not None and self.ends_at <= now()

    @property
    def has_begun(self) -> bool:
        return self.begins_at is not None and self.begins_at <= now()

    @property
    def is_gone(self) -> bool:
        return hasattr(self, "removal")

    @property
    def is_locked(self) -> bool:
        return hasattr(self, "lock") or (self.closes_at is not None and self.closes_at <= now())

    @property
    def is_scheduled(self) -> bool:
        return self.opens_at is not None and self.opens_at > now()

    @property
    def is_pinned(self) -> bool:
        return hasattr(self, "pin") and self.pin.holds

    @property
    def slowness(self) -> int:
        """Seconds between two posts of one member."""
        return self.board.slow_seconds if self.slow_seconds is None else self.slow_seconds


class Lock(models.Model):
    """A thread is closed while this row exists."""

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="lock")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return f"{self.thread}: {self.at:%Y-%m-%d}"
