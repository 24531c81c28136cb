"""What people say: posts, their former words, and what was taken away."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons import prose
from community.forum.models.boards import begun, opened_by
from community.forum.models.rooms import Thread

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
SHORTEST_OPENING, SHORTEST_REPLY, LONGEST_POST = 8, 2, 20_000
PAGE_SIZE = 20  # posts on a page of a thread
STANDING = Q(removal__post=None)  # not taken away; asked as of threads, and for the same reason


class Waned(models.Func):
    """What is left of an act seen from a moment: half of it for each day."""

    template = "POWER(2.0::float8, GREATEST(-200.0, EXTRACT(EPOCH FROM (%(expressions)s)) / 86400.0)::float8)"
    arg_joiner = " - "
    output_field = models.FloatField()

    def __init__(self, field, since):
        super().__init__(F(field), models.Value(since, output_field=models.DateTimeField()))


class PostQuerySet(models.QuerySet):
    def visible_to(self, person):
        standing = self.filter(STANDING, thread__removal__thread=None, thread__merged_into=None)
        return standing.filter(opened_by("thread__board__tier_to_see", person) & begun("thread__"))

    def for_reading(self):
        """All that one post's fragment shows; those taken away keep their place."""
        return self.select_related("author__tier", "removal", "reply_to__author", "reply_to__removal")

    def for_page(self):
        """The same without what no page shows: of twenty posts and forty people it would be most of what is fetched."""
        shown = self.select_related("author__tier", "removal", "reply_to__author")
        post = ("thread", "number", "sequence", "body", "html", "policy", "part", "tally", "made_at", "edited_at")
        author = ("author__handle", "author__name", "author__mark")
        tier = ("author__tier__rank", "author__tier__name_zh", "author__tier__name_en")
        answered = ("reply_to__author__handle", "reply_to__author__name")
        return shown.only(*post, *author, *tier, *answered, "removal__hand", "removal__reason")

    def with_reaction_of(self, member):
        """Each with the key of what this member answered without words, or None: `own_reaction`."""
        mine = models.FilteredRelation("reaction_rows", condition=Q(reaction_rows__member=member))
        return self.annotate(mine=mine).annotate(own_reaction=F("mine__kind"))

    def of(self, thread):
        """All of it, those too that were taken away."""
        return self.filter(thread=thread)

    def many(self):
        """How many, as a question of one row."""
        return self.order_by().values("thread").annotate(many=models.Count("pk")).values_list("many", flat=True)

    def in_thread(self, thread):
        return self.filter(STANDING, thread=thread)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def after_id(self, pk):
        return self.filter(pk__gt=pk).order_by("pk")

    def not_indexed(self, version):
        """Which search knows by older rules, or not at all."""
        return self.filter(Q(findable=None) | Q(findable__version__lt=version))

    def warmth(self, since, own, others) -> float:
        """What posts that still stand add to their thread's heat, as seen from a moment."""
        worth = models.Case(models.When(author=F("thread__author"), number__gt=1, then=own), default=others)
        told = (
            self.filter(STANDING).annotate(worth=worth).aggregate(sum=models.Sum(F("worth") * Waned("made_at", since)))
        )
        return told["sum"] or 0.0

    def for_results(self, *, but_threads=False):
        """With all that is told of a post by itself; `but_threads` where these are at hand already."""
        return (
            self.select_related("author")
            if but_threads
            else self.select_related("thread__board__tier_to_see", "author")
        )

    def authors(self):
        """Ids of all who have said something that still stands."""
        return self.filter(STANDING).order_by().values("author")

    def standing_of(self, author, *, most) -> int:
        """How many posts of somebody stand; nobody needs to know beyond `most`."""
        return self.filter(STANDING, author=author)[:most].count()

    def of_author(self, author):
        return self.filter(author=author)

    def standing_of_others(self, member):
        """For a question about threads: in the one at hand, what somebody else said and stands."""
        return self.filter(STANDING, thread=models.OuterRef("pk")).exclude(author=member)

    def swept_by(self, batch):
        return self.filter(removal__sweep=batch)

    def for_the_record(self, author):
        """All that somebody wrote, whatever became of it, with its former words."""
        told = self.filter(author=author).select_related("thread", "removal")
        return told.prefetch_related("revisions").order_by("made_at", "pk")

    def for_context(self, number, near):
        """A post and its neighbours, whatever became of them; for hosts."""
        around = self.filter(number__gte=number - near, number__lte=number + near)
        return around.select_related("author", "removal").prefetch_related("revisions").order_by("number")

    def lately_of(self, author):
        """What somebody said last, wherever, for hosts."""
        return self.filter(author=author).select_related("thread", "removal").order_by("-made_at", "-pk")

    def firsts_of(self, members):
        """(member, when) of the first post that still stands of each of these members."""
        said = self.filter(STANDING, author__in=members).order_by()
        return said.values("author").annotate(first=models.Min("made_at")).values_list("author", "first")

    def authors_since(self, moment):
        """Ids of all who have written since a moment, or whose words were taken away since."""
        # Two questions in one: with "or" between them, every post there is would be read.
        written = self.filter(made_at__gte=moment).order_by().values_list("author", flat=True)
        return written.union(self.filter(removal__at__gte=moment).order_by().values_list("author", flat=True))

    def seen_up_to(self, number):
        """Keys of those that stand no later than a number."""
        return self.filter(number__lte=number).values_list("pk", flat=True)

    def new_after(self, thread, number, moment):
        """What can be read of a thread and was said after a number and after a moment, either of which may be none."""
        beyond = Coalesce(number, models.Value(0)), Coalesce(moment, models.Value(BEGINNING))
        return self.filter(STANDING, thread=thread, number__gt=beyond[0], made_at__gt=beyond[1]).values("pk")

    def last_before(self, moment):
        """The number of the last one said by then, or 0; where hosts put threads together, numbers do not follow time."""
        return self.filter(made_at__lte=moment).order_by("-number").values_list("number", flat=True).first() or 0

    def first_since(self, moment, number):
        """The number of the first one after another that was said since a moment, or None."""
        later = self.filter(made_at__gt=moment, number__gt=number).order_by("number")
        return later.values_list("number", flat=True).first()

    def numbered_after(self, number):
        return self.filter(number__gt=number).order_by("number")

    def changed_since(self, sequence):
        """In their present state, whatever happened to them meanwhile."""
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def readable(self):
        return self.filter(STANDING)

    def but_opening(self):
        return self.exclude(number=1)

    def openings(self):
        return self.filter(number=1)

    def said_by_hosts_but(self, person):
        return self.filter(STANDING, number__gt=1).exclude(author__mark="").exclude(author=person)

    def latest_first(self):
        return self.order_by("-number")

    def said_again(self, author, body, source, since):
        """The same words by the same person a moment ago: a second press of the button, not a second post."""
        return self.filter(author=author, body=body, source__in={source, ""}, made_at__gte=since)

    def opening(self, title):
        """The first posts of threads of this title."""
        return self.filter(number=1, thread__title=title)

    def cooked_before(self, policy):
        """By older rules than these."""
        return self.filter(policy__lt=policy)

    def last_said_by(self, author):
        """When somebody spoke last, whether it still stands or not."""
        return self.filter(author=author).aggregate(last=models.Max("made_at"))["last"]

    def sent_with(self, author, key):
        return self.filter(author=author, key=key)

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def thread_of(self, pk):
        """Where a post stands at this moment; none when it is not there at all."""
        return self.filter(pk=pk).values_list("thread", flat=True).first()


