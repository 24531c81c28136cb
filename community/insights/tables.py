"""The results as plain tables: what a chart shows, what a CSV carries."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.insights import measuring
from community.insights.board import BY_NAMES, NAMES, PANELS
from community.insights.figures import ALL, OTHERS, Line
from community.insights.lens import LINES, Lens
from community.insights.reading import Reader

SHARES = (
    ("joining", "joined"),
    ("verifying", "verified"),
    ("acting", "first_act"),
    ("returning", "week2"),
    ("staying", "day30"),
)
LINE_MEASURES = tuple(measure for measure in ALL if measure not in {"others", *OTHERS})
TABLES = ("figures", "line", "links", "leaks", "cohorts", *PANELS)


def table(lens: Lens, name: str, reader: Reader | None = None) -> tuple[list[Any], list[list[Any]]]:
    """The heads and the rows of one table."""
    reader = reader or Reader(lens)
    if name == "figures":
        return _figures(lens, reader)
    if name == "line":
        return _line(lens, reader)
    if name == "leaks":
        return _leaks(lens, reader)
    if name == "cohorts":
        return _cohorts(lens, reader)
    if name == "links":
        return _parted(_("Link"), measuring.relationship(lens, reader), lens)
    return _parted(BY_NAMES[name], measuring.breakdown(lens, name, reader), lens)


def _figures(lens, reader):
    rows = [
        [NAMES[key], told.value, told.before] for key, told in measuring.figures(lens, reader).items() if key in NAMES
    ]
    rows += [
        [f"{NAMES['revenue']} {currency}", amount, None] for currency, amount in measuring.revenue(lens, reader).items()
    ]
    return [_("Measure"), _("Value"), _("Before")], rows


def _line(lens, reader):
    points = measuring.series(lens, reader).points
    heads = [
        pgettext("first day", "From"),
        *(NAMES[measure] for measure in LINES),
        *(f"{NAMES[measure]} ({_('before')})" for measure in LINES),
    ]
    rows = [
        [point.at.isoformat(), *(point.values[m] for m in LINES), *((point.before or {}).get(m) for m in LINES)]
        for point in points
    ]
    return heads, rows


def _parted(head, lines: Iterable[Line], lens: Lens):
    lines = list(lines)
    others = OTHERS if lens.others else ()
    currencies = sorted({currency for line in lines for currency in line.takings})
    shares = [f"{NAMES[measure]} %" for _name, measure in SHARES]
    ranges = [word for share in shares for word in (share, f"{share} {_('from')}", f"{share} {_('to')}")]
    heads = [head, _("Campaign"), *(NAMES[measure] for measure in (*LINE_MEASURES, *others)), *ranges]
    heads += [f"{NAMES['revenue']} {currency}" for currency in currencies]
    rows = []
    for line in lines:
        row = [str(line.label), str(line.note), *(getattr(line, measure) for measure in (*LINE_MEASURES, *others))]
        for name, _measure in SHARES:
            share = getattr(line, name)
            low, high = share.interval
            row += [_percent(share.rate), _percent(low), _percent(high)] if share.whole else [None, None, None]
        rows.append([*row, *(line.revenue.get(currency, 0) for currency in currencies)])
    return heads, rows


def _percent(rate: float) -> float:
    return round(rate * 100, 1)


def _leaks(lens, reader):
    steps = ["painted", "join_opened", "code_asked", "code_entered", "came_in"]
    heads = [_("App"), _("System"), NAMES["visits"]]
    for step in steps:
        heads += [NAMES[step], f"{NAMES[step]}: {_('lost')} %", f"{NAMES[step]}: {_('seconds')}"]
    rows = []
    for leak in measuring.leaks(lens, reader):
        row = [str(measuring.named("app", leak.app)), str(measuring.named("os", leak.os)), leak.steps[0]]
        for value, loss, seconds in list(zip(leak.steps, leak.losses, leak.seconds, strict=True))[1:]:
            row += [value, _percent(loss.rate) if loss else None, seconds]
        rows.append(row)
    return heads, rows


def _cohorts(lens, reader):
    heads = [_("Joined in the week of"), NAMES["joined"], *(f"{number} %" for number in range(measuring.WEEKS))]
    rows = [
        [cohort.week.isoformat(), cohort.joined, *(_percent(week.rate) if week else None for week in cohort.weeks)]
        for cohort in measuring.cohorts(lens, reader)
    ]
    return heads, rows


def cell(value) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) and value == int(value) else str(value)
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or (text[:1] in "\t\r\n" and text) else text


def as_csv(heads: list[Any], rows: list[list[Any]]) -> str:
    """With a mark at its begin by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()
