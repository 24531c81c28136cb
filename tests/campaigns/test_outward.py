"""Conversions out: told to the letter, only of whom it may be, once, and whatever the other side does."""

import hashlib
import io
import json
import logging
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from accounts import consenting
from accounts.models import Purpose
from community.campaigns import converting, linking, moments
from community.campaigns.models import Attempt, Claim, Click, Conversion, Delivery
from community.campaigns.outward import deciding, hearing, normalising, telling
from community.campaigns.outward.meta import Meta
from community.campaigns.outward.services import Event
from community.commons.ids import uuid7
from tests import cast
from tests.campaigns import agents, servers
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db
TOKEN, SECRET = "EAAtesttoken0123456789abcdef", "ga4-secret-xyz-123"
State = Delivery.State


@pytest.fixture
def meta(settings):
    with servers.Server(servers.meta(TOKEN)) as server:
        settings.META_BASE_URL, settings.META_PIXEL_ID, settings.META_ACCESS_TOKEN = server.url, "1234567890", TOKEN
        settings.META_API_VERSION, settings.FETCH_PRIVATE = "v25.0", True
        yield server


@pytest.fixture
def google(settings):
    with servers.Server(servers.google(SECRET)) as server:
        settings.GA4_BASE_URL, settings.GA4_MEASUREMENT_ID, settings.GA4_API_SECRET = server.url, "G-TEST123", SECRET
        settings.FETCH_PRIVATE, settings.GA4_TEST = True, True
        yield server


@pytest.fixture
def grace(db):
    """A member who proved her address and agreed."""
    return agreed(cast.member("grace"))


def agreed(member):
    consenting.choose(member=member, purposes=[Purpose.ADS])
    return member


def clicked(member, *, fbclid="IwAR0_Case-Kept", ago=timedelta(hours=1), **fields):
    link = linking.make_link(campaign=make_campaign(), channel="facebook_ads", label="廣告", destination="/forum/")
    visitor, at = uuid7(), now() - ago
    Claim.objects.create(visitor=visitor, member=member)
    return Click.objects.create(
        id=moments.id_at(at),
        at=at,
        link=link,
        visitor=visitor,
        agent="human",
        agent_said=agents.FACEBOOK,
        fbclid=fbclid,
        **fields,
    )


def step(member, kind="day30", *, ago=timedelta(minutes=5), **fields):
    row, _made = converting.record(member=member, kind=kind, at=now() - ago, **fields)
    return row


def told(member, kind="day30", **fields) -> Delivery:
    row, *_ = telling.queue(conversion=step(member, kind, **fields))
    return row


def sent(row) -> Delivery:
    Delivery.objects.with_id(row.pk).update(not_before=now(), claimed_until=None)
    telling.send_waiting(row.service)
    return Delivery.objects.get(pk=row.pk)