class Post(models.Model):
    """Something said: kept as it was written, and as the clean HTML that is shown."""

    class Part(models.TextChoices):
        """What a post is to its thread, for those that are more than a reply."""

        ACCEPTED = "accepted", _("accepted answer")
        ASKED = "asked", _("question for the host")
        RECAP = "recap", _("recap")

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts", db_index=False)
    number = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", db_index=False)
    body = models.TextField()  # what it says, without form: what is searched, counted and quoted in lists
    source = models.TextField(default="", db_default="", blank=True)  # as composed (commons/rich.py); "" is plain words
    html = models.TextField()
    policy = models.PositiveSmallIntegerField()  # the cleaning rules' version, to cook again when they change
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answers")
    key = models.UUIDField(null=True, editable=False)  # made by the writer's browser: sent twice is said once
    part = models.CharField(max_length=8, choices=Part, blank=True, default="", db_default="")
    tally = models.JSONField(default=dict)  # {"coffee": 8}; the rows are the truth, this is their sum
    made_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        permissions = [("keep_order", "Can remove, restore and lock what others wrote")]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_post_for_each_number"),
            models.UniqueConstraint(fields=["author", "key"], condition=~Q(key=None), name="one_post_for_each_key"),
        ]
        indexes = [
            # What changed in an open thread since a page was rendered.
            models.Index(fields=["thread", "sequence"], name="post_changed_since"),
            # What somebody said, and when first.
            models.Index(fields=["author", "made_at"], name="post_by_author"),
            # Who has written lately: posts lie in the order of their writing, so that an index of a few pages does.
            BrinIndex(fields=["made_at"], name="post_lately", autosummarize=True),
        ]

    def __str__(self):
        return prose.excerpt(self.body, 40)

    def get_absolute_url(self):
        """Its place among the others; `forum:post` finds it however long the thread has become."""
        return f"{reverse('forum:thread', args=[self.thread_id])}?at={self.number}#post-{self.pk}"

    @property
    def is_gone(self) -> bool:
        return hasattr(self, "removal")


