"""How templates show pictures, and tell machines what a page is."""

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe
from wagtail.images.models import Filter, Picture
from wagtail.images.shortcuts import get_rendition_or_not_found, get_renditions_or_not_found

from cms import pictures
from community.commons.templatetags import keyed
from community.forum.cards import films as cards

register = template.Library()


@register.simple_tag
def shown(image, kind, alt, eager=False):
    """A picture in the sizes of its kind (see pictures.KINDS), with its measures, so that nothing moves when it comes."""
    if not image:
        return ""
    specs, sizes = pictures.KINDS[kind]
    renditions = get_renditions_or_not_found(image, Filter.expand_spec(specs))
    wait = {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    return Picture(renditions, {"alt": alt, "sizes": sizes, "decoding": "async", **wait}).__html__()


@register.simple_tag
def shared_picture(image):
    """A card's picture, 1200 by 630, with its whole address; None without a picture."""
    if not image:
        return None
    rendition = get_rendition_or_not_found(image, Filter(spec="|".join(pictures.SHARED)))
    address = rendition.url if "://" in rendition.url else settings.SITE_URL + rendition.url
    return {"full_address": address, "width": rendition.width, "height": rendition.height}


@register.filter
def films(markup, play):
    """Rich text with its films in it, each a link until somebody asks for it."""
    return mark_safe(cards.shown(str(markup), play))  # noqa: S308 (what an editor wrote, and cards that escape)


register.filter("as_data", keyed.as_data)
