"""How results are written: people who are shared between links, money, shares with their range, lengths of time."""

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.insights.board import NAMES

register = template.Library()


@register.filter
def people(number) -> str:
    """12,480; and 3.4 of people whose credit is shared."""
    if number is None:
        return ""
    return f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"


@register.filter
def together(label) -> str:
    """Parts with a dot between them: in a narrow column no line begins with the dot."""
    return str(label).replace(" ·", "\N{NO-BREAK SPACE}·").replace(" ・", "\N{NO-BREAK SPACE}・")


@register.filter
def plain(number) -> str:
    """For an attribute of a drawing, whatever the reader's language writes."""
    return f"{number:g}"


@register.filter
def money(amount, currency: str) -> str:
    said = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return f"NT$ {said}" if currency == "TWD" else f"{currency} {said}"


@register.filter
def lasting(seconds) -> str:
    """A length of time, no more exact than it is known."""
    if seconds < 10:
        return _("%(count)s s") % {"count": f"{seconds:.1f}"}
    if seconds < 90:
        return _("%(count)s s") % {"count": f"{seconds:.0f}"}
    if seconds < 5_400:
        return _("%(count)s min") % {"count": f"{seconds / 60:.0f}"}
    return _("%(count)s h") % {"count": f"{seconds / 3600:.0f}"}


@register.filter
def short_day(day) -> str:
    return formats.date_format(day, pgettext("a day on an axis as a date format", "j M"))


@register.simple_tag
def change(figure):
    """What a figure has become since the period before."""
    grown = figure.change
    if grown is None:
        return format_html('<small class="change">{}</small>', _("nothing before"))
    said = f"{grown * 100:+.0f} %" if abs(grown) < 10 else f"×{grown + 1:.0f}"
    kind = "up" if grown > 0.005 else "down" if grown < -0.005 else "same"
    before = _("before: %(count)s") % {"count": people(figure.before)}
    return format_html('<small class="change change--{}" title="{}">{}</small>', kind, before, said.replace("-", "−"))


@register.simple_tag
def part(share):
    """A share, and beneath it the range that holds the true one."""
    if not share.whole:
        return ""
    return format_html(
        '<small title="{} / {}">{} ({})</small>', people(share.part), people(share.whole), share.percent, share.range
    )


@register.simple_tag
def part_of(line, highest):
    """How long a line's bar is, of a hundred."""
    return f"{100 * (line.visits + line.arrivals) / highest:g}"


@register.filter
def measure_name(measure: str):
    return NAMES.get(measure, measure)