class RemovalQuerySet(models.QuerySet):
    def of_posts_in(self, batch, thread):
        return self.filter(sweep=batch, post__thread=thread)

    def of_threads_in(self, batch):
        return self.filter(sweep=batch, thread__isnull=False)

    def of_case(self, case):
        return self.filter(post=case.post_id) if case.post_id else self.filter(thread=case.thread_id)

    def hidden_by_reports(self, case):
        return self.of_case(case).filter(hand=Removal.Hand.REPORTS)

    def taken_over_by(self, batch, case):
        """What reports had hidden, and a batch found hidden."""
        return self.of_case(case).filter(sweep=None, hand=Removal.Hand.MODERATOR, by=batch.by)

    def taken_from(self, member):
        """What others than themselves took away of what somebody wrote, the latest first."""
        posts, threads = Post.objects.filter(author=member), Thread.objects.filter(author=member)
        theirs = Q(post__in=posts.values("pk")) | Q(thread__in=threads.values("pk"))
        told = self.filter(theirs).exclude(hand=Removal.Hand.AUTHOR)
        return told.select_related("post", "thread", "by").order_by("-at", "-pk")


class Removal(models.Model):
    """A post or a thread is gone while this row exists; its words stay, for the one who may bring it back."""

    class Hand(models.TextChoices):
        AUTHOR = "author", _("its author")
        MODERATOR = "moderator", _("a host")
        REPORTS = "reports", _("what members reported")  # until a host has looked

    post = models.OneToOneField(Post, models.CASCADE, null=True, related_name="removal")
    thread = models.OneToOneField(Thread, models.CASCADE, null=True, related_name="removal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # none: a rule
    hand = models.CharField(max_length=10, choices=Hand)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=now)
    sweep = models.ForeignKey("forum.Sweep", models.SET_NULL, null=True, related_name="removals")  # taken with all else

    objects = RemovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, thread__isnull=False) | Q(post__isnull=False, thread=None),
                name="removal_of_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.post or self.thread}"

    @property
    def words(self) -> str:
        return self.post.body if self.post_id else self.thread.title


class RevisionQuerySet(models.QuerySet):
    def latest_of(self, post) -> int:
        """Which of them is the newest: a post's words are known by it, and 0 are those it was first sent with."""
        return self.filter(post=post).order_by("-pk").values_list("pk", flat=True).first() or 0

    def after(self, revision):
        """The next one of the same post."""
        return self.filter(post=revision.post_id, pk__gt=revision.pk).order_by("pk").first()

    def by(self, member):
        return self.filter(by=member)


class Revision(models.Model):
    """The words a post had before it was edited."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    body = models.TextField()
    source = models.TextField(default="", db_default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self):
        return prose.excerpt(self.body, 40)
