"""Campaigns, their links, and who came through them."""

from community.campaigns.models.arrivals import CLICK_IDS, Click, ClickQuerySet, Salt
from community.campaigns.models.costs import AdFigure, Cost, Expense, PostFigure, Sheet, Tie
from community.campaigns.models.health import Health
from community.campaigns.models.hooks import Dispatch, DispatchTry, Endpoint
from community.campaigns.models.labels import Change, Tag
from community.campaigns.models.links import Ignored, Miss, TrackedLink
from community.campaigns.models.outward import Attempt, Delivery, Sending, Service
from community.campaigns.models.partners import Partner
from community.campaigns.models.people import Claim, Conversion
from community.campaigns.models.plans import Campaign
from community.campaigns.models.referrals import Flag, Referral, Whereabouts
from community.campaigns.models.steps import Step
from community.campaigns.models.vocabulary import Closed, Place, Template, Word
from community.campaigns.models.ways import News, Rule, Split, Visits

__all__ = [
    "CLICK_IDS",
    "AdFigure",
    "Attempt",
    "Campaign",
    "Change",
    "Claim",
    "Click",
    "ClickQuerySet",
    "Closed",
    "Conversion",
    "Cost",
    "Delivery",
    "Dispatch",
    "DispatchTry",
    "Endpoint",
    "Expense",
    "Flag",
    "Health",
    "Ignored",
    "Miss",
    "News",
    "Partner",
    "Place",
    "PostFigure",
    "Referral",
    "Rule",
    "Salt",
    "Sending",
    "Service",
    "Sheet",
    "Split",
    "Step",
    "Tag",
    "Template",
    "Tie",
    "TrackedLink",
    "Visits",
    "Whereabouts",
    "Word",
]
