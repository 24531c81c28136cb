"""The dashboard put together: the same for the desk and for whoever a page of it was shared with."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from community.insights import charts, gathering, measuring, noting, parting
from community.insights.figures import Figure, Line, share
from community.insights.lens import LINES, MODELS, PERIODS, Lens
from community.insights.models import questions
from community.insights.reading import Reader

ROWS, PANEL_ROWS, LEAK_ROWS = 10, 7, 8
PANELS = ("campaign", "channel", "landing", "source", "tag", "app", "os", "device", "language")
NAMES = {
    "visits": gettext_lazy("Visits"),
    "clicks": gettext_lazy("Clicks by people"),
    "people": gettext_lazy("New people"),
    "arrivals": gettext_lazy("Arrivals without a link"),
    "painted": gettext_lazy("Page seen"),
    "join_opened": gettext_lazy("Join page opened"),
    "code_asked": gettext_lazy("Code asked for"),
    "code_entered": gettext_lazy("Code entered"),
    "came_in": gettext_lazy("Came in"),
    "joined": gettext_lazy("Joined"),
    "verified": gettext_lazy("Proved their e-mail"),
    "first_act": gettext_lazy("Spoke"),
    "week2": gettext_lazy("Back in week 2"),
    "day30": gettext_lazy("Here at day 30"),
    "climbed": gettext_lazy("Rose a tier"),
    "referrals": gettext_lazy("Friends brought"),
    "revenue": gettext_lazy("Revenue"),
    "others": gettext_lazy("Previews and machines"),
    "previews": gettext_lazy("Previews"),
    "searches": gettext_lazy("Search engines"),
    "scanners": gettext_lazy("Scanners"),
    "ahead": gettext_lazy("Fetched ahead"),
    "unknown": gettext_lazy("Unknown"),
}
BY_NAMES = {
    "campaign": gettext_lazy("Campaign"),
    "link": gettext_lazy("Link"),
    "channel": gettext_lazy("Channel"),
    "source": gettext_lazy("Without a link, from"),
    "landing": gettext_lazy("Landing page"),
    "tag": gettext_lazy("Tag"),
    "app": gettext_lazy("App"),
    "device": gettext_lazy("Device"),
    "os": gettext_lazy("System"),
    "language": gettext_lazy("Language"),
}
PERIOD_NAMES = {
    "today": gettext_lazy("Today"),
    "yesterday": gettext_lazy("Yesterday"),
    "7": gettext_lazy("7 days"),
    "28": gettext_lazy("28 days"),
    "90": gettext_lazy("90 days"),
    "month": gettext_lazy("This month"),
    "last_month": gettext_lazy("Last month"),
    "year": gettext_lazy("A year"),
    "all": gettext_lazy("Everything"),
}
MODEL_NAMES = {
    "first": gettext_lazy("First touch"),
    "last": gettext_lazy("Last touch"),
    "last_non_direct": gettext_lazy("Last touch but direct"),
    "linear": gettext_lazy("All touches alike"),
    "time_decay": gettext_lazy("Later touches more"),
    "position": pgettext_lazy("a model of credit", "First and last most"),
}


@dataclass(frozen=True)
class Choice:
    """One way to look otherwise: what it says, where it leads, and whether one looks so already."""

    label: Any
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    name: Any
    label: Any
    href: str


@dataclass(frozen=True)
class Card:
    key: str
    label: Any
    figure: Figure
    href: str = ""
    is_current: bool = False
    share: Any = None
    note: Any = ""

    @property
    def is_early(self) -> bool:
        """None of them have been here for long enough: no figure yet, and so no fall from the one before."""
        return self.share is not None and not self.share.whole


@dataclass(frozen=True)
class Panel:
    key: str
    label: Any
    lines: list[Line]
    highest: int | float
    more: int


class Board:
    """What one look shows. Each part is made when the template asks for it, all of them from one reader."""

    def __init__(self, lens: Lens, *, lock: Lens | None = None):
        self.lens, self.lock, self.is_locked = lens, lock, lock is not None
        self.reader = Reader(lens)
        self.figures = measuring.figures(lens, self.reader)

    # --- how it is looked at

    @property
    def periods(self) -> list[Choice]:
        current = "" if self.lens.is_range else self.lens.period
        return [Choice(PERIOD_NAMES[key], self.lens.over(key).query, key == current) for key in PERIODS]

    @property
    def models(self) -> list[Choice]:
        return [Choice(MODEL_NAMES[key], self.lens.by_model(key).query, key == self.lens.model) for key in MODELS]

    @property
    def model_name(self):
        return MODEL_NAMES[self.lens.model]

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(BY_NAMES[name], self._named(name, value), self._away(name, value)) for name, value in self.lens.filters
        ]

    def _away(self, name: str, value: str) -> str:
        """The address without this filter; none for one that the page is locked to."""
        if self.lock and (name, value) in self.lock.filters:
            return ""
        return self.lens.without(name, value).query

    def _named(self, name: str, value: str):
        if name == "campaign":
            return questions.campaign_numbered(value) or value
        if name == "link":
            return questions.links_named([int(value)]).get(int(value), value)
        if name == "tag":
            return questions.tag_numbered(value) or value
        if name == "landing" and value.startswith("page-"):
            return next((line.label for line in parting.titled(self._lines("landing")) if line.value == value), value)
        return measuring.named(name, value)

    # --- what is seen

    @property
    def cards(self) -> list[Card]:
        value = {key: figure.value for key, figure in self.figures.items()}
        joined = value["joined"]
        others = _("%(count)s previews and machines left out") % {"count": f"{value['others']:,}"}
        cards = [
            self._card("clicks", note=others),
            self._card("visits"),
            self._card("people"),
            self._card("joined", of=share(joined, value["visits"]), note=_("of visits")),
            self._card("first_act", of=share(value["first_act"], joined), note=_("of those who joined")),
            self._card("week2", of=share(value["week2_ripe"], value["joined_ripe14"]), note=_("of those who could be")),
            self._card("day30", of=share(value["day30_ripe"], value["joined_ripe30"]), note=_("of those who could be")),
        ]
        return cards

    def _card(self, key: str, of=None, note="") -> Card:
        href = self.lens.showing(key).query if key in LINES else ""
        return Card(key, NAMES[key], self.figures[key], href, key == self.lens.line, of, note)

    @cached_property
    def revenue(self) -> dict[str, float]:
        return measuring.revenue(self.lens, self.reader)

    @cached_property
    def notes(self) -> list[noting.Note]:
        return noting.notes_between(*self.lens.dates)

    @property
    def line_name(self):
        return NAMES[self.lens.line]

    @property
    def drawing(self) -> charts.Drawing:
        return charts.line(measuring.series(self.lens, self.reader), self.lens.line, self.notes)

    @cached_property
    def funnel(self) -> list[tuple]:
        stages = measuring.funnel(self.lens, self.reader, self.figures)
        highest = max((stage.value for stage in stages), default=0) or 1
        return [(NAMES[stage.key], stage, round(100 * stage.value / highest, 2)) for stage in stages]

    @cached_property
    def relationship(self) -> list[Line]:
        return self.linked(parting.stayed(self.reader))

    @cached_property
    def top_links(self) -> list[Line]:
        return self.linked(parting.stayed(self.reader, ROWS))

    @property
    def how_many_links(self) -> int:
        return parting.how_many_stayed(self.reader)

    @property
    def others(self) -> list[tuple]:
        return [(NAMES[key], self.figures[key]) for key in ("previews", "searches", "scanners", "ahead", "unknown")]

    @cached_property
    def leaks(self):
        return leak_rows(measuring.leaks(self.lens, self.reader))

    @property
    def few_leaks(self):
        return self.leaks[:LEAK_ROWS]

    @property
    def steps(self) -> list:
        return [NAMES["visits"], *(NAMES[measure] for measure in gathering.STEPS.values())]

    @property
    def cohorts(self):
        return cohort_rows(measuring.cohorts(self.lens, self.reader))

    @property
    def weeks(self) -> range:
        return range(measuring.WEEKS)

    @property
    def panels(self) -> list[Panel]:
        """Those with something in them; the campaigns always."""
        return [panel for by in PANELS if (panel := self.panel(by)).lines or by == "campaign"]

    def panel(self, by: str, rows: int = PANEL_ROWS) -> Panel:
        lines = [
            line
            for line in self._lines(by)
            if line.counts["visits"] or line.counts["joined"] or line.counts["arrivals"]
        ]
        highest = max((line.counts["visits"] + line.counts["arrivals"] for line in lines), default=0) or 1
        return Panel(by, BY_NAMES[by], self.linked(lines[:rows]), highest, max(len(lines) - rows, 0))

    def _lines(self, by: str) -> list[Line]:
        return parting.parted(by, self.reader)

    def linked(self, lines: list[Line]) -> list[Line]:
        """Each line with its name, and the address that looks at it alone."""
        for line in parting.titled(lines):
            line.href = self.lens.only(line.name, line.value).query
        return lines


def leak_rows(leaks) -> list[dict]:
    """Each app and system, with a cell for each step: how many came so far, which part was lost, and how long it took."""
    rows = []
    for leak in leaks:
        cells = [
            {"value": value, "loss": loss, "heat": charts.heat(loss.rate if loss else None), "seconds": seconds}
            for value, loss, seconds in zip(leak.steps, leak.losses, leak.seconds, strict=True)
        ]
        name = measuring.named("app", leak.app), measuring.named("os", leak.os)
        rows.append({"app": name[0], "os": name[1], "cells": cells, "is_few": leak.steps[0] < 20})
    return rows


def cohort_rows(cohorts) -> list[dict]:
    return [
        {
            "week": cohort.week,
            "joined": cohort.joined,
            "cells": [{"share": week, "heat": charts.heat(week.rate if week else None)} for week in cohort.weeks],
        }
        for cohort in cohorts
    ]