# --- spelled in the one exact way


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("0912-345-678", "886912345678"),
        ("0912345678", "886912345678"),
        ("+886 912 345 678", "886912345678"),
        ("+8860912345678", "886912345678"),
        ("886912345678", "886912345678"),
        ("00886912345678", "886912345678"),
        ("０９１２－３４５－６７８", "886912345678"),
        ("(02) 2345-6789", "886223456789"),
        ("+1 650 253 0000", "16502530000"),
        ("", ""),
        ("12", ""),
        ("not a phone", ""),
        ("0" * 40, ""),
    ],
)
def test_phone_numbers_of_taiwan_get_their_country(said, normal):
    assert normalising.phone(said) == normal


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        (" Ada@Example.COM ", "ada@example.com"),
        ("ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ada@example.com"),
        ("ada", ""),
        ("a b@example.com", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_addresses_are_spelled_as_they_are_matched(said, normal):
    assert normalising.email(said) == normal


def test_a_hash_is_the_one_that_everybody_else_computes():
    assert normalising.hashed(normalising.email("Ada@Example.com")) == hashlib.sha256(b"ada@example.com").hexdigest()
    assert normalising.hashed("") == ""


def test_facebooks_click_keeps_its_case_and_its_own_moment():
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert normalising.fbc("IwAR_aB-c", at, at + timedelta(days=3)) == "fb.1.1793534400000.IwAR_aB-c"
    assert normalising.fbc("IwAR_aB-c", at, at + timedelta(days=91)) == ""
    assert normalising.fbc("a b", at, at) == ""
    assert normalising.fbc("", at, at) == ""


@pytest.mark.parametrize(
    ("said", "good"),
    [
        ("fb.1.1793534400000.IwAR_aB-c", True),
        ("fb.1.1793534400000.IwAR_aB-c.Bg", True),
        ("fb.1.1793534400000.IwAR_aB-c.AQICAQEC", True),
        ("fb.1.1793534400000.IwAR_aB-c.AQI", False),
        ("fb.1.1793534400000.a.bb.cc", False),
        ("fb.1.xx.abc", False),
        ("", False),
    ],
)
def test_facebooks_click_has_four_parts_or_five(said, good):
    assert normalising.is_fbc(said) is good
    moment = datetime(2026, 11, 2, tzinfo=UTC)
    assert normalising.kept_fbc(said, moment) == (said if good else "")
    assert normalising.kept_fbc(said, moment + timedelta(days=120)) == ""


def test_a_member_is_known_outside_by_nothing_they_are_known_by_here():
    assert normalising.external_id(7) == normalising.external_id(7)
    assert normalising.external_id(7) != normalising.hashed("7")


# --- what is told


def test_a_step_that_a_worker_found_is_told_to_the_letter(meta, grace):
    clicked(grace)
    row = sent(told(grace, "day30"))
    assert row.state == State.SENT
    (path, body), *_ = meta.asked
    assert path == "/v25.0/1234567890/events"
    (event,) = body["data"]
    assert event["event_name"] == "ActiveMember"
    assert event["event_id"] == str(row.pk)
    assert event["action_source"] == "system_generated"
    assert "client_user_agent" not in event["user_data"]
    assert event["event_time"] == int(row.at.timestamp())
    assert event["user_data"]["em"] == [normalising.hashed("grace@cast.example")]
    assert "test_event_code" not in body


def test_what_happened_in_a_browser_is_told_with_page_and_browser(meta, grace):
    click = clicked(grace)
    sent(told(grace, "verified", ago=timedelta(minutes=1)))
    event = meta.asked[0][1]["data"][0]
    assert event["action_source"] == "website"
    assert event["event_source_url"] == "http://testserver/forum/"
    assert event["user_data"]["client_user_agent"] == agents.FACEBOOK
    assert event["user_data"]["fbc"] == f"fb.1.{int(click.at.timestamp() * 1000)}.IwAR0_Case-Kept"


def test_without_a_browser_nothing_is_made_up(meta, grace):
    row = sent(told(grace, "verified"))
    event = meta.asked[0][1]["data"][0]
    assert event["action_source"] == "system_generated"
    assert "fbc" not in event["user_data"]
    assert row.state == State.SENT


def test_an_old_click_of_facebook_is_left_out(meta, grace):
    clicked(grace, ago=timedelta(days=92))
    sent(told(grace))
    assert "fbc" not in meta.asked[0][1]["data"][0]["user_data"]


def test_revenue_is_told_in_its_own_currency(meta, grace):
    sent(told(grace, "revenue", ref="order-1", amount=Decimal("1280.50"), currency="TWD"))
    assert meta.asked[0][1]["data"][0]["custom_data"] == {"value": 1280.5, "currency": "TWD", "order_id": "order-1"}


def test_a_test_is_marked_as_one(meta, grace, settings):
    settings.META_TEST_EVENT_CODE = "TEST123"
    row = sent(told(grace))
    assert meta.asked[0][1]["test_event_code"] == "TEST123"
    assert row.is_test


def test_a_telephone_number_is_told_as_a_hash_when_somebody_brings_one():
    event = Event("1", "Purchase", "revenue", now(), 1, email="a@b.tw", phone="0912-345-678", value="1", currency="TWD")
    assert Meta().payload(event)["user_data"]["ph"] == [normalising.hashed("886912345678")]


# --- of whom


def test_leave_is_asked_for_when_it_is_sent_and_not_before(meta, grace):
    row = told(grace)
    consenting.choose(member=grace, purposes=[])
    row = sent(row)
    assert (row.state, row.reason, row.payload) == (State.NOT_ALLOWED, "withdrawn", None)
    assert meta.asked == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_minor": True}, "minor"),
        ({"is_active": False}, "left"),
        ({"proven_at": None}, "unproven"),
    ],
)
def test_who_must_not_be_told_of_never_is(meta, grace, change, reason):
    row = told(grace)
    for name, value in change.items():
        setattr(grace, name, value)
    grace.save()
    row = sent(row)
    assert (row.state, row.reason) == (State.NOT_ALLOWED, reason)
    assert meta.asked == []


