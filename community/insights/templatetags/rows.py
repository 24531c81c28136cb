"""The many small cells of the results, put together at once: a template takes ten times as long over each of them."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.commons.templatetags.people import count
from community.insights.templatetags.results import lasting, money, part, part_of, people

register = template.Library()
_BAR = (
    '<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="{}" height="1"/></svg>'
)


@register.simple_tag
def spots(drawing):
    """The points of a line, each of which says what it stands for when it is pointed at."""
    before, so_far = _("before"), _("so far")
    return format_html_join(
        "",
        '<g class="drawing__spot"><rect x="{}" y="0" width="{}" height="200"/><path d="M{} {}h0.01"/>'
        "<title>{}: {}{}{}</title></g>",
        (
            (
                spot.left,
                spot.width,
                spot.x,
                spot.y,
                spot.label,
                count(spot.value),
                "" if spot.before is None else f" ({before}: {count(spot.before)})",
                f" {so_far}" if spot.is_open else "",
            )
            for spot in drawing.spots
        ),
    )


@register.simple_tag
def spots_as_rows(drawing, *, compared):
    """The same points as rows of a table."""
    so_far = format_html(" <small>{}</small>", _("so far"))
    return format_html_join(
        "",
        '<tr><td>{}{}</td><td class="n">{}</td>{}</tr>',
        (
            (
                spot.label,
                so_far if spot.is_open else "",
                count(spot.value),
                format_html('<td class="n">{}</td>', count(spot.before)) if compared else "",
            )
            for spot in drawing.spots
        ),
    )


@register.simple_tag
def leak_cells(row):
    """How many came so far in one app on one system, which part was lost, and how long it took."""
    return format_html_join(
        "",
        '<td class="n{}">{}{}{}</td>',
        (
            (
                "" if row["is_few"] or not cell["loss"] else f" heat heat--{cell['heat']}",
                count(cell["value"]),
                format_html("<small>−{}</small>", cell["loss"].percent) if cell["loss"] and cell["loss"].whole else "",
                "" if cell["seconds"] is None else format_html("<small>{}</small>", lasting(cell["seconds"])),
            )
            for cell in row["cells"]
        ),
    )


@register.simple_tag
def cohort_cells(row):
    """Which part of a cohort was seen in each of its weeks; nothing for weeks to come."""
    return format_html_join(
        "",
        '<td class="n{}">{}</td>',
        (
            (f" heat heat--{cell['heat']}", _seen_again(cell["share"])) if cell["share"] else ("", "")
            for cell in row["cells"]
        ),
    )


def _seen_again(share):
    faint = SafeString(' class="faint"' if share.is_few else "")
    return format_html(
        '<span title="{} / {} ({} %)"{}>{}</span>',
        people(share.part),
        people(share.whole),
        share.range,
        faint,
        share.rounded,
    )


@register.simple_tag
def panel_rows(panel, base):
    """The lines of one panel, each with its bar and the address that looks at it alone."""
    of_sources = panel.key == "source"
    return format_html_join(
        "",
        '<tr><td><svg class="panel__bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="1"/></svg><a href="{}{}">{}</a></td><td class="n">{}</td><td class="n">{}</td></tr>',
        (
            (
                part_of(line, panel.highest),
                base,
                line.href,
                line.label,
                count(line.arrivals if of_sources else line.visits),
                people(line.joined),
            )
            for line in panel.lines
        ),
    )


@register.simple_tag
def fate_cells(line):
    """What became of the people a link brought, from who proved their e-mail to the money they gave."""
    staying = line.staying
    bar = format_html(_BAR, staying.hundredths) if staying.whole else ""
    return format_html(
        '<td class="n">{}</td>\n<td class="n" data-figure="first_act" data-value="{}">{}{}</td>\n'
        '<td class="n">{}{}</td>\n<td class="n" data-figure="day30" data-value="{}"><b>{}</b>{}{}</td>\n'
        '<td class="n">{}</td><td class="n">{}</td>\n<td class="n">{}</td>',
        people(line.verified),
        line.first_act,
        people(line.first_act),
        part(line.acting),
        people(line.week2),
        part(line.returning),
        line.day30,
        people(line.day30),
        part(staying),
        bar,
        people(line.climbed),
        people(line.referrals),
        format_html_join(
            SafeString("<br>"), "{}", ((money(amount, currency),) for currency, amount in line.revenue.items())
        ),
    )
