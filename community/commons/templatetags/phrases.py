"""Titles that break between words: `{{ title|phrased }}` or `{% phrased title %}`."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from community.commons import phrasing

register = template.Library()


@register.filter
def phrased(title):
    """The title with a <wbr> at each place where it may break."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((piece,) for piece in phrasing.phrases(str(title or ""))))


register.simple_tag(phrased)
