"""How one brand makes the house its own."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.http.request import split_domain_port
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

from cms.blocks import FooterBlocks
from community.commons import public
from community.commons.bilingual import said


class Hue(models.IntegerChoices):
    """The colours a brand may choose from: those of static/css/hues.css, legible by day and by night."""

    ROSE = 12, _("rose")
    CLAY = 42, _("fired clay")
    AMBER = 72, _("amber")
    OCHRE = 102, _("ochre")
    OLIVE = 132, _("olive green")
    LEAF = 162, _("leaf green")
    JADE = 192, _("jade")
    LAGOON = 222, _("lagoon blue")
    SKY = 252, _("sky blue")
    INDIGO = 282, _("indigo")
    VIOLET = 312, _("violet")
    PLUM = 342, _("plum")


@register_setting(icon="site")
class Brand(BaseSiteSetting):
    """What makes this house one brand's own: name, sentence, two colours, a mark, and the links at the foot."""

    name_zh = models.CharField(_("name in Chinese"), max_length=30, default="主場")
    name_en = models.CharField(_("name in English"), max_length=40, default="Homeground")
    tagline_zh = models.CharField(_("a sentence about it, in Chinese"), max_length=80, blank=True)
    tagline_en = models.CharField(_("a sentence about it, in English"), max_length=120, blank=True)
    hue = models.PositiveSmallIntegerField(
        _("first colour"), choices=Hue, default=Hue.CLAY, help_text=_("Buttons, and whatever speaks for the brand.")
    )
    calm_hue = models.PositiveSmallIntegerField(
        _("second colour"), choices=Hue, default=Hue.LEAF, help_text=_("Quiet marks: tiers, where somebody comes from.")
    )
    mark = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mark"),
        help_text=_("Square, at least 192 pixels wide. It stands beside the name, which is always written out."),
    )
    board = models.ForeignKey(
        "forum.Board",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("board of articles' discussions"),
        help_text=_("Where the discussion of a new article is opened, unless the article says otherwise."),
    )
    footer = StreamField(FooterBlocks(), blank=True, verbose_name=_("links at the foot"))

    panels = [
        MultiFieldPanel([FieldPanel("name_zh"), FieldPanel("name_en")], heading=_("Name")),
        MultiFieldPanel([FieldPanel("tagline_zh"), FieldPanel("tagline_en")], heading=_("A sentence about it")),
        MultiFieldPanel([FieldPanel("hue"), FieldPanel("calm_hue"), FieldPanel("mark")], heading=_("Colours and mark")),
        FieldPanel("board"),
        FieldPanel("footer"),
    ]
    select_related = ["mark"]

    class Meta:
        verbose_name = _("brand")

    @classmethod
    def of(cls, request):
        """The brand whose house this request came to; None where no site answers to that name."""
        if hasattr(request, "_brand"):
            return request._brand
        # Whether we answer to that name at all was asked before; error pages are drawn for names that we refuse.
        request._brand = _brand_at(split_domain_port(request._get_raw_host())[0], request.get_port())
        return request._brand

    @classmethod
    def of_letters(cls):
        """The brand that signs what is written when nobody asks for a page."""
        parts = urlsplit(settings.SITE_URL)
        return _find(parts.hostname or "", str(parts.port or ("443" if settings.SECURE else "80")))

    @classmethod
    def name_on_letters(cls) -> str:
        brand = cls.of_letters()
        return brand.name if brand else ""

    @property
    def name(self) -> str:
        return said(self.name_zh, self.name_en)

    @property
    def tagline(self) -> str:
        return said(self.tagline_zh, self.tagline_en)

    @property
    def footer_links(self) -> list[tuple[str, str]]:
        """Words and address of each link that leads somewhere."""
        links = []
        for block in self.footer:
            link = block.value
            words = said(link["label_zh"], link["label_en"])
            address = link["page"].url if link["page"] and link["page"].live else link["address"]
            if address:
                links.append((words, address))
        return links


def _find(host: str, port: str):
    try:
        site = get_site_for_hostname(host, port)
    except Site.DoesNotExist:
        return None
    brand = Brand.for_site(site)
    brand.site = site  # with its root page
    return brand


_brand_at = public.Remembered(_find)
