"""What a marketer sees before saying keep, and what is still tied to nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from community.campaigns.channels import PAID
from community.campaigns.costing import reckoning
from community.campaigns.costing.forms import NEWEST, places
from community.campaigns.models import AdFigure, Campaign, PostFigure, Sheet, TrackedLink

SAMPLE = 8
SHOWN = 40
LIKE_ENOUGH = 0.5


class Look:
    """A file as it was understood: its first rows, its sums beside its own, what it would replace."""

    def __init__(self, sheet):
        self.sheet, told = sheet, sheet.told
        self.is_ads = sheet.kind == Sheet.Kind.ADS
        rows = (AdFigure if self.is_ads else PostFigure).objects.of_sheet(sheet)
        self.sample = list(rows.order_by("line")[:SAMPLE])
        self.first, self.last = (
            date.fromisoformat(told[name]) if told.get(name) else None for name in ("first", "last")
        )
        self.before = Sheet.objects.same_file(sheet).first() if sheet.state == Sheet.State.READY else None
        self.replaced = self._replaced() if sheet.state == Sheet.State.READY else None

    @property
    def sums(self) -> list[dict]:
        """Our sum of the rows beside what the file itself says at its end."""
        said = self.sheet.told.get("total_said", {})
        return [
            {
                "currency": currency,
                "ours": Decimal(amount),
                "theirs": (theirs := Decimal(said[currency]) if currency in said else None),
                # Meta rounds each line: a hundredth a row may be missing.
                "differs": theirs is not None and abs(theirs - Decimal(amount)) > Decimal("0.01") * self.sheet.rows + 1,
            }
            for currency, amount in self.sheet.told.get("spent", {}).items()
        ]

    def _replaced(self) -> dict:
        ids = reckoning.replaced_ads(self.sheet) if self.is_ads else reckoning.replaced_posts(self.sheet)
        found = {"count": len(ids), "long": 0, "sums": []}
        if ids and self.is_ads:
            rows = AdFigure.objects.numbered(ids)
            found |= {"sums": list(rows.summed()), "long": rows.longer_than(self.first, self.last).count()}
        return found


@dataclass
class Open:
    """Ads and posts that stand behind no link yet, dearest first, each with the place it probably belongs to."""

    ads: list
    posts: list
    places: list

    @classmethod
    def now(cls) -> "Open":
        links = list(TrackedLink.objects.open().of_the_brand().for_desk()[:NEWEST])
        campaigns = list(Campaign.objects.open()[:NEWEST])
        ads = list(AdFigure.objects.standing().untied().by_ad().order_by("-spent")[:SHOWN])
        posts = list(PostFigure.objects.standing().untied().whole().order_by("-posted_at", "-pk")[:SHOWN])
        for ad in ads:
            ad["kind"], ad["value"] = ("ad", ad["ad_id"]) if ad["ad_id"] else ("name", ad["thing"])
            ad["names"] = [name for name in (ad["campaign_name"], ad["set_name"], ad["ad_name"]) if name]
            ad["said"] = " › ".join(ad["names"])
            ad["guess"] = guess(ad, links, campaigns)
        return cls(ads, posts, places(links, campaigns))


def guess(ad: dict, links, campaigns) -> str:
    """The paid link, else the campaign, that is called most like it; nothing rather than something far off."""
    best, found = LIKE_ENOUGH, ""
    for link in links:
        if link.channel in PAID and (like := _likeness(ad["ad_name"] or ad["campaign_name"], link.label)) > best:
            best, found = like, f"l{link.pk}"
    if not found:
        for campaign in campaigns:
            if (like := _likeness(ad["campaign_name"], campaign.name)) > best:
                best, found = like, f"c{campaign.pk}"
    return found


def _likeness(one: str, other: str) -> float:
    one, other = one.casefold(), other.casefold()
    return SequenceMatcher(None, one, other).ratio() if one and other else 0.0


def untied_counts() -> dict:
    return {
        "ads": AdFigure.objects.standing().untied().order_by().values("thing").distinct().count(),
        "posts": PostFigure.objects.standing().untied().count(),
    }


def has_untied(sheet) -> bool:
    if sheet.kind == Sheet.Kind.ADS:
        return AdFigure.objects.of_sheet(sheet).untied().exists()
    return PostFigure.objects.of_sheet(sheet).untied().exists()
