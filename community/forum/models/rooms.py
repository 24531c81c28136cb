"""Where people talk: boards with their doors, threads with their count of events, and the locks on them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.tiers import rank_of

SHORTEST_TITLE, LONGEST_TITLE = 6, 80


def opened_by(path: str, person) -> Q:
    """Rows whose gate, the tier at `path`, lets this person through; no tier is an open door."""
    return Q(**{path: None}) | Q(**{f"{path}__rank__lte": rank_of(person)})


class BoardQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(opened_by("tier_to_see", person))

    def in_order(self):
        return self.select_related("tier_to_see", "tier_to_start", "tier_to_reply").order_by("position", "pk")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def one(self, slug):
        return self.select_related("tier_to_see", "tier_to_start", "tier_to_reply").get(slug=slug)


class Board(models.Model):
    """A room of its own subject, with a tier at each of its three doors."""

    slug = models.SlugField(_("end of its address"), max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=40)
    description = models.CharField(_("description"), max_length=200, blank=True)
    rules = models.TextField(_("agreements"), max_length=2000, blank=True, help_text=_("Shown beside the threads."))
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Smaller comes first."))
    tier_to_see = models.ForeignKey(
        "accounts.Tier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier to see"),
        help_text=_("Empty: everyone, visitors included."),
    )
    tier_to_start = models.ForeignKey(
        "accounts.Tier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier to start"),
        help_text=_("Empty: every member."),
    )
    tier_to_reply = models.ForeignKey(
        "accounts.Tier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier to reply"),
        help_text=_("Empty: every member."),
    )

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("board")
        verbose_name_plural = _("boards")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("forum:board", args=[self.slug])


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(opened_by("board__tier_to_see", person), removal=None)

    def taken_away_from(self, person):
        """Removed threads that this person could have read, so that they may be told."""
        return self.filter(opened_by("board__tier_to_see", person), removal__isnull=False)

    def present(self):
        """For readers who have already been let into the board."""
        return self.filter(removal=None)

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
        begun = Q(read_number__isnull=False, read_number__lt=F("last_number"))
        return self.filter(begun | Q(read_number=None, stirred_at__gt=since), last_number__gt=0)

    def with_words_of(self, member):
        """What somebody started, or answered in."""
        said = models.Exists(member.posts.in_thread(models.OuterRef("pk")))
        return self.filter(Q(author=member) | Q(said))

    def about(self, page):
        return self.filter(page=page)

    def on(self, board):
        return self.filter(board=board)

    def for_reading(self):
        return self.select_related(
            "board__tier_to_see", "board__tier_to_start", "board__tier_to_reply", "author", "lock", "removal"
        )

    def for_rows(self, person=None):
        """What a row of a list shows, and how far a member has read."""
        rows = self.select_related("board__tier_to_see", "author", "last_by", "lock")
        if person is None or not person.is_authenticated:
            return rows
        mine = models.FilteredRelation("read_marks", condition=Q(read_marks__member=person))
        return rows.annotate(mine=mine, read_number=F("mine__number"))

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

    board = models.ForeignKey(Board, models.PROTECT, related_name="threads", verbose_name=_("board"))
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
    heat = models.FloatField(default=0, db_default=0.0, editable=False)  # see warming.py
    # People read people: a list's row shows what was said last, without asking for the post.
    last_said = models.CharField(max_length=200, blank=True)
    last_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # What it is, and what lists show of that without asking another table; see kinds/.
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DISCUSSION, db_default=Kind.DISCUSSION.value)
    solved_number = models.PositiveIntegerField(null=True)  # the accepted answer to a question
    begins_at = models.DateTimeField(null=True)  # of a gathering
    ends_at = models.DateTimeField(null=True)  # of a gathering, of a poll, of an announcement's place on top

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
        return hasattr(self, "lock")


class Lock(models.Model):
    """A thread is closed while this row exists."""

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="lock")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return f"{self.thread}: {self.at:%Y-%m-%d}"
