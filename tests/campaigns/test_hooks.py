"""Webhooks: written down first, signed, sent until it is taken, and never led astray by what comes back."""

import base64
import hmac
import json
import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now
from django.utils.translation import override

from community.campaigns import agents, clicks, converting, linking, moments, replaying, spool, tasks
from community.campaigns.hooks import keeping, sending, telling
from community.campaigns.models import Click, Dispatch, DispatchTry, Endpoint
from community.notices.models import Letter, Ring
from tests.commons.test_fetching import Site

pytestmark = pytest.mark.django_db
TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"


def says(status, body=b"", extra=b""):
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n%s\r\n%s" % (status, len(body), extra, body)


@pytest.fixture(autouse=True)
def _inside(settings):
    settings.FETCH_PRIVATE = True


@pytest.fixture
def their_site():
    made = []

    def make(*answers):
        made.append(Site(*answers))
        return made[-1]

    yield make
    for site in made:
        site.listener.close()


@pytest.fixture
def endpoint(mark):
    def make(site, *kinds):
        kinds = kinds or ("joined", "click")
        return keeping.register(owner=mark, url=site.url + "hook", kinds=kinds, label="報名表")

    return make


@pytest.fixture
def link(mark):
    campaign = linking.open_campaign(by=mark, name="春日", key="spring")
    return linking.make_link(campaign=campaign, channel="plurk", label="p", destination="/forum/", code="purl")


def click(link, *, ago=60, agent="human", **fields):
    moment = now() - timedelta(seconds=ago)
    return Click.objects.create(id=moments.id_at(moment), at=moment, link=link, agent=agent, **fields)


def retried(dispatch):
    """As if its pause were over."""
    Dispatch.objects.with_id(dispatch.pk).update(not_before=now())
    Endpoint.objects.update(rests_until=None)
    return sending.send(dispatch.pk)


def test_a_message_is_signed_so_that_the_receiver_can_check_it(their_site, endpoint):
    site = their_site(TAKEN)
    to = endpoint(site)
    assert sending.send(telling.tell_test(endpoint=to).pk)
    head, body = site.asked[0]
    told = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in head.split("\r\n")[1:]}
    assert head.startswith("POST /hook ")
    assert told["content-type"] == "application/json"
    assert abs(int(told["webhook-timestamp"]) - time.time()) < 60
    secret = base64.b64decode(to.secret.removeprefix("whsec_"))
    signed = f"{told['webhook-id']}.{told['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()
    assert told["webhook-signature"] == f"v1,{expected}"
    payload = json.loads(body)
    assert (payload["type"], payload["version"]) == ("test", 1)
    dispatch = Dispatch.objects.get()
    assert dispatch.state == "sent"
    assert dispatch.log.get().status == 204


def test_what_was_taken_is_not_sent_again(their_site, endpoint):
    site = their_site(TAKEN)
    dispatch = telling.tell_test(endpoint=endpoint(site))
    assert sending.send(dispatch.pk)
    assert not sending.send(dispatch.pk)
    assert len(site.asked) == 1


def test_the_table_holds_no_secret(their_site, endpoint):
    to = endpoint(their_site(TAKEN))
    row = Endpoint.objects.values().get()
    kept = b" ".join(bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))
    assert base64.b64decode(to.secret.removeprefix("whsec_")) not in kept


def test_a_new_secret_and_the_old_one_both_hold_for_a_day(their_site, endpoint):
    site = their_site(TAKEN)
    to = endpoint(site)
    old = to.secret
    new = keeping.renew_secret(endpoint=to)
    assert new != old
    sending.send(telling.tell_test(endpoint=to).pk)
    assert site.asked[0][0].count("v1,") == 2
    Endpoint.objects.update(old_until=now())
    sending.send(telling.tell_test(endpoint=to).pk)
    assert site.asked[1][0].count("v1,") == 1


def test_steps_of_members_are_told_once_and_nothing_personal_with_them(
    their_site, endpoint, ada, django_capture_on_commit_callbacks
):
    to = endpoint(their_site(TAKEN), "revenue", "climbed")
    with django_capture_on_commit_callbacks(execute=True):
        row, _ = converting.record(
            member=ada, kind="revenue", at=now(), ref="order-1", amount=Decimal("880.00"), currency="TWD"
        )
        converting.record(member=ada, kind="week2", at=now())
    telling.tell_conversion(conversion=row)
    dispatch = Dispatch.objects.get()
    assert dispatch.endpoint == to
    told = json.dumps(dispatch.payload)
    assert dispatch.payload["data"]["member"] == {"id": ada.pk, "handle": "ada", "tier": 3}
    assert dispatch.payload["data"]["amount"] == "880.00"
    assert ada.email not in told
    assert '"name"' not in told


