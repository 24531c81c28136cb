"""Costs, claims and posts as plain tables for a spreadsheet: what the screens show, cell by cell."""

import csv

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.insights import costing
from community.insights.lens import Lens

TABLES = ("costs", "truths", "posts")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(cell):
    """Words that a spreadsheet would take for a formula are kept from being one; numbers stay numbers."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return f"'{cell}" if cell.lstrip(" ").startswith(RISKY) else cell


class _Line:
    def write(self, line):
        return line


def lines(name: str, lens: Lens, by: str):
    """Line by line, with a mark at the beginning by which Excel knows the letters."""
    writer = csv.writer(_Line())
    heads, rows = {"costs": _costs, "truths": _truths, "posts": _posts}[name](lens, by)
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])


def _costs(lens: Lens, by: str):
    rows = costing.spending(lens, by)
    currencies = sorted({currency for row in rows for currency in {*row.costs, *row.revenue}})
    heads = [
        _("Campaign") if by == "campaign" else _("Link"),
        _("Belongs to"),
        _("Joined"),
        _("Verified"),
        _("Active on day 30"),
    ]
    for currency in currencies:
        heads += [
            f"{_('Cost')} {currency}",
            f"{_('Cost per joined')} {currency}",
            f"{_('Cost per verified')} {currency}",
            f"{_('Cost per active on day 30')} {currency}",
            f"{_('Revenue')} {currency}",
            f"ROAS {currency}",
        ]
    return heads, [_cost_row(row, currencies) for row in rows]


def _cost_row(row, currencies) -> list:
    told = [str(row.label), str(row.note), row.joined, row.verified, row.day30]
    for currency in currencies:
        for sums in (row.costs, row.per_joined, row.per_verified, row.per_day30, row.revenue, row.roas):
            told.append(sums.get(currency))
    return told


def _truths(lens: Lens, by: str):
    found = costing.truths(lens)
    heads = [_("Measure"), _("Meta says"), _("We know")]
    if found is None:
        return heads, []
    rows = [[f"{_('Results claimed')} {each['kind']}".strip(), each["results"], ""] for each in found.claimed]
    rows += [
        [_("Clicks on the link"), found.link_clicks, found.clicks],
        [_("Pages that were seen"), found.landing_views, found.painted],
        [_("Joined"), "", found.joined],
        [_("Verified"), "", found.verified],
    ]
    return heads, rows


def _posts(lens: Lens, by: str):
    heads = [
        _("Post"),
        _("Address"),
        _("Published"),
        _("Views"),
        _("Reach"),
        pgettext("on a social page", "Reactions"),
        _("Comments"),
        _("Shares"),
    ]
    heads += [
        _("Link"),
        _("Clicks by people"),
        _("People"),
        _("Joined"),
        _("Active on day 30"),
        _("Joined per 1,000 reached"),
    ]
    rows = []
    for post in costing.posts(lens):
        figure = post.figure
        at = figure.posted_at.isoformat() if figure.posted_at else ""
        told: list = [str(figure), figure.permalink, at, figure.views, figure.reach, figure.reactions, figure.comments]
        told += [
            figure.shares,
            str(figure.link or ""),
            post.clicks,
            post.people,
            post.joined,
            post.day30,
            post.per_thousand,
        ]
        rows.append(told)
    return heads, rows
