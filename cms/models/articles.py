"""Articles, the line that parts what is for everyone from what is for a tier, and the list of them."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from accounts.models import Tier
from cms import access, pictures, reading
from cms.blocks import ArticleBlocks
from cms.models.window import IMAGE, Window
from community.commons import paging
from community.forum.models import Thread

PER_PAGE = 12


class ArticleQuerySet(PageQuerySet):
    def for_index(self):
        """Everything a list of articles shows, in one question and one for the pictures."""
        return (
            self.live()
            .public()
            .defer_streamfields()
            .select_related("author", "tier")
            .prefetch_related(pictures.ready("cover", pictures.CARD))
            .order_by("-dated", "-pk")
        )

    def for_desk(self):
        """What an editor sees of each: the newest first, drafts among them."""
        rows = self.defer_streamfields().select_related("author").annotate_approved_schedule()
        return rows.prefetch_workflow_states().order_by("-dated", "-pk")


class ArticleIndexPage(Window, Page):
    """All articles, the newest first."""

    lead = models.TextField(_("opening words"), blank=True, max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ArticlePage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of articles")

    @property
    def own_words(self):
        return self.lead

    def structured(self, brand):
        return {"@type": "CollectionPage", "name": self.card_title, "url": self.address}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = paging.by_key(
            ArticlePage.objects.child_of(self).for_index(),
            key=("-dated", "-pk"),
            after=request.GET.get("after", ""),
            size=PER_PAGE,
        )
        context["after"] = request.GET.get("after", "")
        return context


class ArticlePage(Window, Page):
    """Something worth reading. A divider in the body parts what everyone reads from what is for a tier."""

    intro = models.TextField(
        _("opening words"),
        max_length=300,
        help_text=_("One or two sentences that everyone reads, also in lists and feeds."),
    )
    cover = models.ForeignKey(
        IMAGE, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover picture")
    )
    cover_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("author"),
        help_text=_("The person whose name stands above it."),
    )
    dated = models.DateTimeField(_("date shown"), default=now)
    tier = models.ForeignKey(
        Tier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who reads on below the divider"),
        help_text=_(
            "This tier and those above it. With a divider and no tier: every member. "
            "With a tier and no divider: everything after the opening words is for that tier."
        ),
    )
    body = StreamField(ArticleBlocks(), blank=True, verbose_name=_("body"))
    with_discussion = models.BooleanField(
        _("with a discussion"), default=True, help_text=_("Opens a discussion in the forum when it is first published.")
    )
    board = models.ForeignKey(
        "forum.Board",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("board of the discussion"),
        help_text=_("Empty: the brand's board for articles."),
    )
    minutes = models.PositiveSmallIntegerField(editable=False, default=1)
    is_gated = models.BooleanField(editable=False, default=False)

    objects = PageManager.from_queryset(ArticleQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover picture")),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("dated")], heading=_("Byline")),
        FieldPanel("body"),
        FieldPanel("tier"),
        MultiFieldPanel([FieldPanel("with_discussion"), FieldPanel("board")], heading=_("Discussion")),
    ]
    # What stands below the divider is in no index, so no search can find it for the wrong reader.
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("open_words")]
    parent_page_types = ["cms.ArticleIndexPage"]
    subpage_types: list[str] = []
    preview_modes = [("", _("For its tier")), ("stranger", _("For strangers"))]
    fallback_slug = "article"
    card_type = "article"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            # The list of articles, the newest first.
            models.Index(fields=["-dated", "-page_ptr"], name="articles_newest_first"),
        ]

    def save(self, *args, **kwargs):
        self.minutes = reading.minutes(f"{self.intro} {reading.words(self.body)}")
        self.is_gated = bool(self.closed_part)
        super().save(*args, **kwargs)

    @property
    def cut(self) -> int | None:
        """How many blocks are for everyone; None when all are."""
        for place, block in enumerate(self.body):
            if block.block_type == "divider":
                return place
        return 0 if self.tier_id else None

    @property
    def open_part(self) -> list:
        """The blocks above the divider."""
        return list(self.body)[: self.cut]

    @property
    def closed_part(self) -> list:
        """The blocks below the divider; only access.may_read_on decides who gets them."""
        if self.cut is None:
            return []
        return [block for block in list(self.body)[self.cut :] if block.block_type != "divider"]

    @property
    def rank_needed(self) -> int:
        return self.tier.rank if self.tier_id else 1

    @cached_property
    def tier_needed(self):
        """The tier that opens the closed part; the first one when every member may read it."""
        return self.tier or Tier.objects.order_by("rank").first()

    @property
    def open_words(self) -> str:
        return reading.words(self.open_part)

    @property
    def found_words(self) -> str:
        """What search knows of it besides its title: its opening words and what stands above the divider."""
        return f"{self.intro}\n{self.open_words}"

    @property
    def own_words(self):
        return self.intro

    @property
    def card_picture(self):
        return self.share_picture or self.cover

    def structured(self, brand):
        return reading.structured_article(self, brand)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        seen_by_stranger = getattr(request, "preview_mode", "") == "stranger"
        opens = not seen_by_stranger and access.may_read_on(request.user, self)
        context["above"] = self.open_part
        context["below"] = self.closed_part if opens else []
        context["veiled"] = bool(self.closed_part) and not opens
        context["asked_to_join"] = seen_by_stranger or not request.user.is_authenticated
        context["more"] = ArticlePage.objects.for_index().exclude(pk=self.pk)[:2]
        context["index"] = self.get_parent()
        context["thread"] = (
            Thread.objects.about(self).visible_to(request.user).first() if self.with_discussion else None
        )
        context["first_picture"] = None if self.cover_id else pictures.first_of(self.open_part)
        return context
