"""The bell at the top of a member's pages."""

from django import template

from community.notices import streams

register = template.Library()


@register.inclusion_tag("notices/_top_bell.html")
def top_bell(member):
    """Costs one question."""
    return {"bell": streams.shown(member.pk)}
