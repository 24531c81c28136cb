"""How results are looked at: which days, compared with which, of whom. All of it stands in the address."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from community.insights import days
from community.insights.models import Filled

PERIODS = ("today", "yesterday", "7", "28", "90", "month", "last_month", "year", "all")
FILTERS = ("campaign", "link", "channel", "source", "landing", "tag", "app", "device", "os", "language")
MODELS = ("first", "last", "last_non_direct", "linear", "time_decay", "position")
LINES = ("visits", "clicks", "people", "joined")  # what the line can show
USUAL_PERIOD, USUAL_MODEL = "28", "last_non_direct"
LONGEST, MOST_FILTERS, LONGEST_VALUE = 3_660, 12, 200


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 and text.isascii() else None
    except ValueError:
        return None


def _fits(name: str, value: str) -> bool:
    """Whether a filter's value could be one at all; the database refuses NUL, and numbers have an end."""
    if not value.isprintable() or len(value) > LONGEST_VALUE:
        return False
    return value.isascii() and value.isdigit() and len(value) < 18 if name in {"campaign", "link", "tag"} else True


@dataclass(frozen=True)
class Lens:
    """Read from an address with `Lens.of`; what makes no sense there is as if it had not been said."""

    period: str = USUAL_PERIOD
    first: date | None = None
    last: date | None = None
    filters: tuple[tuple[str, str], ...] = ()
    model: str = USUAL_MODEL
    compare: bool = True
    others: bool = False
    line: str = LINES[0]
    today: date = field(default_factory=days.today, compare=False)

    @classmethod
    def of(cls, query) -> "Lens":
        """From a QueryDict, or any mapping of names to a value."""
        lens = cls().over(query.get("period", ""))
        first, last = _day(query.get("from", "")), _day(query.get("to", ""))
        if first and last:
            lens = lens.between(first, last)
        for name in FILTERS:
            values = query.getlist(name) if hasattr(query, "getlist") else [query[name]] if name in query else []
            for value in values:
                lens = lens.adding(name, value)
        lens = lens.by_model(query.get("model", "")).showing(query.get("line", ""))
        return replace(lens, compare=query.get("compare") != "0", others=query.get("others") == "1")

    # --- which days

    @property
    def is_range(self) -> bool:
        return self.first is not None

    @cached_property
    def dates(self) -> tuple[date, date]:
        """The first and the last day, both included."""
        if self.first and self.last:
            return self.first, self.last
        today, yesterday = self.today, self.today - timedelta(days=1)
        if self.period == "today":
            return today, today
        if self.period == "yesterday":
            return yesterday, yesterday
        if self.period == "month":
            return today.replace(day=1), today
        if self.period == "last_month":
            last = today.replace(day=1) - timedelta(days=1)
            return last.replace(day=1), last
        if self.period == "year":
            return today - timedelta(days=364), today
        if self.period == "all":
            begun = Filled.objects.order_by("day").first()
            return max(
                min(begun.day, today) if begun else today - timedelta(days=364), today - timedelta(LONGEST)
            ), today
        return today - timedelta(days=int(self.period) - 1), today

    @property
    def start(self) -> date:
        return self.dates[0]

    @property
    def end(self) -> date:
        return self.dates[1]

    @property
    def length(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def before(self) -> tuple[date, date] | None:
        """As many days just before, unless nobody wants to compare or there is nothing before everything."""
        if not self.compare or (self.period == "all" and not self.is_range):
            return None
        return self.start - timedelta(days=self.length), self.start - timedelta(days=1)

    @property
    def unit(self) -> str:
        """What one point of the line stands for."""
        if self.length == 1:
            return "hour"
        return "day" if self.length <= 92 else "week" if self.length <= 190 else "month"

    # --- of whom

    def chosen(self, names=FILTERS) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.filters:
            if name in names:
                found.setdefault(name, []).append(value)
        return found

    # --- other looks

    def over(self, period: str) -> "Lens":
        return replace(self, period=period, first=None, last=None) if period in PERIODS else self

    def between(self, first: date, last: date) -> "Lens":
        """Days to come are left off, and so is a range that ends before it begins."""
        last = min(last, self.today)
        if first > last or (last - first).days >= LONGEST:
            return self
        return replace(self, first=first, last=last)

    def adding(self, name: str, value: str) -> "Lens":
        value, pair = str(value), (name, str(value))
        if name not in FILTERS or not _fits(name, value) or pair in self.filters or len(self.filters) >= MOST_FILTERS:
            return self
        # Always in one order, so that a look has one address, however it was arrived at.
        return replace(self, filters=tuple(sorted((*self.filters, pair), key=lambda pair: FILTERS.index(pair[0]))))

    def without(self, name: str, value: str) -> "Lens":
        return replace(self, filters=tuple(pair for pair in self.filters if pair != (name, value)))

    def only(self, name: str, value: str) -> "Lens":
        """This value in place of any other of the same filter."""
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] != name)).adding(name, value)

    def by_model(self, model: str) -> "Lens":
        return replace(self, model=model) if model in MODELS else self

    def showing(self, line: str) -> "Lens":
        return replace(self, line=line) if line in LINES else self

    def locked_to(self, lock: "Lens") -> "Lens":
        """Another look, narrowed by those filters of this one that it leaves open. Never wider than the other."""
        kept = lock.chosen()
        more = tuple((name, value) for name, value in self.filters if name not in kept)
        return replace(lock, filters=(*lock.filters, *more), line=self.line)

    @property
    def with_others(self) -> "Lens":
        return replace(self, others=not self.others)

    @property
    def with_comparison(self) -> "Lens":
        return replace(self, compare=not self.compare)

    @property
    def without_filters(self) -> "Lens":
        return replace(self, filters=())

    # --- as an address

    @property
    def pairs(self) -> list[tuple[str, str]]:
        said: list[tuple[str, str]] = []
        if self.first and self.last:
            said += [("from", self.first.isoformat()), ("to", self.last.isoformat())]
        elif self.period != USUAL_PERIOD:
            said.append(("period", self.period))
        said += self.filters
        if self.model != USUAL_MODEL:
            said.append(("model", self.model))
        if not self.compare:
            said.append(("compare", "0"))
        if self.others:
            said.append(("others", "1"))
        if self.line != LINES[0]:
            said.append(("line", self.line))
        return said

    @property
    def query(self) -> str:
        """The one way to say this look in an address, beginning with "?"."""
        return "?" + urlencode(self.pairs)
