"""How pages speak of people, times and numbers."""

from functools import lru_cache

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext, pgettext

from community.commons.bilingual import in_chinese

register = template.Library()

WEEKDAYS_ZH = "一二三四五六日"


def _weekday(when) -> str:
    if in_chinese():
        return "週" + WEEKDAYS_ZH[when.weekday()]
    return formats.date_format(when, "D")


def said(when, now=None) -> str:
    """A moment as people say it: just now, 12 min ago, today 14:20, Tue 21:04, 2 March."""
    now = timezone.localtime(now or timezone.now())
    when = timezone.localtime(when)
    minutes = int((now - when).total_seconds() // 60)
    days = (now.date() - when.date()).days
    clock = when.strftime("%H:%M")
    if 0 <= minutes < 1 or -2 < minutes < 0:
        return gettext("just now")
    if 0 < minutes < 60:
        return ngettext("%(count)d min ago", "%(count)d min ago", minutes) % {"count": minutes}
    if days == 0:
        return gettext("today %(time)s") % {"time": clock}
    if days == 1:
        return gettext("yesterday %(time)s") % {"time": clock}
    if 1 < days < 7:
        return gettext("%(weekday)s %(time)s") % {"weekday": _weekday(when), "time": clock}
    return _day(when.date(), when.year == now.year, get_language())


@lru_cache(maxsize=5_000)
def _day(day, is_of_this_year, language) -> str:
    """`language` is the active one; old posts fall on few days, and a page of them says twenty."""
    if is_of_this_year:
        return formats.date_format(day, pgettext("a day of this year, as a date format", "j F"))
    return formats.date_format(day, pgettext("a day of another year, as a date format", "j F Y"))


@register.filter
def time_said(when):
    if not when:
        return ""
    exact = formats.date_format(timezone.localtime(when), "DATETIME_FORMAT")
    iso = timezone.localtime(when).isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', iso, exact, said(when))


def coming(when, now=None) -> str:
    """An hour to come as people say it: today 21:00, tomorrow 21:00, Thu 21:00, 2 March 21:00."""
    now = timezone.localtime(now or timezone.now())
    when = timezone.localtime(when)
    days, clock = (when.date() - now.date()).days, when.strftime("%H:%M")
    if days == 0:
        return gettext("today %(time)s") % {"time": clock}
    if days == 1:
        return gettext("tomorrow %(time)s") % {"time": clock}
    if 1 < days < 7:
        return gettext("%(weekday)s %(time)s") % {"weekday": _weekday(when), "time": clock}
    return f"{formats.date_format(when, pgettext('a day of this year, as a date format', 'j F'))} {clock}"


@register.filter
def hour_said(when):
    if not when:
        return ""
    exact = formats.date_format(timezone.localtime(when), "DATETIME_FORMAT")
    iso = timezone.localtime(when).isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', iso, exact, coming(when))


@register.filter
def day_said(when):
    """2 March, Thu"""
    when = timezone.localtime(when)
    day = formats.date_format(when, pgettext("a day of this year, as a date format", "j F"))
    return gettext("%(day)s, %(weekday)s") % {"day": day, "weekday": _weekday(when)}


@register.filter
def count(number):
    """12,480"""
    return f"{number or 0:,}"


@register.simple_tag
def face(member, size=""):
    """A member's face: the first letter of their name on their own colour. Decoration beside the name itself."""
    kind = f" face--{size}" if size else ""
    return format_html('<i class="face face--h{}{}" aria-hidden="true">{}</i>', member.hue, kind, member.initial)