def test_who_never_agreed_is_never_told_of(meta, ben):
    row = sent(told(ben))
    assert (row.state, row.reason) == (State.NOT_ALLOWED, "no_consent")
    assert meta.asked == []


def test_money_that_went_back_is_not_told(meta, grace):
    row = sent(told(grace, "revenue", ref="r", amount=Decimal("-5"), currency="TWD"))
    assert (row.state, row.reason) == (State.NOT_ALLOWED, "refund")


def test_the_consent_that_stood_is_kept_beside_what_was_sent(meta, grace):
    row = sent(told(grace))
    assert row.consent["purpose"] == "ads"
    assert row.consent["version"] == consenting.VERSION


def test_what_was_switched_off_meanwhile_stays_here(meta, grace):
    row = told(grace)
    deciding.decide(service="meta", kind="day30", is_on=False, name="ActiveMember")
    assert sent(row).reason == "off"


def test_a_step_that_nobody_wants_to_hear_of_makes_no_row(meta, grace):
    assert telling.queue(conversion=step(grace, "week2")) == []


def test_nothing_is_made_while_no_service_is_set_up(grace):
    assert telling.queue(conversion=step(grace)) == []
    assert telling.send_waiting("meta") == 0


def test_nothing_older_than_the_service_takes_is_ever_sent(meta, google, grace):
    week, three = told(grace, "day30", ago=timedelta(days=8)), told(grace, "climbed", ref="1", ago=timedelta(days=8))
    for row in Delivery.objects.all():
        assert sent(row).state == State.TOO_OLD
    assert {week.service, three.service} == {"meta"}
    assert meta.asked == google.asked == []


def test_a_step_is_told_once_however_often_it_is_queued(meta, grace):
    conversion = step(grace)
    telling.queue(conversion=conversion)
    telling.queue(conversion=conversion)
    assert Delivery.objects.count() == 1


def test_a_step_that_was_taken_back_and_taken_again_is_told_once(meta, grace):
    telling.queue(conversion=step(grace))
    Conversion.objects.all().delete()
    telling.queue(conversion=step(grace))
    assert Delivery.objects.count() == 1


# --- whatever the other side does


WAITS = [
    (servers.slow, "lost"),
    (servers.dripping, "lost"),
    (servers.reset, "lost"),
    (servers.half_a_body, "lost"),
    (servers.not_json, "unreadable"),
    ((500, {}), "trouble"),
    ((503, {"error": {"message": "try later", "code": 2}}), "busy"),
    ((429, {}), "busy"),
    (servers.error(4, message="(#4) Application request limit reached"), "busy"),
    (servers.error(80004, 2446079), "busy"),
    (servers.error(2, is_transient=True, status=400), "busy"),
    ((200, {"events_received": 0, "messages": ["?"]}), "fewer"),
]


@pytest.mark.parametrize(("way", "reason"), WAITS)
def test_what_may_be_tried_again_waits_and_arrives_under_the_same_identifier(meta, grace, way, reason):
    row = told(grace)
    meta.next(way)
    row = sent(row)
    assert (row.state, row.reason, row.tries) == (State.WAITING, reason, 1)
    assert row.not_before > now() + timedelta(seconds=20)
    assert telling.send_waiting("meta") == 0  # not before its time
    row = sent(row)
    assert row.state == State.SENT
    assert {body["data"][0]["event_id"] for _path, body in meta.asked} == {str(row.pk)}
    assert row.attempts.count() == 2


REFUSALS = [
    (
        servers.error(190, 463, message=f"Error validating access token {TOKEN}: Session has expired"),
        State.REJECTED,
        "token",
    ),
    (servers.error(10, status=403), State.REJECTED, "token"),
    (servers.error(200, message="(#200) Requires ads_management"), State.REJECTED, "token"),
    (servers.error(100, 33), State.REJECTED, "token"),
    (servers.error(100, 2804003), State.TOO_OLD, "too_old"),
    (servers.error(100, 2804050), State.REJECTED, "event"),
    ((401, {}), State.REJECTED, "token"),
    ((404, {"error": "not a dictionary"}), State.REJECTED, "config"),
    ((418, {"error": {"code": "x", "message": 7}}), State.REJECTED, "event"),
    (servers.elsewhere, State.REJECTED, "redirect"),
]


