"""Looking something up by a key that only the row knows, and showing data as it is."""

import json

from django import template

register = template.Library()


@register.filter
def of(words, key):
    """What `key` is called in a mapping; the key itself where it is not in there."""
    return words.get(key, key)


@register.filter
def pretty(data):
    return json.dumps(data, ensure_ascii=False, indent=2)
