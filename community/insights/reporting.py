"""The week's figures by mail: on Monday morning where the reader lives, in their language, once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, now
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from community.insights import days
from community.insights.access import may_see_results
from community.insights.board import Board
from community.insights.lens import Lens
from community.insights.models import WeeklyLetter, Wish

MORNING, LATEST = 8, 12  # the letter leaves between these hours of Monday, or not at all


def zone_of(member):
    try:
        return ZoneInfo(member.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return get_default_timezone()


def week_for(member, moment: datetime) -> date | None:
    """The Monday on which it is morning for this person right now."""
    local = moment.astimezone(zone_of(member))
    return local.date() if local.weekday() == 0 and MORNING <= local.hour < LATEST else None


def send_due(moment: datetime | None = None) -> int:
    """Writes to everybody for whom it is Monday morning, however often this runs."""
    moment = moment or datetime.now(UTC)
    sent = 0
    for wish in Wish.objects.for_letters().with_members():
        week = week_for(wish.member, moment)
        if week and wish.member.email and may_see_results(wish.member):
            sent += send(member=wish.member, week=week)
    return sent


@transaction.atomic
def send(*, member, week: date) -> bool:
    """The row first: the letter is kept in the same transaction, so there is one of both or none of either."""
    _row, made = WeeklyLetter.objects.get_or_create(member=member, week=week)
    if not made:
        return False
    with override(member.locale):
        context = letter_of(week)
        letter = EmailMultiAlternatives(
            subject=_("The week from %(first)s to %(last)s") % context["said"],
            body=render_to_string("letters/week.txt", context),
            to=[member.email],
            headers={"List-Unsubscribe": f"<{context['wishes']}>"},
        )
        letter.attach_alternative(render_to_string("letters/week.html", context), "text/html")
        letter.send()
    return True


def _day(day: date) -> str:
    return date_format(day, pgettext("a day of this year, as a date format", "j F"))


def letter_of(week: date) -> dict:
    """What stands in it: the seven days before that Monday, beside the seven before those."""
    first, last = week - timedelta(days=7), week - timedelta(days=1)
    lens = Lens(today=max(days.today(), week)).between(first, last)
    board = Board(lens)
    return {
        "board": board,
        "lines": board.top_links[:5],
        "said": {"first": _day(first), "last": _day(last)},
        "address": settings.SITE_URL + reverse("insights:overview") + lens.query,
        "wishes": settings.SITE_URL + reverse("insights:wishes"),
        "site_url": settings.SITE_URL,
        "made_at": now(),
    }