@pytest.mark.parametrize(("way", "state", "reason"), REFUSALS)
def test_what_may_not_be_tried_again_is_not(meta, grace, way, state, reason):
    row = told(grace)
    meta.next(way)
    row = sent(row)
    assert (row.state, row.reason) == (state, reason)
    sent(row)
    assert len(meta.asked) == 1
    assert meta.followed == []


def test_an_endless_answer_is_not_read_to_its_end(meta, grace):
    meta.next(servers.huge)
    assert sent(told(grace)).state == State.SENT  # it said 200, and that is enough


def test_a_service_that_is_not_there_is_tried_later(settings, meta, grace):
    settings.META_BASE_URL = "http://127.0.0.1:9"
    assert (sent(told(grace)).state, sent(Delivery.objects.get()).reason) == (State.WAITING, "lost")


def test_after_many_tries_it_is_left_to_a_person(meta, grace):
    row = told(grace)
    for _turn in range(telling.MOST_TRIES):
        meta.next((500, {}))
        row = sent(row)
    assert (row.state, row.reason) == (State.GIVEN_UP, "tired")
    assert telling.replay(delivery=row)
    assert sent(row).state == State.SENT


def test_retry_after_is_kept_to(meta, grace):
    meta.next(lambda handler: handler.answer(429, {}, {"Retry-After": "900"}))
    row = sent(told(grace))
    assert row.not_before > now() + timedelta(seconds=880)


def many(count):
    return [told(agreed(cast.member(f"m{number}"))) for number in range(count)]


def test_one_bad_event_does_not_sink_the_rest(meta, monkeypatch):
    rows = many(9)
    bad = rows[6].pk
    whole = Meta.payload

    def payload(self, event):
        told = whole(self, event)
        if event.id == str(bad):
            told["user_data"] = {"em": ["not a hash"]}
        return told

    monkeypatch.setattr(Meta, "payload", payload)
    telling.send_waiting("meta")
    states = {row.pk: row.state for row in Delivery.objects.all()}
    assert states.pop(bad) == State.REJECTED
    assert set(states.values()) == {State.SENT}
    assert 3 <= len(meta.asked) <= 9


def test_an_event_that_the_answer_names_is_taken_out_at_once(meta):
    rows = many(5)
    meta.next(servers.error(100, message="(#100) Invalid parameter data[3][user_data]"))
    telling.send_waiting("meta")
    assert [len(body["data"]) for _path, body in meta.asked] == [5, 4, 1]
    assert meta.asked[2][1]["data"][0]["event_id"] == str(rows[3].pk)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_refused_token_is_not_asked_about_a_thousand_times(meta, settings):
    many(6)
    settings.META_ACCESS_TOKEN = "EAAwrongtoken99999999999999"
    telling.send_waiting("meta")
    assert len(meta.asked) == 1
    assert set(Delivery.objects.values_list("reason", flat=True)) == {"token"}
    settings.META_ACCESS_TOKEN = TOKEN
    assert telling.replay_all(service="meta", reason="token") == 6
    telling.send_waiting("meta")
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_request_has_no_end_of_bad_events(meta, monkeypatch):
    many(12)
    monkeypatch.setattr("community.campaigns.outward.meta.MOST_REQUESTS", 3)
    meta.next(*[servers.error(100, 2804050)] * 20)
    telling.send_waiting("meta")
    assert len(meta.asked) == 3
    waiting = Delivery.objects.chosen(state=State.WAITING)
    assert waiting.count() > 0
    assert {row.tries for row in waiting} == {0}


def test_two_workers_never_send_the_same_event(meta, grace):
    told(grace)
    first = Delivery.objects.claim("meta", 10)
    assert len(first) == 1
    assert Delivery.objects.claim("meta", 10) == []


def test_a_worker_that_died_lets_go(meta, grace):
    row = told(grace)
    Delivery.objects.claim("meta", 10)
    Delivery.objects.with_id(row.pk).update(claimed_until=now() - timedelta(seconds=1))
    assert len(Delivery.objects.claim("meta", 10)) == 1


def test_the_sweep_finds_a_step_whose_row_was_lost(meta, grace):
    step(grace)
    assert telling.sweep() == ["meta"]
    assert Delivery.objects.count() == 1
    telling.sweep()
    assert Delivery.objects.count() == 1