def test_clicks_are_told_together_by_key_and_only_those_of_people(their_site, endpoint, link):
    to = endpoint(their_site(TAKEN), "click")
    Endpoint.objects.update(clicks_until=moments.floor(now() - timedelta(hours=1)))
    those = [click(link, ago=100 - n, app="line", visitor=None) for n in range(5)]
    click(link, ago=50, agent="preview")
    fresh = click(link, ago=1)
    assert telling.tell_clicks() == 1
    assert telling.tell_clicks() == 0
    dispatch = Dispatch.objects.get()
    told = dispatch.payload["data"]["clicks"]
    assert [each["id"] for each in told] == [str(each.pk) for each in those]
    assert told[0]["link"] == {"id": link.pk, "code": "purl", "channel": "plurk"}
    assert not {"visitor", "address", "network", "query", "fbclid", "agent_said"} & set(told[0])
    to.refresh_from_db()
    assert to.clicks_until == those[-1].pk
    Click.objects.filter(pk=fresh.pk).delete()


def test_many_clicks_are_many_messages(their_site, endpoint, link, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    endpoint(their_site(TAKEN), "click")
    Endpoint.objects.update(clicks_until=moments.floor(now() - timedelta(hours=1)))
    for n in range(5):
        click(link, ago=100 - n)
    assert telling.tell_clicks() == 3
    assert sum(len(each.payload["data"]["clicks"]) for each in Dispatch.objects.all()) == 5


def test_clicks_out_of_the_spool_are_told_late_but_once(their_site, endpoint, link, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    to, deaf = endpoint(their_site(TAKEN), "click"), endpoint(their_site(TAKEN), "joined")
    hour_ago = moments.floor(now() - timedelta(hours=1))
    Endpoint.objects.update(clicks_since=hour_ago, clicks_until=hour_ago)
    in_time = click(link, ago=60)
    assert telling.tell_clicks() == 1
    late, before, later = (moments.id_at(now() - timedelta(seconds=ago)) for ago in (120, 7200, 40))
    bot = moments.id_at(now() - timedelta(seconds=110))

    def spooled():
        agents_of = {bot: "preview"}
        kept = spool.Spool()
        kept.write([spool_line(link, pk, agents_of.get(pk, "human")) for pk in (later, late, before, bot, in_time.pk)])
        kept.close()
        return replaying.replay()

    assert spooled() == 4
    assert spooled() == 0  # a file that is replayed twice says nothing new
    assert telling.tell_clicks() == 1
    assert telling.tell_clicks() == 0
    told = [[each["id"] for each in row.payload["data"]["clicks"]] for row in Dispatch.objects.of(to).order_by("pk")]
    assert told == [[str(in_time.pk)], [str(late)], [str(later)]]  # and not what came before it was asked for
    assert not Dispatch.objects.of(deaf).exists()
    assert {row.about for row in Dispatch.objects.telling_click(to, late)} == {f"late:{late}", f"clicks:{in_time.pk}"}


def spool_line(link, pk, kind):
    told = {"language": "zh", "referrer": "", "address": "\\N", "agent_said": "x", "visitor": None, "query": b""}
    agent = agents.Agent(kind, "line", "ios", "phone")
    return clicks.line(id=pk, at=moments.moment_of(pk).timestamp(), link=link.pk, kind=kind, agent=agent, **told)


def test_an_endpoint_hears_only_what_it_asked_for_and_from_when_it_asked(their_site, endpoint, link, ada):
    endpoint(their_site(TAKEN), "joined")
    click(link)
    assert telling.tell_clicks() == 0
    quiet = endpoint(their_site(TAKEN), "click")
    assert telling.tell_clicks() == 0  # that click was before it asked
    keeping.stop(endpoint=quiet)
    assert list(Endpoint.objects.hearing("click")) == []


@pytest.mark.parametrize(
    ("answer", "status", "why"),
    [
        (says(500, b"oops"), 500, ""), (says(404), 404, ""), (says(302, b"", b"Location: /x\r\n"), 302, ""),
        (says(999), 999, ""), (b"nonsense", None, "broken"), (b"", None, "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", None, "broken"),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_tried_again_later(answer, status, why, their_site, endpoint):
    dispatch = telling.tell_test(endpoint=endpoint(their_site(answer, TAKEN)))
    assert not sending.send(dispatch.pk)
    dispatch.refresh_from_db()
    attempt = DispatchTry.objects.get()
    assert (dispatch.state, attempt.status, attempt.why) == ("waiting", status, why)
    assert dispatch.not_before > now()
    assert not sending.send(dispatch.pk)  # not before its pause is over
    assert retried(dispatch)
    assert [each.status for each in DispatchTry.objects.all()] == [status, 204]
    assert Endpoint.objects.get().failing_since is None


def test_pauses_grow_and_end(their_site, endpoint):
    dispatch = telling.tell_test(endpoint=endpoint(their_site(says(500))))
    pauses = []
    for _ in range(len(sending.PAUSES) + 1):
        start = now()
        retried(dispatch)
        dispatch.refresh_from_db()
        pauses.append(dispatch.not_before - start)
    assert pauses[:-1] == sorted(pauses[:-1])
    assert dispatch.state == "given_up"
    assert dispatch.log.count() == len(sending.PAUSES) + 1


def test_a_huge_forged_or_slow_answer_is_harmless(their_site, endpoint, monkeypatch):
    def endless(caller):
        caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n<script>\x00\x1b[31m")
        while True:
            caller.sendall(b"x" * 65536)

    def silent(caller):
        time.sleep(5)

    monkeypatch.setattr(sending, "TIMEOUT", 1.0)
    assert sending.send(telling.tell_test(endpoint=endpoint(their_site(endless))).pk)
    kept = DispatchTry.objects.get().words
    assert len(kept) == 500
    assert "\x00" not in kept
    assert "\x1b" not in kept
    DispatchTry.objects.all().delete()
    start = time.monotonic()
    assert not sending.send(telling.tell_test(endpoint=endpoint(their_site(silent))).pk)
    assert time.monotonic() - start < 3
    assert DispatchTry.objects.get().why == "late"


def test_a_message_never_goes_inside(endpoint, settings, their_site):
    settings.FETCH_PRIVATE = False
    site = their_site(TAKEN)
    to = endpoint(site)
    Endpoint.objects.update(url="http://127.0.0.1/hook")
    to.refresh_from_db()
    assert not sending.send(telling.tell_test(endpoint=to).pk)
    assert DispatchTry.objects.get().why == "inside"
    assert site.asked == []


def test_an_endpoint_that_failed_for_days_is_switched_off_and_its_owner_told(their_site, endpoint, mark, settings):
    settings.EMAIL_BACKEND = "community.notices.outbox.OutboxBackend"
    to = endpoint(their_site(says(500)))
    dispatch = telling.tell_test(endpoint=to)
    sending.send(dispatch.pk)
    to.refresh_from_db()
    assert to.state == "failing"
    Endpoint.objects.update(failing_since=now() - sending.STOP_AFTER - timedelta(minutes=1))
    retried(dispatch)
    to.refresh_from_db()
    assert to.state == "failed"
    ring = Ring.objects.get(member=mark)
    with override("en"):
        assert str(ring) == "The webhook “報名表” failed for days and was switched off."
    assert ring.url == to.get_absolute_url()
    assert Letter.objects.count() == 1
    assert not retried(dispatch)  # nothing goes out any more
    keeping.start(endpoint=to)
    assert to.state == "running"
    assert Dispatch.objects.due().count() == 1


def test_one_that_says_it_is_gone_is_believed_at_once(their_site, endpoint):
    to = endpoint(their_site(says(410)))
    sending.send(telling.tell_test(endpoint=to).pk)
    to.refresh_from_db()
    assert to.state == "failed"


def test_one_that_is_down_does_not_hold_up_the_others(their_site, endpoint):
    down, up = endpoint(their_site(says(500))), endpoint(their_site(TAKEN))
    first, second = telling.tell_test(endpoint=down), telling.tell_test(endpoint=down)
    sending.send(first.pk)
    assert not sending.send(second.pk)
    assert DispatchTry.objects.filter(dispatch=second).count() == 0  # it rests
    assert sending.send(telling.tell_test(endpoint=up).pk)


def test_what_is_over_can_be_sent_again_under_its_own_name(their_site, endpoint):
    site = their_site(TAKEN)
    to = endpoint(site)
    dispatches = [telling.tell_test(endpoint=to) for _ in range(3)]
    for dispatch in dispatches[:2]:
        sending.send(dispatch.pk)
    assert telling.send_again(dispatches=Dispatch.objects.of(to).with_id(dispatches[0].pk)) == 1
    assert telling.send_again(dispatches=Dispatch.objects.of(to).made_in(now() - timedelta(hours=1), now())) == 1
    assert sending.send(dispatches[0].pk)
    names = [line for head, _ in site.asked for line in head.split("\r\n") if line.lower().startswith("webhook-id")]
    assert names[0] == names[2]


def test_the_sweep_finds_what_was_lost_and_lets_go_of_the_old(their_site, endpoint, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.send_dispatch, "delay", lambda pk: sent.append(pk))
    dispatch = telling.tell_test(endpoint=endpoint(their_site(TAKEN)))
    tasks.sweep_dispatches()
    assert sent == [str(dispatch.pk)]
    Dispatch.objects.with_id(dispatch.pk).update(made_at=now() - timedelta(days=31), state="sent")
    tasks.sweep_dispatches()
    assert not Dispatch.objects.exists()


def test_only_one_worker_takes_a_message(their_site, endpoint):
    dispatch = telling.tell_test(endpoint=endpoint(their_site(TAKEN)))
    assert Dispatch.objects.claim(dispatch.pk)
    assert not Dispatch.objects.claim(dispatch.pk)
    Dispatch.objects.with_id(dispatch.pk).update(claimed_until=now() - timedelta(seconds=1))
    assert Dispatch.objects.claim(dispatch.pk)  # the worker that had it died
