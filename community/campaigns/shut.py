"""The page of a link that leads nowhere just now: too early, over, full, or paused."""

from django.template.loader import render_to_string
from django.utils.translation import override

from community.campaigns.choosing import EARLY, ENDED, FULL, PAUSED

STATUS = {EARLY: 404, ENDED: 410, FULL: 410, PAUSED: 503}


def language_for(tag: str) -> str:
    """Ours that is nearest to what a browser asks for."""
    return "en" if tag and not tag.lower().startswith("zh") else "zh-hant"


def page(outcome: str, language: str) -> bytes:
    with override(language):
        return render_to_string("campaigns/shut.html", {"outcome": outcome, "english": language == "en"}).encode()
