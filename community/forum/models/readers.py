"""What each reader brings: how far they have read, and what they said before joining."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons import prose
from community.commons.ids import uuid7
from community.forum.models.boards import Board
from community.forum.models.rooms import Thread
from community.forum.models.words import Post


def seen_by_all(members) -> dict:
    """Those of some members whose face anybody may see, by their keys: named by themselves, and let in by the hosts."""
    shown = get_user_model().objects.filter(is_active=True, named_at__isnull=False, held_at=None)
    return shown.in_bulk(list(members))


# By the same rules as reading.reached: where hosts put threads together, numbers do not follow time.
KEPT_OF_BOARDS = """
INSERT INTO forum_readmark (member_id, thread_id, number, at)
SELECT member_id, thread_id, reached, started_at FROM (
    SELECT said.member_id, thread.id AS thread_id, thread.started_at, mark.number, CASE
        WHEN thread.stirred_at <= said.at THEN thread.last_number
        WHEN thread.seams = '[]' THEN
            (SELECT max(number) FROM forum_post WHERE thread_id = thread.id AND made_at <= said.at)
        ELSE coalesce(
            (SELECT min(number) - 1 FROM forum_post
             WHERE thread_id = thread.id AND made_at > said.at AND number > coalesce(mark.number, 0)),
            thread.last_number)
        END AS reached
    FROM forum_thread thread
    JOIN forum_boardread said ON said.board_id = thread.board_id AND said.at >= coalesce(thread.came_at, said.at)
    LEFT JOIN forum_readmark mark ON mark.thread_id = thread.id AND mark.member_id = said.member_id
    WHERE thread.id = ANY(%(threads)s)
    AND (%(since)s::timestamptz IS NULL OR mark.number IS NOT NULL OR thread.stirred_at > %(since)s)
) told
WHERE reached > coalesce(number, 0)
ON CONFLICT (member_id, thread_id) DO UPDATE SET number = EXCLUDED.number
WHERE forum_readmark.number < EXCLUDED.number
"""


class ReadMarkQuerySet(models.QuerySet):
    def advance(self, *, member, thread, number, at) -> bool:
        """Reading only moves forward, on whichever device it happened last; True when it has."""
        mine = self.filter(member=member, thread=thread)
        if mine.filter(number__lt=number).update(number=number, at=at):
            return True
        if mine.exists():
            return False
        mark = ReadMark(member=member, thread=thread, number=number, at=at)
        ReadMark.objects.bulk_create([mark], ignore_conflicts=True)
        return True

    def keep_what_boards_say(self, threads, since=None):
        """Whoever has read these by saying that their board is read has a mark of their own, for threads that leave it.

        Of what nobody will be told is new, for it has not stirred `since`, none is kept. Nobody came and read just now,
        so the marks are as old as the thread. One statement, however many readers there are.
        """
        told = {"threads": [thread.pk for thread in threads], "since": since}
        with connection.cursor() as cursor:
            cursor.execute(KEPT_OF_BOARDS, told)

    def of(self, member):
        return self.filter(member=member)

    def moved_since(self, moment):
        return self.filter(at__gt=moment).order_by("at", "pk")

    def most_read_since(self, moment):
        """(thread, how many members read on in it), the most first."""
        read = self.filter(at__gte=moment).order_by().values("thread").annotate(readers=models.Count("pk"))
        return read.order_by("-readers", "-thread").values_list("thread", "readers")

    def on(self, thread):
        return self.filter(thread=thread)

    def of_member(self, member):
        return self.filter(member=member)


class ReadMark(models.Model):
    """How far a member has read in a thread: the number of the last post they saw."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "thread"], name="one_mark_in_a_thread")]
        indexes = [
            # What members read lately.
            models.Index(fields=["at"], name="read_lately"),
            # What one member read lately, told to their other devices.
            models.Index(fields=["member", "at"], name="read_lately_by_member"),
        ]

    def __str__(self):
        return f"{self.thread}: {self.number}"


