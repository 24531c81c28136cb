"""What came of each link: counted from the facts in the rooms, the same whenever it is asked again."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import now

from community.campaigns.models import Campaign, Click, Conversion, TrackedLink
from community.forum.models import Post
from community.insights.intervals import Share

TOUCHES = ("last", "first")
SPANS = (7, 30, 90)  # days; 0 means from the beginning
OTHERS = ("previews", "searches", "scanners", "ahead", "unknown")


@dataclass
class Row:
    """Figures of one link, one campaign, or all: human clicks, people, members who joined, and those who have spoken."""

    subject: TrackedLink | Campaign | None = None
    clicks: int = 0
    people: int = 0
    joined: int = 0
    spoke: int = 0
    previews: int = 0
    searches: int = 0
    scanners: int = 0
    ahead: int = 0
    unknown: int = 0

    @property
    def others(self) -> int:
        """Requests that were not a person looking."""
        return sum(getattr(self, name) for name in OTHERS)

    @property
    def joining(self) -> Share:
        return Share(min(self.joined, self.people), self.people)

    @property
    def speaking(self) -> Share:
        return Share(min(self.spoke, self.joined), self.joined)


@dataclass(frozen=True)
class Lens:
    """How the figures are looked at: which touch is thanked, over how many days."""

    touch: str = "last"
    days: int = 90

    @classmethod
    def of(cls, query) -> "Lens":
        """Read from an address; what makes no sense there is as if it had not been said."""
        touch, days = query.get("touch", ""), query.get("days", "")
        return cls(touch if touch in TOUCHES else "last", int(days) if days in {"0", "7", "30", "90"} else 90)

    @property
    def query(self) -> str:
        """For an address that keeps looking in the same way."""
        return f"?days={self.days}&touch={self.touch}"

    @property
    def since(self):
        return now() - timedelta(days=self.days) if self.days else None


def by_link(links, lens: Lens) -> list[Row]:
    """A row for each link, those that brought most members first. Three queries, however many links."""
    rows = {link.pk: Row(subject=link) for link in links}
    for counted in Click.objects.of_links(list(rows)).since(lens.since).counted():
        row = rows[counted["link_id"]]
        for name in ("clicks", "people", *OTHERS):
            setattr(row, name, counted[name])
    joined = Conversion.objects.joined().since(lens.since).credited_to(list(rows), lens.touch)
    for name, members in (("joined", joined), ("spoke", joined.of_members(Post.objects.authors()))):
        for counted in members.counted(lens.touch):
            setattr(rows[counted[f"{lens.touch}_link_id"]], name, counted["count"])
    return sorted(rows.values(), key=lambda row: (-row.joined, -row.clicks, row.subject.pk))


def total(rows, subject=None) -> Row:
    """Sums; someone who came through two links is two people here, and the page says so."""
    whole = Row(subject=subject)
    for row in rows:
        for name in ("clicks", "people", "joined", "spoke", *OTHERS):
            setattr(whole, name, getattr(whole, name) + getattr(row, name))
    return whole


def by_campaign(lens: Lens) -> list[Row]:
    """A row for each campaign, summed from its links."""
    links = list(TrackedLink.objects.for_desk())
    groups: dict = {}
    for row in by_link(links, lens):
        groups.setdefault(row.subject.campaign, []).append(row)
    rows = [total(group, subject=campaign) for campaign, group in groups.items()]
    return sorted(rows, key=lambda row: (-row.joined, -row.clicks, row.subject.pk))


def way_of(member) -> dict:
    """How one member came: every touch in order, and the two that are remembered for their joining."""
    joined = Conversion.objects.joined().of_member(member).with_links().first()
    return {"touches": list(Click.objects.of_member(member).with_link()[:200]), "joined": joined}
