"""Looking something up by a key that only the row knows, and showing data as it is."""

import json

from django import template
from django.utils.safestring import mark_safe

register = template.Library()
_HARMLESS = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.filter
def of(words, key):
    """What `key` is called in a mapping; the key itself where it is not in there."""
    return words.get(key, key)


@register.filter
def pretty(data):
    return json.dumps(data, ensure_ascii=False, indent=2)


@register.filter
def as_data(told) -> str:
    """JSON for a data block; no content of it can end the block or begin a script."""
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(_HARMLESS))  # noqa: S308
