"""Titles that break between words: `{{ title|phrased }}` or `{% phrased title %}`."""

from html import unescape

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeData, mark_safe

from community.commons import phrasing

register = template.Library()


@register.filter
def phrased(title):
    """The title, plain words without markup, with a <wbr> at each place where it may break."""
    # Words that came through another tag are escaped already; escape once, whatever their way here.
    words = unescape(title) if isinstance(title, SafeData) else str(title or "")
    return format_html_join(mark_safe("<wbr>"), "{}", ((piece,) for piece in phrasing.phrases(words)))


register.simple_tag(phrased)
