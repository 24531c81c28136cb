"""Heroicons, each drawn once: the package reads, copies and writes its XML anew for every icon of every page."""

from functools import lru_cache

from django import template
from heroicons.templatetags import heroicons

register = template.Library()
for _style in ("micro", "mini", "outline", "solid"):
    _name = f"heroicon_{_style}"
    register.simple_tag(lru_cache(maxsize=500)(getattr(heroicons, _name)), name=_name)
