"""Small numbers that are shown to somebody outside."""

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def guarded(number: int, few: int) -> str:
    """A number of people; below `few` only that they are few, so that nobody is found among them."""
    return gettext("fewer than %(few)d") % {"few": few} if 0 < number < few else f"{number:,}"
