"""The places a tracked link is put, and the campaign words each begins with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class Channel(models.TextChoices):
    FACEBOOK_PAGE = "facebook_page", _("Facebook page")
    FACEBOOK_ADS = "facebook_ads", _("Facebook ads")
    INSTAGRAM = "instagram", "Instagram"
    THREADS = "threads", "Threads"
    LINE_OA = "line_oa", _("LINE official account")
    LINE_GROUP = "line_group", _("LINE group")
    X = "x", "X"
    PLURK = "plurk", "Plurk"
    PTT = "ptt", "PTT"
    DCARD = "dcard", "Dcard"
    YOUTUBE = "youtube", "YouTube"
    LINKEDIN = "linkedin", "LinkedIn"
    PINTEREST = "pinterest", "Pinterest"
    TIKTOK = "tiktok", "TikTok"
    PARTNER = "partner", _("Partner page")
    EMAIL = "email", _("E-mail")
    QR = "qr", _("QR code or print")
    MEMBER = "member", _("Member's invitation")
    OTHER = "other", _("Elsewhere")


# utm_source and utm_medium that a link of this channel begins with.
WORDS: dict[str, tuple[str, str]] = {
    Channel.FACEBOOK_PAGE: ("facebook", "social"),
    Channel.FACEBOOK_ADS: ("facebook", "paid_social"),
    Channel.INSTAGRAM: ("instagram", "social"),
    Channel.THREADS: ("threads", "social"),
    Channel.LINE_OA: ("line", "social"),
    Channel.LINE_GROUP: ("line", "group"),
    Channel.X: ("x", "social"),
    Channel.PLURK: ("plurk", "social"),
    Channel.PTT: ("ptt", "forum"),
    Channel.DCARD: ("dcard", "forum"),
    Channel.YOUTUBE: ("youtube", "video"),
    Channel.LINKEDIN: ("linkedin", "social"),
    Channel.PINTEREST: ("pinterest", "social"),
    Channel.TIKTOK: ("tiktok", "video"),
    Channel.PARTNER: ("partner", "referral"),
    Channel.EMAIL: ("newsletter", "email"),
    Channel.QR: ("qr", "print"),
    Channel.MEMBER: ("member", "referral"),
    Channel.OTHER: ("other", "referral"),
}
# Paid is what a link declares to be: Facebook puts its fbclid on unpaid posts as well.
PAID = frozenset({Channel.FACEBOOK_ADS})
# Where a marketer puts links; an invitation is made by its member alone.
OFFERED = [(channel.value, channel.label) for channel in Channel if channel != Channel.MEMBER]

# How a landing page names the place a visitor came from, by utm_source.
SAID = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "threads": "Threads",
    "line": "LINE",
    "x": "X",
    "plurk": "Plurk",
    "ptt": "PTT",
    "dcard": "Dcard",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "pinterest": "Pinterest",
    "tiktok": "TikTok",
    "newsletter": _("our letter"),
    "qr": _("a printed code"),
}


def name_in(channel: str, language: str) -> str:
    """How people of one language call a channel."""
    with override(language):
        return str(Channel(channel).label)


def plain_name(channel: str) -> str:
    return channel.replace("_", "-")


def words_of(channel: str) -> tuple[str, str]:
    return WORDS.get(channel, WORDS[Channel.OTHER])


def said(source: str) -> str:
    """The name of a source as a visitor would say it, or nothing when we do not know it."""
    return str(SAID.get(source.strip().casefold(), ""))
