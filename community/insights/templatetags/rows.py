"""The many small cells of the results, put together at once: a template takes ten times as long over each of them.

Texts and addresses are escaped one by one; numbers are written here, of digits, commas and dots.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.commons.templatetags.people import count
from community.insights.templatetags.results import lasting, money, part, part_of, people

register = template.Library()


def _bar(kind: str, width: str) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="1"/></svg>'
    )


@register.simple_tag
def spots(drawing) -> SafeString:
    """The points of a line, each of which says what it stands for when it is pointed at."""
    before, so_far = escape(_("before")), escape(_("so far"))
    said = []
    for spot in drawing.spots:
        earlier = "" if spot.before is None else f" ({before}: {count(spot.before)})"
        said.append(
            f'<g class="drawing__spot"><rect x="{spot.left}" y="0" width="{spot.width}" height="200"/>'
            f'<path d="M{spot.x} {spot.y}h0.01"/><title>{escape(spot.label)}: {count(spot.value)}{earlier}'
            f"{f' {so_far}' if spot.is_open else ''}</title></g>"
        )
    return SafeString("".join(said))


@register.simple_tag
def spots_as_rows(drawing, *, compared) -> SafeString:
    """The same points as rows of a table."""
    so_far, said = f" <small>{escape(_('so far'))}</small>", []
    for spot in drawing.spots:
        before = f'<td class="n">{count(spot.before)}</td>' if compared else ""
        when = f"{escape(spot.label)}{so_far if spot.is_open else ''}"
        said.append(f'<tr><td>{when}</td><td class="n">{count(spot.value)}</td>{before}</tr>')
    return SafeString("".join(said))


@register.simple_tag
def leak_cells(row) -> SafeString:
    """How many came so far in one app on one system, which part was lost, and how long it took."""
    return SafeString("".join(_leak_cell(cell, is_few=row["is_few"]) for cell in row["cells"]))


def _leak_cell(cell, *, is_few: bool) -> str:
    loss, seconds = cell["loss"], cell["seconds"]
    heat = f" heat heat--{cell['heat']}" if loss and not is_few else ""
    lost = f"<small>{'−' if loss.part else ''}{loss.percent}</small>" if loss and loss.whole else ""
    took = "" if seconds is None else f"<small>{escape(lasting(seconds))}</small>"
    return f'<td class="n{heat}">{count(cell["value"])}{lost}{took}</td>'


@register.simple_tag
def cohort_cells(row) -> SafeString:
    """Which part of a cohort was seen in each of its weeks; nothing for weeks to come."""
    return SafeString("".join(_seen_again(cell["share"], cell["heat"]) for cell in row["cells"]))


def _seen_again(share, heat: int) -> str:
    if not share:
        return '<td class="n"></td>'
    told = f"{people(share.part)} / {people(share.whole)} ({share.range} %)"
    faint = ' class="faint"' if share.is_few else ""
    return f'<td class="n heat heat--{heat}"><span title="{told}"{faint}>{share.rounded}</span></td>'


@register.simple_tag
def panel_rows(panel, base) -> SafeString:
    """The lines of one panel, each with its bar and the address that looks at it alone."""
    of_sources = panel.key == "source"
    return SafeString(
        "".join(
            f"<tr><td>{_bar('panel__bar', part_of(line, panel.highest))}"
            f'<a href="{escape(str(base) + line.href)}">{escape(str(line.label))}</a></td>'
            f'<td class="n">{count(line.arrivals if of_sources else line.visits)}</td>'
            f'<td class="n">{people(line.joined)}</td></tr>'
            for line in panel.lines
        )
    )


@register.simple_tag
def fate_cells(line) -> SafeString:
    """What became of the people a link brought, from who proved their e-mail to the money they gave."""
    staying = line.staying
    revenue = "<br>".join(escape(money(amount, currency)) for currency, amount in line.revenue.items())
    bar = _bar("bar", staying.hundredths) if staying.whole else ""
    return SafeString(
        f'<td class="n">{people(line.verified)}</td>\n'
        f'<td class="n" data-figure="first_act" data-value="{line.first_act}">{people(line.first_act)}'
        f"{part(line.acting)}</td>\n"
        f'<td class="n">{people(line.week2)}{part(line.returning)}</td>\n'
        f'<td class="n" data-figure="day30" data-value="{line.day30}"><b>{people(line.day30)}</b>'
        f"{part(staying)}{bar}</td>\n"
        f'<td class="n">{people(line.climbed)}</td><td class="n">{people(line.referrals)}</td>\n'
        f'<td class="n">{revenue}</td>'
    )
