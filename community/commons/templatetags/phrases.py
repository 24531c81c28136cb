"""Titles that break between words: `{{ title|phrased }}` or `{% phrased title %}`."""

from html import unescape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeData, mark_safe

from community.commons import phrasing

register = template.Library()


@register.filter
def phrased(title):
    """The title, plain words without markup, with a <wbr> at each place where it may break."""
    # Words that came through another tag are escaped already; escape once, whatever their way here.
    words = unescape(title) if isinstance(title, SafeData) else str(title or "")
    pieces = phrasing.phrases(phrasing.held(words))
    if len(pieces) < 2:
        return format_html("{}", *pieces or ("",))
    return format_html_join(mark_safe("<wbr>"), "{}", ((_whole(piece),) for piece in pieces))


def _whole(piece):
    """A clause too long for a narrow line goes to a line of its own, and breaks there as browsers do."""
    return format_html('<span class="clause">{}</span>', piece) if phrasing.is_long(piece) else piece


register.simple_tag(phrased)
