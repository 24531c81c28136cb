"""Campaigns, their links, and who came through them."""

from community.campaigns.models.arrivals import CLICK_IDS, Click, ClickQuerySet, Salt
from community.campaigns.models.links import Miss, TrackedLink
from community.campaigns.models.people import Claim, Conversion
from community.campaigns.models.plans import Campaign
from community.campaigns.models.ways import News, Rule, Split, Visits

__all__ = [
    "CLICK_IDS",
    "Campaign",
    "Claim",
    "Click",
    "ClickQuerySet",
    "Conversion",
    "Miss",
    "News",
    "Rule",
    "Salt",
    "Split",
    "TrackedLink",
    "Visits",
]
