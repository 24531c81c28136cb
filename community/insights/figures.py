"""The shapes in which results are told: a figure with what it was before, and a line of figures with its shares."""

from dataclasses import dataclass, field
from typing import Any

from community.campaigns.crediting import WHOLE
from community.insights.gathering import CLICKS, STEPS
from community.insights.intervals import Share
from community.insights.reading import FATES, Counts

OTHERS = ("previews", "searches", "scanners", "ahead", "unknown")
COUNTED = (*CLICKS, "arrivals", *STEPS.values())
ALL = ("clicks", "visits", "people", "arrivals", *STEPS.values(), *FATES, "others", *OTHERS)


def number(measure: str, counts: Counts) -> int | float:
    """One measure as people read it. Members may be shared between links: then there are hundredths of them."""
    if measure == "others":
        return sum(counts[other] for other in OTHERS)
    if measure in FATES or measure.endswith(("_ripe", "_ripe14", "_ripe30")):
        whole, rest = divmod(counts[measure], WHOLE)
        return whole if not rest else round(counts[measure] / WHOLE, 2)
    return counts[measure]


def share(part: int | float, whole: int | float) -> Share:
    """People counted under one heading may be more than those they are set against: a share stays below one."""
    return Share(min(part, whole), whole)


@dataclass(frozen=True)
class Figure:
    """One measure over the days of a lens, and over those before."""

    key: str
    value: int | float
    before: int | float | None = None

    @property
    def change(self) -> float | None:
        """By which part it grew, or None where there is nothing to compare with."""
        return (self.value - self.before) / self.before if self.before else None


@dataclass
class Line:
    """The figures of one link, source, app or whatever the results are parted by; all measures are its attributes."""

    key: str
    label: Any
    name: str = ""  # the filter this line sets when it is clicked
    value: str = ""
    note: Any = ""
    subject: Any = None
    counts: Counts = field(default_factory=Counts)
    takings: Counts = field(default_factory=Counts)
    of_link: Any = None  # one of the links behind it, by which it is named

    def __getattr__(self, measure):
        if measure in ALL or measure.endswith(("_ripe", "_ripe14", "_ripe30")):
            return number(measure, self.counts)
        raise AttributeError(measure)

    @property
    def revenue(self) -> dict[str, float]:
        """By currency, exact to the hundredth."""
        return {currency: round(amount / WHOLE) / 100 for currency, amount in sorted(self.takings.items())}

    @property
    def joining(self) -> Share:
        return share(self.joined, self.visits)

    @property
    def verifying(self) -> Share:
        return share(self.verified, self.joined)

    @property
    def acting(self) -> Share:
        return share(self.first_act, self.joined)

    @property
    def returning(self) -> Share:
        """Of those whose second week is over."""
        return share(self.week2_ripe, self.joined_ripe14)

    @property
    def staying(self) -> Share:
        """Of those who joined long enough ago to have been seen on day 30."""
        return share(self.day30_ripe, self.joined_ripe30)

    @property
    def climbing(self) -> Share:
        return share(self.climbed, self.joined)

    @property
    def is_few(self) -> bool:
        return self.joining.is_few

    def as_dict(self) -> dict:
        told = {measure: number(measure, self.counts) for measure in ALL}
        return {"key": self.key, "label": str(self.label), **told, "revenue": self.revenue}


@dataclass(frozen=True)
class Stage:
    """One step of the funnel: how many got so far, and which part of those at the step before."""

    key: str
    value: int | float
    share: Share | None = None


@dataclass(frozen=True)
class Point:
    """One point of the line: an hour, day, week or month by its first moment, and the point before it stands over."""

    at: Any
    values: dict[str, int | float]
    before: dict[str, int | float] | None = None
    is_open: bool = False  # not over yet


@dataclass(frozen=True)
class Series:
    unit: str
    points: list[Point]


@dataclass(frozen=True)
class Leak:
    """How far people came in one app on one system, and how long each step typically took."""

    app: str
    os: str
    steps: list[int]  # visits, then one number for each step
    seconds: list[float | None]  # typical time since the step before; nothing for visits

    @property
    def losses(self) -> list[Share | None]:
        """The part lost at each step, of those who had come to it."""
        found: list[Share | None] = [None]
        for before, now in zip(self.steps, self.steps[1:], strict=False):
            found.append(Share(max(before - now, 0), before) if before else None)
        return found


@dataclass(frozen=True)
class Cohort:
    """People who joined in one week, and how many of them were seen in each week after; None is a week to come."""

    week: Any
    joined: int | float
    weeks: list[Share | None]
