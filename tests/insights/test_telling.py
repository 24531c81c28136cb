"""What goes out of the window: shared pages, the wire, alarms and the week's letter."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.http import QueryDict
from django.utils.timezone import now

from community.campaigns.models import Click, Step
from community.insights import alarming, days, filling, measuring, reporting, sharing, watching
from community.insights.lens import Lens
from community.insights.models import Alarm, AlarmTold, SharedPage, WeeklyLetter, Wish
from community.live import topics
from community.notices.models import Ring
from tests.insights.making import come, tap

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}


# --- steps at the door


def test_steps_count_under_the_app_in_which_the_link_was_tapped_with_their_time(links):
    at = days.start_of(days.today()) - timedelta(hours=20)
    visitor = tap(links[0], at=at, app="line", os="ios")
    click = Click.objects.get()
    for kind, seconds in (("painted", 2), ("join_opened", 12), ("join_opened", 15), ("joined", 72)):
        then = at + timedelta(seconds=seconds)
        Step.objects.create(
            id=_key(then), at=then, kind=kind, visitor=visitor, click=click.pk, link=links[0], app="", os="ios"
        )
    Step.objects.create(id=_key(at), at=at, kind="painted", visitor=None, source="plurk.com", app="", os="android")
    for _time in range(2):
        other, line = measuring.leaks(Lens())
        assert (line.app, line.os, line.steps) == ("line", "ios", [1, 1, 1, 0, 0, 1])
        assert line.seconds == [None, 2.0, 10.0, None, None, 57.0]
        assert (other.app, other.os, other.steps[:2]) == ("", "android", [1, 1])
        assert [(row.value, row.arrivals) for row in measuring.breakdown(Lens(), "source")] == [("plurk.com", 1)]
        filling.catch_up()


def _key(at):
    from community.campaigns import moments

    return moments.id_at(at)


# --- shared pages


@pytest.fixture
def shared(mark, links):
    come(links[0], "Kim")
    tap(links[1])
    return sharing.share(by=mark, name="給夥伴", lens=Lens().adding("channel", "plurk"), password="春日")


def test_a_shared_page_asks_for_its_password_and_is_kept_by_nobody(stranger, shared):
    address = shared.get_absolute_url()
    assert "春日" not in shared.password
    door = stranger.get(address, headers=EN)
    assert door.status_code == 200
    assert b"These results are locked" in door.content
    assert stranger.post(address, {"password": "夏日"}, headers=EN).status_code == 422
    assert stranger.post(address, {"password": "春日"}).status_code == 302
    page = stranger.get(address, headers=EN)
    assert 'data-figure="clicks" data-value="1"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "Kim" not in page.content.decode()


@pytest.mark.parametrize(
    "query", ["", "?channel=facebook_page", "?channel=plurk&channel=facebook_page", "?period=all&others=1&model=first"]
)
def test_no_address_widens_a_shared_page(stranger, shared, query):
    stranger.post(shared.get_absolute_url(), {"password": "春日"})
    page = stranger.get(shared.get_absolute_url() + query).content.decode()
    assert 'data-figure="clicks" data-value="1"' in page
    assert "貓咪拉花" not in page
    locked = Lens.of(QueryDict(query[1:])).locked_to(sharing.lens_of(shared))
    assert locked.dates == Lens().dates
    assert locked.chosen()["channel"] == ["plurk"]


def test_a_shared_page_can_be_narrowed_closed_and_ends(stranger, as_mark, shared):
    address = shared.get_absolute_url()
    stranger.post(address, {"password": "春日"})
    assert 'data-value="0"' in stranger.get(f"{address}?app=line").content.decode()
    SharedPage.objects.update(expires_at=now() - timedelta(seconds=1))
    assert stranger.get(address).status_code == 404
    SharedPage.objects.update(expires_at=None)
    as_mark.post(f"/desk/insights/shared/{shared.pk}/end/")
    assert stranger.get(address).status_code == 404
    assert stranger.get("/shared/nothing/").status_code == 404


def test_guessing_a_password_is_stopped(stranger, shared):
    answers = [stranger.post(shared.get_absolute_url(), {"password": str(n)}).status_code for n in range(22)]
    assert answers.count(429) == 2


def test_a_marketer_shares_the_look_at_hand(as_mark, as_ada, links):
    answer = as_mark.post(
        "/desk/insights/shared/?channel=plurk&period=7", {"name": "給夥伴", "password": "", "lasts": "30"}
    )
    assert answer.status_code == 302
    [page] = SharedPage.objects.all()
    assert (page.query, page.asks_password) == ("?period=7&channel=plurk", False)
    assert as_ada.post("/desk/insights/shared/", {"name": "x", "lasts": "30"}).status_code == 403


# --- right now


def test_the_wire_tells_marketers_alone_what_happens_now(ada, mark, edda, links):
    come(links[0], "Kim", at=now() - timedelta(minutes=5))
    topic, subject = topics.enter(watching.TOPIC, mark)
    frames = list(topic.since(subject, 0))
    assert [frame.n for frame in frames] == sorted(frame.n for frame in frames)
    assert {frame.kind for frame in frames} == {"now"}
    assert topic.number(subject) == frames[-1].n < 2**53
    assert "求救串" in frames[0].html
    assert not any("Kim" in frame.html for frame in frames)
    assert list(topic.since(subject, frames[-1].n)) == []
    for person in (AnonymousUser(), ada, edda):
        with pytest.raises(topics.Closed):
            topics.enter(watching.TOPIC, person)
    with pytest.raises(topics.Closed):
        topics.enter("window.then", mark)


def test_the_same_is_asked_for_over_http(as_mark, as_ada, stranger, links):
    tap(links[0], at=now() - timedelta(minutes=1))
    told = as_mark.get("/live/window.now/?since=0").json()
    assert len(told["frames"]) == 1
    assert told["frames"][0]["counts"] == {"came": 1, "joined": 0, "wrote": 0}
    assert as_ada.get("/live/window.now/?since=0").status_code == 404
    assert stranger.get("/live/window.now/?since=0").status_code == 404


# --- alarms


@pytest.mark.parametrize(
    ("seen", "before", "verdict"),
    [
        (100, [30, 30, 30, 30], "spike"),
        (59, [10, 10, 10, 10], "spike"),
        (35, [10, 10, 10, 10], None),  # less than the floor more
        (89, [30, 30, 30, 30], None),
        (8, [40, 30, 35, 30], "drop"),
        (10, [30, 30, 30, 30], None),
        (0, [20, 20, 20, 20], None),  # too little to miss
        (100, [30, 30], None),
    ],
)
def test_an_hour_is_judged_by_the_same_hours_of_four_weeks(seen, before, verdict):
    judged = alarming.judge(seen, before, 30)
    assert (judged.kind if judged else None) == verdict


@pytest.fixture
def spike(links):
    """Forty clicks in an hour that used to have one."""
    hour = days.hour_of(now()) - timedelta(hours=1)
    for weeks in range(1, 6):
        tap(links[0], at=hour - timedelta(weeks=weeks) + timedelta(minutes=3))
    for second in range(40):
        tap(links[0], at=hour + timedelta(seconds=second))
    return hour


def test_a_jump_rings_once_for_those_who_want_it(spike, mark, ada, root, django_capture_on_commit_callbacks):
    Wish.objects.create(member=mark, alarms_by_mail=True)
    Wish.objects.create(member=root, alarms_by_bell=False)
    assert [(alarm.kind, alarm.seen, alarm.usual) for alarm in alarming.look()] == [("spike", 40, 1)]
    assert alarming.look() == []
    assert list(Ring.objects.values_list("member__handle", "kind")) == [("mark", "results_clicks_spike")]


def test_nobody_is_told_more_than_twice_a_day(spike, mark):
    for number in range(3):
        alarm = Alarm.objects.create(
            hour=spike - timedelta(hours=number + 1), measure="clicks", kind="drop", seen=0, usual=50
        )
        alarming.tell(alarm)
    assert AlarmTold.objects.of(mark, days.today()).count() == 2


# --- the week's letter

MONDAY = datetime(2026, 3, 9, 0, 30, tzinfo=UTC)  # half past eight in Taipei


@pytest.mark.parametrize(
    ("zone", "hours", "sent"),
    [("Asia/Taipei", 0, 1), ("Asia/Taipei", -1, 0), ("Asia/Taipei", 4, 0), ("Europe/Berlin", 0, 0), ("nowhere", 0, 1)],
)
def test_the_letter_leaves_on_monday_morning_where_its_reader_lives(mark, links, zone, hours, sent):
    mark.time_zone = zone
    mark.save()
    Wish.objects.create(member=mark, weekly=True)
    assert reporting.send_due(MONDAY + timedelta(hours=hours)) == sent


def test_the_letter_is_written_once_in_its_readers_language(mark, ada, links):
    come(links[0], "Kim", at=MONDAY - timedelta(days=3))
    for person in (mark, ada):  # ada may not see results, whatever she wished
        Wish.objects.create(member=person, weekly=True)
    assert [reporting.send_due(MONDAY + timedelta(minutes=10 * turn)) for turn in range(3)] == [1, 0, 0]
    assert WeeklyLetter.objects.count() == 1
    context = reporting.letter_of(MONDAY.date() + timedelta(days=0))
    assert context["said"] == {"first": "3 月 2 日", "last": "3 月 8 日"}
    assert context["board"].figures["joined"].value == 1


def test_wishes_are_ones_own(as_mark, mark):
    as_mark.post("/desk/insights/wishes/", {"weekly": "on"})
    wish = Wish.objects.get()
    assert (wish.member, wish.weekly, wish.alarms_by_bell) == (mark, True, False)
    assert not mail.outbox
