"""The front page, the pages that links lead to, and pages of words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import pictures, reading
from cms.blocks import PageBlocks
from cms.models.articles import ArticlePage
from cms.models.brand import Brand
from cms.models.window import IMAGE, Window
from community.commons.bilingual import IN_ENGLISH, said
from community.forum.models import Thread


class HomePage(Window, Page):
    """The front of the house."""

    lead = models.TextField(_("opening words"), blank=True, max_length=300)
    lead_en = models.TextField(
        _("opening words in English"), blank=True, max_length=450, db_default="", help_text=IN_ENGLISH
    )
    picture = models.ForeignKey(
        IMAGE, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    body = StreamField(PageBlocks(), blank=True, verbose_name=_("body"))

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("lead"), FieldPanel("lead_en")]),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.ArticleIndexPage", "cms.LandingPage", "cms.PlainPage"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")

    @property
    def opening(self) -> str:
        return said(self.lead, self.lead_en)

    @property
    def own_words(self):
        return self.opening

    @property
    def card_picture(self):
        return self.share_picture or self.picture

    def structured(self, brand):
        return {"@type": "WebSite", "name": brand.name, "description": self.card_words, "url": self.address}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = articles = ArticlePage.objects.for_index()[:3]
        context["articles_url"] = articles[0].get_parent().url if articles else ""
        context["first_picture"] = None if self.picture_id else pictures.first_of(self.body)
        return context


class LandingPage(Window, Page):
    """Where a tracked link lands. Its one aim is the join button, and the real discussion is its proof."""

    lead = models.TextField(_("opening words"), blank=True, max_length=300)
    picture = models.ForeignKey(
        IMAGE, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    body = StreamField(PageBlocks(), blank=True, verbose_name=_("body"))
    thread = models.ForeignKey(
        "forum.Thread",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the discussion it promises"),
        help_text=_("Shown underneath, as it goes on."),
    )
    board = models.ForeignKey(
        "forum.Board",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("or a board"),
        help_text=_("Its latest discussions are shown where no single one was chosen."),
    )
    here = models.CharField(
        _("what there is here"),
        max_length=160,
        blank=True,
        help_text=_("Stands at the side, in a sentence or two. Empty: the brand's own sentence."),
    )
    join_question = models.CharField(
        _("question of the join card"),
        max_length=60,
        blank=True,
        help_text=_("In the reader's own situation: “What would he say to your cup?”"),
    )
    join_button = models.CharField(
        _("button of the join card"),
        max_length=24,
        blank=True,
        help_text=_("Says what they get. Empty: “Join for free”."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("thread"), FieldPanel("board")], heading=_("Discussion")),
        FieldPanel("here"),
        MultiFieldPanel([FieldPanel("join_question"), FieldPanel("join_button")], heading=_("Join card")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("landing page")
        verbose_name_plural = _("landing pages")

    @property
    def own_words(self):
        return self.lead or reading.words(self.body)

    @property
    def card_picture(self):
        return self.share_picture or self.picture

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["first_picture"] = None if self.picture_id else pictures.first_of(self.body)
        context["thread"] = Thread.objects.visible_to(request.user).with_pk(self.thread_id)
        context["board"] = None if context["thread"] else self.board
        return context


def boards_became_one(*, former, into):
    """Whatever begins its discussions on one board, or shows it, goes on with the other."""
    for model in (ArticlePage, LandingPage, Brand):
        model.objects.filter(board=former).update(board=into)


class PlainPage(Window, Page):
    """A page of words: who we are, terms, privacy."""

    lead = models.TextField(_("opening words"), blank=True, max_length=300)
    body = StreamField(PageBlocks(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["cms.HomePage", "cms.PlainPage"]
    subpage_types = ["cms.PlainPage"]

    class Meta:
        verbose_name = _("page of words")
        verbose_name_plural = _("pages of words")

    @property
    def own_words(self):
        return self.lead or reading.words(self.body)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["first_picture"] = pictures.first_of(self.body)
        context["children"] = self.get_children().live().public()
        return context
