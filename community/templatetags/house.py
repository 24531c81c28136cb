"""Whose house it is, and which of its standing pages exist."""

from types import SimpleNamespace

from django import template
from django.core.cache import cache
from wagtail.models import Page

from accounts.consenting import VERSION
from cms.models import Brand

register = template.Library()

SMALL_PRINT = ("about", "terms", "privacy")
_KEPT = 60  # seconds; an editor who adds a page sees its link within a minute
_NAMELESS = SimpleNamespace(name="主場", mark=None, footer_links=[])


def _brand(context):
    request = context.get("request")
    return Brand.of(request) if request else Brand.of_letters()


@register.simple_tag(takes_context=True)
def house(context):
    """The brand: its name, mark and links at the foot. A house without a site yet is called by our own name."""
    return _brand(context) or _NAMELESS


@register.simple_tag(takes_context=True)
def small_print(context) -> dict[str, str]:
    """The addresses of those standing pages (about, terms, privacy) that are published."""
    brand = _brand(context)
    return (
        cache.get_or_set(f"small-print:{brand.site_id}", lambda: _published(brand.site), _KEPT) if brand else None
    ) or {}


def _published(site) -> dict[str, str]:
    pages = Page.objects.live().public().child_of(site.root_page)
    return {page.slug: page.relative_url(site) for page in pages if page.slug in SMALL_PRINT}


@register.simple_tag
def choices_words() -> str:
    """The version of the words with which everyone is asked about privacy."""
    return VERSION
