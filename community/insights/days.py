"""Days and hours where the brand lives: a day begins at its own midnight, however long it lasts."""

from datetime import UTC, date, datetime, timedelta

from django.utils.timezone import get_default_timezone, now


def day_of(moment: datetime) -> date:
    return moment.astimezone(get_default_timezone()).date()


def today() -> date:
    return day_of(now())


def start_of(day: date) -> datetime:
    """The first instant of a day, in UTC. Where clocks change at midnight, it is the instant after the gap."""
    return datetime(day.year, day.month, day.day, tzinfo=get_default_timezone()).astimezone(UTC)


def end_of(day: date) -> datetime:
    return start_of(day + timedelta(days=1))


def hour_of(moment: datetime) -> datetime:
    """The start of the hour that holds a moment, by the clocks there, which may stand half an hour beside UTC's."""
    local = moment.astimezone(get_default_timezone())
    return moment.astimezone(UTC) - timedelta(
        minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )


def hours_of(day: date) -> list[datetime]:
    """The hours of a day: 23 or 25 of them where clocks are changed."""
    hours, moment, end = [], start_of(day), end_of(day)
    while moment < end:
        hours.append(moment)
        moment += timedelta(hours=1)
    return hours


def span(first: date, last: date) -> list[date]:
    """Every day from one to the other, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
