"""What members cost, each sum in its own currency; what Meta claims beside what we know; posts beside what came of them."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from community.campaigns.models import AdFigure, Campaign, Cost, Delivery, PostFigure, TrackedLink
from community.insights import measuring
from community.insights.figures import Line
from community.insights.lens import Lens
from community.insights.models import questions
from community.insights.reading import Reader

Money = dict[str, Decimal]
BYS = ("campaign", "link")
CENT = Decimal("0.01")
SHOWN_POSTS = 200
UNTOLD = ("app", "os", "device", "language", "source")  # nobody pays by these: costs cannot be parted so


def per(costs: Money, people) -> Money:
    """A price for each one; nobody has no price, and two currencies are two prices."""
    return (
        {currency: (amount / Decimal(str(people))).quantize(CENT) for currency, amount in costs.items()}
        if people
        else {}
    )


@dataclass
class Spent:
    """One link or campaign: what it cost in these days, and the members who are credited to it."""

    key: str
    label: Any
    note: Any = ""
    line: Line | None = None
    costs: Money = field(default_factory=dict)
    rest: bool = False  # of a campaign, and of none of its links

    def _told(self, measure: str):
        return getattr(self.line, measure) if self.line else 0

    @property
    def visits(self):
        return self._told("visits")

    @property
    def joined(self):
        return self._told("joined")

    @property
    def verified(self):
        return self._told("verified")

    @property
    def day30(self):
        return self._told("day30")

    @property
    def is_early(self) -> bool:
        """Some have not been here for 30 days yet: the price of one who stays will still fall."""
        return self._told("joined_ripe30") < self.joined

    @property
    def is_few(self) -> bool:
        return self.line is None or self.line.is_few

    @property
    def revenue(self) -> Money:
        return {currency: Decimal(str(amount)) for currency, amount in self.line.revenue.items()} if self.line else {}

    @property
    def per_joined(self) -> Money:
        return per(self.costs, self.joined)

    @property
    def per_verified(self) -> Money:
        return per(self.costs, self.verified)

    @property
    def per_day30(self) -> Money:
        return per(self.costs, self.day30)

    @property
    def roas(self) -> Money:
        """Revenue for each unit spent, in currencies that have both; nothing is converted."""
        return {
            currency: (self.revenue.get(currency, Decimal(0)) / amount).quantize(CENT)
            for currency, amount in self.costs.items()
            if amount and self.revenue
        }


def can_part(lens: Lens) -> bool:
    """Whether costs can be looked at through this lens at all."""
    return not lens.chosen(UNTOLD)


def _costs(lens: Lens):
    """Daily costs in these days that the lens lets through."""
    found = Cost.objects.between(lens.start, lens.end)
    chosen = lens.chosen(questions.OF_LINKS)
    if not chosen:
        return found
    if set(chosen) == {"campaign"}:  # a campaign's cost is more than that of its links
        return found.of_campaigns(questions.numbers(chosen["campaign"]))
    return found.of_links(questions.links_where(chosen))


def _by(rows, name: str) -> dict:
    found: dict = defaultdict(dict)
    for row in rows.summed(name):
        found[row[name]][row["currency"]] = row["amount"].quantize(CENT)
    return found


def spending(lens: Lens, by: str = "campaign", reader: Reader | None = None) -> list[Spent]:
    """A line for each campaign, or each link and the rest of its campaign; the dearest first."""
    lines = {line.key: line for line in measuring.breakdown(lens, by, reader or Reader(lens))}
    costs = _costs(lens) if can_part(lens) else Cost.objects.none()
    sums = _by(costs, by)
    labels = _labels(by, [key for key in sums if key and str(key) not in lines])
    rows = [
        Spent(str(key), lines[str(key)].label, lines[str(key)].note, lines[str(key)], sums.get(key, {}))
        for key in map(int, lines)
    ]
    rows += [Spent(str(key), label, note, None, sums[key]) for key, (label, note) in labels.items()]
    if by == "link":
        for key, amounts in _by(costs.of_no_link(), "campaign").items():
            if key:
                label, note = _labels("campaign", [key])[key]
                rows.append(Spent(f"campaign-{key}", label, note, None, amounts, rest=True))
    return sorted(rows, key=lambda row: (-sum(row.costs.values()), -row.joined, row.key))


def _labels(by: str, keys) -> dict:
    if by == "campaign":
        return {pk: (campaign, "") for pk, campaign in Campaign.objects.in_bulk(keys).items()}
    return {link.pk: (link, link.campaign) for link in TrackedLink.objects.numbered(keys)}


def unplaced(lens: Lens) -> Money:
    """Spent in these days on ads that belong to no campaign of ours yet."""
    return {
        row["currency"]: row["amount"].quantize(CENT)
        for row in Cost.objects.between(lens.start, lens.end).unplaced().summed()
    }


def total(rows: list[Spent]) -> Spent:
    """All together: shares of members add up to members, and costs add up within their currency."""
    whole, costs = Line("", ""), defaultdict(Decimal)
    for row in rows:
        if row.line:
            whole.counts.add(row.line.counts)
            whole.takings.add(row.line.takings)
        for currency, amount in row.costs.items():
            costs[currency] += amount
    return Spent("", "", "", whole, dict(costs))


# --- two truths


@dataclass(frozen=True)
class Reason:
    """Why Meta's number is not ours: which reason, and how many it explains where that can be counted."""

    key: str
    count: int | float | None = None
    words: str = ""


