"""Who was here on which day: one row for a member and a day of the brand's calendar, and no question asked twice."""

import logging
from datetime import date, datetime, time, timedelta

from django.db import DatabaseError, transaction
from django.utils.timezone import get_default_timezone, localdate

from accounts import signals
from accounts.models import ActiveDay, Member

log = logging.getLogger(__name__)
MARK = "here_on"  # in the session: the day that was already written down


def day_of(moment: datetime) -> date:
    """The day of the brand's calendar that a moment falls on."""
    return moment.astimezone(get_default_timezone()).date()


def begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())


def end_of(day: date) -> datetime:
    """The last instant of a day."""
    return begin_of(day + timedelta(days=1)) - timedelta(microseconds=1)


def note(*, member, day: date) -> bool:
    """Writes down that a member was here on a day; says whether that was new."""
    before = ActiveDay.objects.of_members([member.pk]).between(day, day).exists()
    if not before:
        ActiveDay.objects.bulk_create([ActiveDay(member=member, day=day)], ignore_conflicts=True)
    return not before


class AttendanceMiddleware:
    """Notes the day of each signed-in member once.

    Looks at the session only where the page itself has done so, and remembers the day in it: pages for everyone stay
    cacheable, and a member's second page of a day asks the database nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = getattr(request, "session", None)
        if session is not None and session.accessed and session.get(MARK) != (today := localdate().isoformat()):
            self.note(request, session, today)
        return response

    def note(self, request, session, today):
        if not request.user.is_authenticated:
            return
        try:
            with transaction.atomic():
                is_new = note(member=request.user, day=date.fromisoformat(today))
        except DatabaseError:
            # That somebody was here is worth a row, and never the page they asked for.
            log.warning("an active day was not noted", exc_info=True)
            return
        session[MARK] = today
        if is_new:
            signals.here.send_robust(Member, member=request.user, day=date.fromisoformat(today), request=request)
