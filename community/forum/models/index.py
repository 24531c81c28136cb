"""What search can find, of every kind in one index; and what was searched in vain."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from community.forum.models.boards import Board
from community.forum.models.rooms import Thread
from community.forum.models.tags import Tag
from community.forum.models.words import Post


class Wanted(SearchQuery):
    """A tsquery taken as it stands, without a parser that would see words differently."""

    template = "%(expressions)s::tsquery"


class FindableQuerySet(models.QuerySet):
    def tags_to_see(self, person):
        return self.filter(kind="tag", tag__in=Tag.objects.visible_to(person))

    def articles_to_see(self):
        """What is published and shut to nobody; only the words that are for everyone were put here."""
        return self.filter(kind="article", page__in=Page.objects.live().public())

    def members_to_see(self):
        return self.filter(kind="member", member__is_active=True, member__named_at__isnull=False, member__held_at=None)

    def saying(self, wanted):
        """`wanted` as finding.wanted() writes it."""
        return self.filter(words=Wanted(wanted))

    def titles(self):
        return self.filter(kind="thread")

    def posts(self):
        return self.filter(kind="post")

    def on_board(self, board):
        return self.filter(board=board)

    def of_posts(self, posts):
        return self.filter(post__in=posts)

    def tags(self):
        return self.filter(kind="tag")

    def of_tag(self, tag):
        return self.filter(tag=tag)

    def in_thread(self, thread):
        return self.filter(thread=thread)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def of_title(self, thread):
        return self.filter(thread=thread, post=None)

    def of_post(self, post):
        return self.filter(post=post)

    def of_page(self, page):
        return self.filter(page=page)

    def older_than(self, version):
        return self.filter(version__lt=version)


class Findable(models.Model):
    """A thread's title, a post, an article or a member, by their words; kept by the verbs, rebuilt at will."""

    class Kind(models.TextChoices):
        THREAD = "thread", _("discussions")
        POST = "post", _("posts")
        ARTICLE = "article", _("articles")
        MEMBER = "member", _("people")
        TAG = "tag", _("tags")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POST, db_default=Kind.POST.value)
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="findables")
    post = models.OneToOneField(Post, models.CASCADE, null=True, related_name="findable")
    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, null=True, related_name="+")
    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    tag = models.OneToOneField(Tag, models.CASCADE, null=True, related_name="+")
    # Where it stands and who wrote it, so that narrowing a search asks no other table.
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="+", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    talk = models.CharField(max_length=12, blank=True, default="", db_default="")  # of its thread, see rooms.Talk
    words = SearchVectorField()
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=0, db_default=0)  # of the rules its words were made by

    objects = FindableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("thread", condition=Q(post=None), name="one_findable_title_of_a_thread"),
        ]
        indexes = [
            GinIndex(fields=["words"], name="findable_by_words"),
            # Titles, articles and people are few beside posts, and found without reading past them.
            GinIndex(fields=["words"], name="findable_titles", condition=~Q(kind="post")),
            # Pages, people and tags are few beside titles.
            GinIndex(fields=["words"], name="findable_others", condition=Q(kind__in=["article", "member", "tag"])),
            # What one member has said is little, whatever words are in it.
            models.Index(fields=["author", "-at"], name="findable_of_author"),
            # What was said last, for words that nearly every post or title has.
            models.Index(fields=["-at", "-id"], name="findable_newest_first"),
            models.Index(fields=["-at", "-id"], name="findable_newest_titles", condition=Q(kind="thread")),
        ]

    def __str__(self):
        return f"{self.post or self.thread or self.page or self.member or self.tag}"


class MissedSearchQuerySet(models.QuerySet):
    def count_one(self, words, day, most):
        """One more in vain; past `most` different ones in a day nothing new is written down."""
        if self.filter(words=words, day=day).update(times=models.F("times") + 1):
            return
        if self.filter(day=day).count() < most:
            MissedSearch.objects.bulk_create([MissedSearch(words=words, day=day)], ignore_conflicts=True)

    def since(self, day):
        return self.filter(day__gte=day)

    def before(self, day):
        return self.filter(day__lt=day)

    def by_words(self):
        """(words, how often, last on), the most frequent first."""
        told = self.order_by().values("words").annotate(many=models.Sum("times"), last=models.Max("day"))
        return told.order_by("-many", "-last", "words")


class MissedSearch(models.Model):
    """Words that found nothing, and how often on a day. Nobody's name, address or browser is kept with them."""

    words = models.CharField(max_length=60)
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="one_count_of_missed_words_a_day")]
        indexes = [
            # What was searched in vain lately, and what is old.
            models.Index(fields=["day"], name="missed_search_by_day"),
        ]

    def __str__(self):
        return f"{self.words} × {self.times}"