class BoardReadQuerySet(models.QuerySet):
    def of(self, member, boards):
        return self.filter(member=member, board__in=boards)

    def of_member(self, member):
        return self.filter(member=member)

    def moved_since(self, moment):
        return self.filter(at__gt=moment).order_by("at", "pk")

    def all_read(self, *, member, boards, at) -> bool:
        """One row for each board; True when any has changed. Of two moments the later holds, whichever was told last."""
        any_changed = False
        for board in boards:
            kept = self.filter(member=member, board=board)
            if kept.filter(at__lt=at).update(at=at):
                any_changed = True
            elif not kept.exists():
                BoardRead.objects.bulk_create([BoardRead(member=member, board=board, at=at)], ignore_conflicts=True)
                any_changed = True
        return any_changed


class BoardRead(models.Model):
    """What was said on a board before this moment, its member has read; see ReadMark for what came after."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    board = models.ForeignKey(Board, models.CASCADE, related_name="reads")
    at = models.DateTimeField()

    objects = BoardReadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "board"], name="one_moment_of_a_board")]

    def __str__(self):
        return f"{self.board}: {self.at:%Y-%m-%d}"


def read_last(member):
    """When somebody read last, in a thread or by saying that a board is read; None for never. One question."""
    mine = {"member": models.OuterRef("pk")}
    last = ReadMark.objects.filter(**mine), BoardRead.objects.filter(**mine)
    moments = [models.Subquery(rows.order_by("-at").values("at")[:1]) for rows in last]
    return get_user_model().objects.filter(pk=member.pk).values_list(Greatest(*moments), flat=True).first()


class HeldQuerySet(models.QuerySet):
    def waiting(self):
        undecided = self.filter(published_at=None, refused_at=None, withdrawn_at=None)
        return undecided.filter(expires_at__gt=now())

    def for_a_host(self):
        """Words of members that nobody hears before a host has read them."""
        return self.waiting().exclude(waits_since=None)

    def whose_wait(self):
        return self.for_a_host().order_by().values("member")

    def of_their_own(self, member):
        """What a member's own page shows: what waits, and what was lately refused."""
        shown = Q(published_at=None, withdrawn_at=None, expires_at__gt=now()) & ~Q(waits_since=None)
        return self.filter(shown, member=member).select_related("thread", "board", "post").order_by("-made_at", "-pk")

    def sweep(self, batch) -> int:
        return self.update(refused_at=now(), refused_by=batch.by, refusal=batch.reason, sweep=batch)

    def swept_by(self, batch):
        return self.filter(sweep=batch, published_at=None)

    def withdraw(self, pk) -> bool:
        """True once; what was decided meanwhile stays decided."""
        undecided = self.filter(pk=pk, published_at=None, refused_at=None, withdrawn_at=None)
        return bool(undecided.update(withdrawn_at=now()))

    def refuse(self, pk, *, by, reason) -> bool:
        undecided = self.filter(pk=pk, published_at=None, refused_at=None, withdrawn_at=None)
        return bool(undecided.update(refused_at=now(), refused_by=by, refusal=reason))

    def of_visitor(self, visitor):
        return self.filter(visitor=visitor)

    def in_thread(self, thread):
        return self.filter(thread=thread)

    def on_board(self, board):
        return self.filter(board=board)

    def about_posts(self, posts):
        return self.filter(post__in=posts)

    def of_member(self, member):
        return self.filter(member=member)

    def of_members(self, members):
        return self.filter(member__in=members).select_related("thread", "board", "post").order_by("made_at")

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
            "board__tier_to_see",
            "board__tier_to_start",
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
        THREAD = "thread", _("discussion")
        EDIT = "edit", _("change of a post")
        ASK = "ask", _("question for the host")  # at a gathering

    class Because(models.TextChoices):
        """Why a member's words wait for a host."""

        NEWCOMER = "newcomer", _("a host looks at this member first")
        FIRST = "first", _("one of their first posts")
        EVERYTHING = "everything", _("a host reads everything here first")
        LINK = "link", _("a newcomer's link")
        WORD = "word", _("a watched word")
        FAST = "fast", _("typed faster than people type")

    # The same, said to whoever wrote them.
    SAID: ClassVar[dict[str, object]] = {
        Because.NEWCOMER: _("A host looks at newcomers first."),
        Because.FIRST: _("It is one of your first posts here."),
        Because.EVERYTHING: _("On this board a host reads everything first."),
        Because.LINK: _("There is a link in it, and you are new here."),
        Because.WORD: _("There is a word in it that a host looks at."),
        Because.FAST: _("It was typed faster than people type."),
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visitor = models.UUIDField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="+")  # none: it would begin one
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="+")  # where it would begin
    title = models.CharField(max_length=320, blank=True, db_default="")
    opens = models.CharField(max_length=12, blank=True, db_default="")  # the kind of thread it would begin
    # What else such a thread begins with: its tags, a poll's choices and rules, a gathering's hour and hosts.
    plan = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")  # reacted to, replied to, or changed
    reaction = models.CharField(max_length=10, blank=True)  # the key of its kind
    body = models.TextField(blank=True)
    choices = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))  # of a poll's options
    source = models.TextField(default="", db_default="", blank=True)  # as composed
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    # For a host: since when, why, and what was decided. What a host or its author took back is never published.
    waits_since = models.DateTimeField(null=True)
    because = models.CharField(max_length=10, choices=Because, blank=True, db_default="")
    detail = models.CharField(max_length=200, blank=True, db_default="")  # the words that were found
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=500, blank=True, db_default="")
    withdrawn_at = models.DateTimeField(null=True)
    sweep = models.ForeignKey("forum.Sweep", models.SET_NULL, null=True, related_name="+")

    objects = HeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["reply", "ask"], reaction="", thread__isnull=False) & ~Q(body="")
                | Q(kind="reaction", post__isnull=False, thread__isnull=False, body="") & ~Q(reaction="")
                | Q(kind="thread", board__isnull=False, thread=None, reaction="") & ~Q(body="") & ~Q(title="")
                | Q(kind="edit", post__isnull=False, thread__isnull=False, reaction="") & ~Q(body="")
                | Q(kind="vote", thread__isnull=False, reaction="", body="") & ~Q(choices=[]),
                name="held_act_has_what_it_needs",
            ),
        ]
        indexes = [
            # What waits for this browser.
            models.Index(fields=["visitor"], condition=Q(published_at=None), name="held_waiting_for_visitor"),
            # What nobody came back for.
            models.Index(fields=["expires_at"], name="held_until"),
            # What waits for a host, and whose it is.
            models.Index(
                fields=["member", "waits_since"],
                condition=Q(waits_since__isnull=False, published_at=None, refused_at=None, withdrawn_at=None),
                name="held_waiting_for_host",
            ),
        ]

    def __str__(self):
        return prose.excerpt(self.body, 40) or self.reaction

    def get_absolute_url(self):
        return reverse("forum:held", args=[self.pk])

    @property
    def why(self) -> str:
        """Why it waits, to its author."""
        return str(self.SAID.get(self.because, ""))

    @property
    def place_after_joining(self) -> str:
        """The same address; it tells the page of joining what waits there, where that is more than words to post."""
        told = "" if self.kind in {self.Kind.REPLY, self.Kind.ASK} else f"?kind={self.kind}"
        return f"{self.get_absolute_url()}{told}"

    @property
    def awaits_a_host(self) -> bool:
        decided = self.published_at or self.refused_at or self.withdrawn_at
        return self.waits_since is not None and not decided

    @property
    def is_in_form(self) -> bool:
        """A change of a post that its author finds in the form, to be sent or not."""
        return self.kind == self.Kind.EDIT and self.published_at is not None and self.waits_since is None

    @property
    def place(self):
        """Where it is, or would be."""
        return self.thread or self.board

    def clean(self):
        if self.post and self.thread_id and self.post.thread_id != self.thread_id:
            raise ValidationError("A held act and its post belong to one thread.")