@dataclass
class Truths:
    """What Meta claims of the ads tied to our links and campaigns, beside what we know of the same days."""

    claimed: list[dict]
    link_clicks: int | None
    landing_views: int | None  # None: no table of Meta's said so
    clicks: int | float
    people: int | float
    others: int | float
    painted: int | float
    joined: int | float
    verified: int | float
    reasons: list[Reason]


def truths(lens: Lens, reader: Reader | None = None) -> Truths | None:
    """None when there is nothing to compare: no file of ads speaks of these days."""
    rows = list(AdFigure.objects.claimed(lens.start, lens.end))
    links, campaigns = _paid(lens, rows)
    rows = [row for row in rows if row["link_id"] in links or row["campaign_id"] in campaigns or not _narrow(lens)]
    if not rows:
        return None
    ours = Line("", "")
    for line in measuring.breakdown(lens, "link", reader or Reader(lens)):
        if line.subject.pk in links or line.subject.campaign_id in campaigns:
            ours.counts.add(line.counts)
    kinds: dict = defaultdict(Decimal)
    for row in rows:
        if row["results"]:
            kinds[row["result_kind"]] += row["results"]
    found = Truths(
        claimed=[
            {"kind": kind, "results": results} for kind, results in sorted(kinds.items(), key=lambda each: -each[1])
        ],
        link_clicks=_told(row["link_clicks"] for row in rows),
        landing_views=_told(row["landing_views"] for row in rows),
        clicks=ours.clicks,
        people=ours.people,
        others=ours.others,
        painted=ours.painted,
        joined=ours.joined,
        verified=ours.verified,
        reasons=[],
    )
    found.reasons = _reasons(lens, found, rows)
    return found


def _told(figures) -> int | None:
    """Their sum; None where no table had that column."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def _narrow(lens: Lens) -> bool:
    return bool(lens.chosen())


def _paid(lens: Lens, rows) -> tuple[set, set]:
    """Links and campaigns that ads of these days are tied to, as far as the lens lets them through."""
    links = {row["link_id"] for row in rows if row["link_id"]}
    campaigns = {row["campaign_id"] for row in rows if row["campaign_id"]}
    if chosen := lens.chosen(questions.OF_LINKS):
        links &= set(questions.links_where(chosen))
        campaigns = (
            campaigns & set(questions.numbers(chosen.get("campaign", []))) if set(chosen) == {"campaign"} else set()
        )
    return links, campaigns


def _reasons(lens: Lens, found: Truths, rows) -> list[Reason]:
    """Those that can be counted first; then those that can only be said."""
    reasons = []
    if (lost := (found.link_clicks or 0) - found.clicks) > 0:
        reasons.append(Reason("never_arrived", lost))
    if found.others:
        reasons.append(Reason("machines", found.others))
    if found.joined > found.verified:
        reasons.append(Reason("unproven", round(found.joined - found.verified, 2)))
    if refused := Delivery.objects.refused_between(*moments_of(lens)).count():
        reasons.append(Reason("refused", refused))
    if untied := sum(1 for row in rows if not (row["link_id"] or row["campaign_id"])):
        reasons.append(Reason("untied", untied))
    if edge := AdFigure.objects.reaching_over(lens.start, lens.end).count():
        reasons.append(Reason("edge", edge))
    settings_said = sorted({said for said in AdFigure.objects.attributions(lens.start, lens.end) if said})
    reasons.append(Reason("view_through", words=" · ".join(settings_said)))
    reasons += [Reason("twice"), Reason("window"), Reason("own_credit")]
    return reasons


def moments_of(lens: Lens) -> tuple[datetime, datetime]:
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(lens.start, time(0), zone), datetime.combine(lens.end + timedelta(days=1), time(0), zone)


# --- posts


@dataclass
class Post:
    """One post: what its platform says of it, and what our link in it brought in these days."""

    figure: PostFigure
    line: Line | None
    shared: int  # how many posts this link stands in
    verdict: str = ""

    @property
    def clicks(self):
        return self.line.clicks if self.line else None

    @property
    def people(self):
        return self.line.people if self.line else None

    @property
    def joined(self):
        return self.line.joined if self.line else None

    @property
    def day30(self):
        return self.line.day30 if self.line else None

    @property
    def per_thousand(self) -> Decimal | None:
        """Members for each thousand people this one post reached."""
        if not self.line or not self.figure.reach:
            return None
        return (Decimal(str(self.joined)) * 1000 / self.figure.reach).quantize(CENT)


def posts(lens: Lens, reader: Reader | None = None) -> list[Post]:
    """Posts published in these days, the newest first. Each keeps its own reach; reaches are never added up."""
    figures = PostFigure.objects.standing().whole().posted_between(*moments_of(lens)).for_desk()
    if chosen := lens.chosen(questions.OF_LINKS):
        figures = figures.of_links(questions.links_where(chosen))
    rows = list(figures.order_by("-posted_at", "-pk")[:SHOWN_POSTS])
    lines = {line.key: line for line in measuring.breakdown(lens, "link", reader or Reader(lens))}
    shared = Counter(row.link_id for row in rows if row.link_id)
    found = [
        Post(row, lines.get(str(row.link_id)) or Line("", "") if row.link_id else None, shared[row.link_id])
        for row in rows
    ]
    reached = [row.reach for row in rows if row.reach]
    usual = median(reached) if len(reached) > 3 else None
    for post in found:
        post.verdict = _verdict(post, usual)
    return found


def _verdict(post: Post, usual) -> str:
    """Loud and empty, or quiet and full: only said where there are enough posts to know what is usual."""
    if usual is None or post.line is None or post.figure.reach is None:
        return ""
    if post.figure.reach >= usual and not post.joined:
        return "loud"
    return "quiet" if post.figure.reach < usual and post.day30 else ""