def test_the_sweep_tells_nothing_of_before_a_step_was_switched_on(meta, grace):
    step(grace, "week2", ago=timedelta(hours=3))
    deciding.decide(service="meta", kind="week2", is_on=True, name="BackInWeekTwo")
    telling.sweep()
    assert not Delivery.objects.exists()


def test_a_step_is_heard_of_when_it_is_taken(meta, grace):
    conversion = step(grace)
    hearing.on_converted(Conversion, conversion_id=conversion.pk, kind="day30")
    hearing.on_converted(Conversion, conversion_id=0, kind="day30")
    assert Delivery.objects.count() == 1


def test_old_payloads_are_let_go(meta, grace):
    row = sent(told(grace))
    Delivery.objects.with_id(row.pk).update(made_at=now() - timedelta(days=91))
    telling.sweep()
    row.refresh_from_db()
    assert row.payload is None


# --- no token anywhere


def test_no_token_is_ever_written_down(meta, google, grace, as_mark, monkeypatch):
    """Meta's own messages repeat the token that they were asked with."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    rows = list(telling.queue(conversion=step(grace)))
    echo = f"Invalid token {TOKEN} at /?access_token={TOKEN}&api_secret={SECRET} EAABsbCS1iHgBAJZCZC1"
    for turn in range(3):
        meta.next(
            [servers.error(190, message=echo), servers.error(100, message=echo), (500, {"error": {"message": echo}})][
                turn
            ]
        )
        google.next([(500, {"x": echo}), servers.reset, (200, {"validationMessages": [{"description": echo}]})][turn])
        for row in rows:
            telling.replay(delivery=row)
            sent(row)
    logging.getLogger().removeHandler(handler)
    pages = [as_mark.get("/desk/outward/"), *(as_mark.get(f"/desk/outward/{row.pk}/") for row in rows)]
    pages += [as_mark.get(f"/desk/outward/told/{service}/") for service in ("meta", "ga4")]
    written = log.getvalue() + "".join(page.content.decode() for page in pages)
    written += json.dumps([list(Delivery.objects.values()), list(Attempt.objects.values())], default=str)
    assert Attempt.objects.count() >= 6
    for secret in (TOKEN, SECRET, "EAABsbCS1iHgBAJZCZC1"):
        assert secret not in written


def test_an_exception_in_the_client_says_no_token(meta, grace, monkeypatch):
    from community.commons import fetching

    def broken(*_args, **_named):
        raise fetching.Unreachable("broken")

    monkeypatch.setattr(fetching, "fetch", broken)
    row = sent(told(grace))
    assert row.reason == "lost"


# --- Google


def test_google_is_told_within_its_limits(google, grace):
    clicked(grace)
    row = sent(told(grace, "climbed", ref="3"))
    assert row.state == State.SENT
    path, body = google.asked[0]
    assert path.startswith("/debug/mp/collect?")
    assert body["events"][0]["name"] == "level_up"
    assert body["consent"] == {"ad_user_data": "GRANTED", "ad_personalization": "GRANTED"}
    assert "grace" not in json.dumps(body)


def test_google_hears_events_of_one_person_together(google, grace):
    told(grace, "climbed", ref="3")
    told(grace, "day30")
    told(agreed(cast.member("hugo")))
    telling.send_waiting("ga4")
    assert sorted(len(body["events"]) for _path, body in google.asked) == [1, 2]


def test_google_says_in_a_test_what_it_would_have_swallowed(google, grace):
    row = told(grace)
    google.next((200, {"validationMessages": [{"description": "Event name is reserved"}]}))
    row = sent(row)
    assert (row.state, row.reason) == (State.REJECTED, "event")
    assert "reserved" in row.attempts.get().answer["words"]


def test_google_is_not_told_twice_what_may_have_arrived(google, grace, settings):
    settings.GA4_TEST = False
    row = told(grace)
    google.next(servers.reset)
    assert (sent(row).state, sent(row).reason) == (State.GIVEN_UP, "maybe")
    purchase = told(grace, "revenue", ref="o1", amount=Decimal(5), currency="TWD")
    google.next(servers.reset)
    assert sent(purchase).state == State.WAITING  # it has a number of its own
    assert sent(purchase).state == State.SENT
    assert google.asked[-1][0].startswith("/mp/collect?")
