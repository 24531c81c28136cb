from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import attending, signals
from accounts.models import ActiveDay

pytestmark = pytest.mark.django_db


def days():
    return list(ActiveDay.objects.order_by("day").values_list("member__handle", "day"))


def test_a_member_is_here_once_a_day_however_many_pages_they_read(as_ada):
    with time_machine.travel(datetime(2026, 3, 9, 4, tzinfo=UTC), tick=False):
        for _ in range(3):
            as_ada.get("/me/")
    with time_machine.travel(datetime(2026, 3, 10, 4, tzinfo=UTC), tick=False):
        as_ada.get("/me/")
    assert days() == [("ada", date(2026, 3, 9)), ("ada", date(2026, 3, 10))]


def test_the_day_is_that_of_the_brands_calendar(as_ada):
    with time_machine.travel(datetime(2026, 3, 9, 17, tzinfo=UTC)):
        as_ada.get("/me/")
    assert days() == [("ada", date(2026, 3, 10))]
    assert attending.day_of(attending.end_of(date(2026, 3, 10))) == date(2026, 3, 10)


def test_the_second_page_of_a_day_asks_nothing(as_ada):
    as_ada.get("/me/")
    with CaptureQueriesContext(connection) as asked:
        as_ada.get("/me/")
    assert not [query for query in asked if "activeday" in query["sql"]]
    assert not [query for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_another_device_of_the_same_day_adds_nothing_and_tells_nobody(ada, client):
    told = []
    signals.here.connect(lambda **said: told.append(said["member"]), weak=False, dispatch_uid="test")
    try:
        for _ in range(2):
            client.cookies.clear()
            client.force_login(ada)
            client.get("/me/")
    finally:
        signals.here.disconnect(dispatch_uid="test")
    assert (len(days()), told) == (1, [ada])


def test_strangers_are_not_counted_and_their_pages_stay_for_everyone(stranger):
    for path in ("/", "/forum/", "/join/"):
        stranger.get(path)
    assert days() == []
    assert not stranger.cookies.get("sessionid")


def test_whoever_leaves_on_a_day_was_here_on_it(as_ada):
    as_ada.post("/me/", {"name": "Ada", "handle": "ada", "locale": "en", "time_zone": "Asia/Taipei"})
    as_ada.post("/leave/")
    assert len(days()) == 1
