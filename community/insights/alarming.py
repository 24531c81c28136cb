"""Alarms for hours that leave the usual range, told by bell and mail, to each person twice a day at most.

The rule: an hour is set against the same hour of the same weekday in the four weeks before. What is usual is the median of
those four. A jump is an hour of at least three times that, and at least the floor more; a collapse is an hour of at most a
quarter of it, where at least the floor was usual. The floor is 30 visits, or 5 people who joined.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import get_default_timezone, now

from accounts.models import Member
from community.insights import days
from community.insights.access import may_see_results
from community.insights.models import Alarm, AlarmTold, Wish, questions
from community.notices import ringing

FLOORS = {"clicks": 30, "joined": 5}
WEEKS, TIMES, PART = 4, 3, 4
MOST = 2  # a day, for each person
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Verdict:
    kind: str
    seen: int
    usual: int


def judge(seen: int, before: list[int], floor: int) -> Verdict | None:
    """Whether an hour is far from what the same hours were; None while it is not, or too little is known."""
    if len(before) < WEEKS:
        return None
    usual = round(median(before))
    if seen >= TIMES * usual and seen - usual >= floor:
        return Verdict(Alarm.Kind.SPIKE, seen, usual)
    if usual >= floor and seen * PART <= usual:
        return Verdict(Alarm.Kind.DROP, seen, usual)
    return None


def look(moment: datetime | None = None) -> list[Alarm]:
    """Judges the last closed hour once, and tells whoever wants to know."""
    end = days.hour_of(moment or now())
    hour = end - AN_HOUR
    before = [_same_hour(hour, weeks) for weeks in range(1, WEEKS + 1)]
    first, alarms = questions.first_fact(), []
    if first is None or first > before[-1]:
        return []  # nobody knows yet what is usual here
    for measure, floor in FLOORS.items():
        counted = [questions.hour_of(measure, start, start + AN_HOUR) for start in (hour, *before)]
        if verdict := judge(counted[0], counted[1:], floor):
            alarms += _raise(hour, measure, verdict)
    for alarm in alarms:
        tell(alarm)
    return alarms


def _same_hour(hour: datetime, weeks: int) -> datetime:
    """By the clock on the wall: after clocks were changed it is another distance."""
    local = hour.astimezone(get_default_timezone())
    return days.hour_of((local.replace(tzinfo=None) - timedelta(weeks=weeks)).replace(tzinfo=local.tzinfo))


def _raise(hour, measure, verdict) -> list[Alarm]:
    said = {"kind": verdict.kind, "seen": verdict.seen, "usual": verdict.usual}
    alarm, made = Alarm.objects.get_or_create(hour=hour, measure=measure, defaults=said)
    return [alarm] if made else []


def tell(alarm: Alarm) -> int:
    """Rings for everybody who may see results, wants it, and was not told twice today already."""
    wishes = {wish.member_id: wish for wish in Wish.objects.all()}
    told = 0
    for member in questions.at_the_desk():
        wish = wishes.get(member.pk) or Wish(member=member)
        if may_see_results(member) and (wish.alarms_by_bell or wish.alarms_by_mail):
            told += _tell_one(alarm, member, wish)
    return told


@transaction.atomic
def _tell_one(alarm, member, wish) -> bool:
    day = days.today()
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # two alarms at once must not both be the second
    if AlarmTold.objects.of(member, day).count() >= MOST:
        return False
    _told, made = AlarmTold.objects.get_or_create(alarm=alarm, member=member, defaults={"day": day})
    if not made:
        return False
    ringing.ring(
        member=member,
        kind=f"results_{alarm.measure}_{alarm.kind}",
        params={"seen": alarm.seen, "usual": alarm.usual},
        url=reverse("insights:overview") + "?period=today",
        about=f"alarm-{alarm.pk}",
        mail=wish.alarms_by_mail,
        stop=reverse("insights:wishes"),
    )
    return True
