"""Tallies tell what the facts tell, however and however often they are filled."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from celery.signals import worker_ready
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from community.campaigns.models import Click
from community.celery import app
from community.insights import days, filling, measuring
from community.insights.lens import Lens
from community.insights.models import Bond, BondSum, CreditTally, Filled, Hour, Stay, Summed, Taking, Tally
from community.insights.reading import Reader
from tests.insights.making import come, step, tap

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 4, 30, tzinfo=UTC)  # half past twelve in Taipei
TALLIES = (Tally, Bond, BondSum, Taking, CreditTally, Stay, Hour, Filled, Summed)


def look(**more):
    return Lens(today=days.today(), **more)


def told(lens):
    """Every number there is in one look."""
    figures = {key: (figure.value, figure.before) for key, figure in measuring.figures(lens).items()}
    parted = {by: [line.as_dict() for line in measuring.breakdown(lens, by)] for by in measuring.BY}
    line = [(point.at, point.values, point.before) for point in measuring.series(lens).points]
    return figures, parted, line, measuring.leaks(lens), measuring.cohorts(lens), measuring.revenue(lens)


def rows(model):
    leave = {"at", "bonds_at", "id"}
    names = [field.name for field in model._meta.concrete_fields if field.name not in leave]
    return sorted(model.objects.values_list(*names))


def everything():
    return {model.__name__: rows(model) for model in TALLIES}


def empty():
    for model in TALLIES:
        model.objects.all().delete()


@pytest.fixture
def history(links):
    """Some weeks of comings and joinings through two links."""
    plurk, _cats = links
    begin = days.start_of(days.today()) - timedelta(days=40)
    for number in range(40):
        at = begin + timedelta(days=number, hours=number % 24)
        visitor = tap(links[number % 2], at=at, app=("line", "facebook", "")[number % 3])
        tap(links[number % 2], at=at + timedelta(minutes=5), visitor=visitor)
        tap(links[(number + 1) % 2], at=at + timedelta(hours=20), visitor=visitor, language="en-GB")
        tap(plurk, at=at, agent="preview", app="", os="", device="", language="")
    for number in range(8):
        member = come(links[number % 2], f"kim{number}", at=begin + timedelta(days=number * 5, hours=3))
        step(member, "first_act", at=begin + timedelta(days=number * 5, hours=5))
        if number % 2:
            amount = Decimal("99.95")
            step(member, "revenue", at=begin + timedelta(days=number * 5 + 1), ref="1", amount=amount, currency="TWD")
        member.active_days.create(day=days.day_of(begin) + timedelta(days=number * 5))
        member.active_days.create(day=days.day_of(begin) + timedelta(days=number * 5 + 8))


LOOKS = [
    {},
    {"period": "90"},
    {"period": "today"},
    {"period": "7", "model": "linear"},
    {"period": "yesterday", "model": "linear"},
    {"period": "yesterday", "filters": (("device", "phone"),)},
    {"period": "90", "filters": (("app", "line"),)},
    {"period": "year", "filters": (("language", "zh-hant"), ("os", "ios"))},
    {"period": "90", "filters": (("channel", "plurk"), ("language", "zh-hant"))},
    {"period": "year", "filters": (("source", "direct"),)},
]


def test_the_same_look_tells_the_same_whether_counted_from_facts_or_tallies(history):
    facts = [told(look(**more)) for more in LOOKS]
    filling.catch_up()
    for more, fact in zip(LOOKS, facts, strict=True):
        assert told(look(**more)) == fact, more


def test_what_is_filled_can_be_thrown_away_and_filled_again(history):
    filling.catch_up()
    first = everything()
    assert all(first[name] for name in ("Tally", "Bond", "CreditTally", "Stay", "Taking"))
    empty()
    filling.catch_up()
    assert everything() == first
    for day in days.span(days.today() - timedelta(days=12), days.today() - timedelta(days=8)):
        filling.fill(day)
    filling.sum_months()
    assert everything() == first


def test_shares_of_the_credit_add_up_to_every_member(history):
    filling.catch_up()
    for model in ("first", "last", "last_non_direct", "linear", "time_decay", "position"):
        lens = look(period="90", model=model)
        assert sum(line.counts["joined"] for line in measuring.relationship(lens)) == 8_000_000
        assert measuring.figures(lens)["joined"].value == 8
        assert measuring.revenue(lens) == {"TWD": 399.8}


@rules(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3 * 24 * 60 - 1), st.integers(0, 3), st.booleans()), max_size=25),
    st.lists(st.integers(0, 72), max_size=4),
)
def test_filling_hour_by_hour_at_any_moments_changes_nothing(links, taps, stops):
    Click.objects.all().delete()
    empty()
    begin = days.start_of(date(2026, 3, 8))
    visitors = [None, *(tap(links[0], at=begin - timedelta(days=1)) for _number in range(3))]
    for minute, who, second in taps:
        at = begin + timedelta(minutes=minute)
        if at < NOON:
            tap(links[second], at=at, visitor=visitors[who])
    for stop in sorted(stops):
        filling.catch_up(moment=min(begin + timedelta(hours=stop), NOON))
    filling.catch_up(moment=NOON)
    by_hours = rows(Tally)
    empty()
    filling.catch_up(moment=NOON)
    assert rows(Tally) == by_hours


def test_a_day_under_way_stands_beside_as_much_of_the_day_before(links):
    yesterday = NOON - timedelta(days=1)
    for at in (yesterday - timedelta(hours=1), yesterday + timedelta(hours=3), NOON - timedelta(minutes=5)):
        tap(links[0], at=at)
    lens = Lens(today=days.day_of(NOON), period="today")
    for _counted_from in ("facts", "tallies"):
        figures = measuring.figures(lens, Reader(lens, NOON))
        assert (figures["visits"].value, figures["visits"].before) == (1, 1)
        assert figures["verified"].before is None  # not counted by hour, so beside nothing
        filling.catch_up(moment=NOON)
    over = Lens(today=days.day_of(NOON), period="yesterday")
    assert measuring.figures(over, Reader(over, NOON))["visits"].value == 2


def test_a_visitor_counts_once_for_a_link_and_day_and_a_person_once_for_ever(links):
    plurk, cats = links
    at = days.start_of(days.today()) - timedelta(days=1)
    visitor = tap(plurk, at=at)
    tap(plurk, at=at + timedelta(hours=3), visitor=visitor)
    tap(cats, at=at + timedelta(hours=4), visitor=visitor)
    tap(plurk, at=at - timedelta(minutes=1), visitor=visitor, fresh=False)
    for _time in range(2):
        figures = measuring.figures(look())
        assert [figures[key].value for key in ("clicks", "visits", "people")] == [4, 3, 1]
        filling.catch_up()


def test_a_worker_that_begins_counts_what_closed_meanwhile(monkeypatch):
    sent = []
    monkeypatch.setattr(app, "send_task", sent.append)
    worker_ready.send(sender=None)
    assert sent == ["community.insights.tasks.fill"]


def test_days_begin_where_the_brand_lives(links, settings):
    late = datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)
    for at in (late, late + timedelta(seconds=2)):
        tap(links[0], at=at)
    lens = Lens(first=date(2026, 3, 9), last=date(2026, 3, 10), today=date(2026, 3, 20))
    assert [point.values["clicks"] for point in measuring.series(lens).points] == [1, 1]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Asia/Taipei", date(2026, 3, 29), 24),
        ("Asia/Kolkata", date(2026, 3, 29), 24),
        ("America/Santiago", date(2026, 9, 6), 23),  # clocks jump at midnight itself
    ],
)
def test_a_day_lasts_as_long_as_it_does_there(settings, zone, day, hours, links):
    settings.TIME_ZONE = zone
    assert len(days.hours_of(day)) == hours
    assert days.end_of(day) - days.start_of(day) == timedelta(hours=hours)
    for hour in days.hours_of(day):
        tap(links[0], at=hour + timedelta(minutes=29))
        assert days.hour_of(hour + timedelta(minutes=29, seconds=3)) == hour
    filling.fill(day)
    lens = Lens(first=day, last=day, today=day + timedelta(days=3))
    assert measuring.figures(lens)["clicks"].value == hours
    assert [point.values["clicks"] for point in measuring.series(lens).points] == [1] * hours


def test_the_live_hour_is_in_before_it_has_closed(links):
    filling.catch_up()
    tap(links[0], at=days.hour_of(datetime.now(UTC)))
    assert measuring.figures(look(period="today"))["clicks"].value == 1


def test_clicks_that_waited_in_a_spool_are_counted_on_their_own_day(links):
    at = days.start_of(days.today()) - timedelta(days=2)
    tap(links[0], at=at)
    filling.catch_up()
    tap(links[0], at=at + timedelta(hours=1))
    assert measuring.figures(look())["clicks"].value == 1
    assert filling.look_for_late() == [days.day_of(at)]
    assert filling.look_for_late() == []
    assert measuring.figures(look())["clicks"].value == 2


def test_sums_of_closed_hours_are_kept_until_a_day_is_counted_again(links):
    at = days.start_of(days.today()) - timedelta(days=2)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            clicks = measuring.figures(look())["clicks"].value
        return clicks, any("FROM insights_tally" in query["sql"] for query in seen)

    tap(links[0], at=at)
    filling.catch_up()
    assert [asked(), asked()] == [(1, True), (1, False)]
    tap(links[0], at=days.hour_of(datetime.now(UTC)))  # the hour that is not closed is counted every time
    assert asked() == (2, False)
    tap(links[0], at=at + timedelta(hours=1))
    filling.fill(days.day_of(at))
    assert [asked(), asked()] == [(3, True), (3, False)]


def test_what_a_member_does_later_is_counted_with_the_day_they_joined(links):
    member = come(links[0], "kim", at=days.start_of(days.today()) - timedelta(days=20))
    filling.catch_up()
    assert sum(line.week2 for line in measuring.relationship(look())) == 0
    step(member, "week2", at=days.start_of(days.today()) - timedelta(days=9))
    filling.catch_up()
    [line] = [line for line in measuring.relationship(look()) if line.joined]
    assert (line.joined, line.week2, line.returning.part, line.returning.whole) == (1, 1, 1, 1)
    assert (line.day30, line.staying.whole) == (0, 0)  # whose day 30 has not come is in no share of it


def test_whole_months_stand_for_their_days_once_they_are_over(links, monkeypatch):
    first = date(2025, 12, 1)
    for day in days.span(first, date(2026, 2, 3)):
        tap(links[0], at=days.start_of(day) + timedelta(hours=9))
        filling.fill(day)
    filling.sum_months()
    assert [row.month for row in Summed.objects.order_by("month")] == [first, date(2026, 1, 1)]
    lens = Lens(first=date(2025, 12, 1), last=date(2026, 2, 3), filters=(("app", "facebook"),))
    assert [line.clicks for line in measuring.breakdown(lens, "link")] == [65]
    filling.fill(date(2025, 12, 24))
    assert [row.month for row in Summed.objects.order_by("month")] == [date(2026, 1, 1)]
    assert [line.clicks for line in measuring.breakdown(lens, "link")] == [65]
