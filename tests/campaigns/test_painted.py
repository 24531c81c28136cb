from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.timezone import now

from community.campaigns import linking
from community.campaigns.models import Step
from community.commons import visitors
from tests.campaigns import agents
from tests.campaigns.knocking import campaign
from tests.campaigns.test_steps import browser, tap

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def link(db):
    return linking.make_link(campaign=campaign(), channel="facebook", label="早安", destination="/")


def named(client):
    visitor, client.cookies[visitors.COOKIE] = visitors.issue()
    return visitor


def beacon(client, token="t-12345678", path="/articles/", referrer="", **headers):
    answer = client.post("/painted/", {"t": token, "p": path, "r": referrer}, headers=OURS | headers)
    assert answer.status_code == 204
    assert not answer.content
    assert not answer.cookies
    return answer


def test_the_script_is_smaller_than_a_kilobyte_and_on_every_page_alike(stranger, as_ada):
    with open(finders.find("js/painted.js"), "rb") as script:
        assert len(script.read()) < 1_000
    for page in (stranger.get("/join/"), as_ada.get("/me/"), stranger.get("/forum/")):
        assert page.content.count(b"js/painted") == 1
    assert b"js/painted" not in stranger.get("/no-such-place/").content


def test_a_page_seen_after_a_click_belongs_to_that_click(link):
    client = browser()
    click = tap(client, link, ago=29)
    beacon(client, referrer="https://l.facebook.com/")
    step = Step.objects.get()
    assert (step.kind, step.path, step.source) == ("painted", "/articles/", "")
    assert (step.visitor, step.click, step.link_id) == (click.visitor, click.pk, link.pk)
    assert (step.app, step.os, step.device, step.language) == ("facebook", "ios", "phone", "zh-TW")


def test_clocks_that_differ_lose_nobody(link, time_machine):
    """A click let in by a machine whose clock is ahead; a beacon whose token is made of the visitor's own clock."""
    for turn, (ahead, belongs) in enumerate(
        ((timedelta(minutes=3), True), (timedelta(minutes=-3), True), (timedelta(days=3), False))
    ):
        client = browser()
        click = tap(client, link, ago=-ahead.total_seconds() / 60)
        for _ in range(2):
            beacon(client, token=f"{(0, 1_700_000_000_000, 9_999_999_999_999)[turn]}-0.512345")
        step = Step.objects.of_visitor(click.visitor).get()
        assert step.link_id == (link.pk if belongs else None), ahead
        assert abs(step.at - now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("referrer", "source"),
    [
        ("", "direct"),
        ("https://www.google.com/", "www.google.com"),
        ("https://WWW.Google.com:443/search?q=secret", "www.google.com"),
        ("android-app://com.google.android.gm/", "com.google.android.gm"),
        (f"{settings.SITE_URL}/forum/", ""),
        ("https://access.line.me/oauth2/v2.1/login", ""),
        ("https://payment.ecpay.com.tw/", ""),
        ("about:blank", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_page_seen_without_a_click_says_who_pointed_here(referrer, source):
    client = browser()
    visitor = named(client)
    beacon(client, referrer=referrer)
    step = Step.objects.get()
    assert (step.visitor, step.click, step.source) == (visitor, None, source)
    assert Step.objects.arrivals().count() == bool(source)


def test_a_click_of_an_hour_ago_explains_the_step_but_not_the_visit(link):
    client = browser()
    click = tap(client, link, ago=60)
    beacon(client)
    step = Step.objects.get()
    assert (step.click, step.source) == (click.pk, "direct")


def test_a_visit_is_counted_once_however_many_pages_it_has():
    client = browser()
    named(client)
    beacon(client, "t-00000001", "/", "https://www.google.com/")
    beacon(client, "t-00000002", "/forum/", settings.SITE_URL)
    beacon(client, "t-00000003", "/articles/", "https://www.google.com/")
    beacon(client, "t-00000004", "/articles/water/", "")
    assert Step.objects.count() == 4
    assert Step.objects.arrivals().count() == 1


def test_a_view_told_twice_and_a_page_seen_twice_at_once_count_once():
    client = browser()
    named(client)
    for token in ("t-00000001", "t-00000001", "t-00000002"):
        beacon(client, token)
    beacon(browser(), "t-00000001")
    assert Step.objects.count() == 1


def test_whoever_has_no_name_yet_is_counted_and_tied_to_nobody():
    beacon(browser())
    assert Step.objects.get().visitor is None


def test_a_view_told_again_by_a_browser_that_has_a_name_by_now_is_theirs():
    client = browser()
    beacon(client, referrer="https://www.google.com/")
    visitor = named(client)
    beacon(client, referrer="https://www.google.com/")
    step = Step.objects.get()
    assert (step.visitor, step.source) == (visitor, "www.google.com")
    other = browser()
    named(other)
    beacon(other)
    assert Step.objects.get().visitor == visitor


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"t": "short", "p": "/", "r": ""},
        {"t": "t" * 65, "p": "/", "r": ""},
        {"t": "t-12345678", "p": "https://evil.example/", "r": ""},
        {"t": "t-12345678", "p": "/" + "a" * 200, "r": ""},
        {"t": "t-12345678", "p": "/\n", "r": ""},
        {"t": "t-12345678", "p": "/a\x00b", "r": ""},
        {"t": "t-12345678", "p": "/", "r": "https://x.example/" + "a" * 3000},
        {"t": "t-12345678", "p": "/", "r": "x" * 100_000},
        {"t": "t\x00-1234567", "p": "/", "r": ""},
    ],
)
def test_nonsense_comes_to_nothing(said):
    answer = browser().post("/painted/", said, headers=OURS)
    assert answer.status_code == 204
    assert not Step.objects.exists()


@pytest.mark.parametrize("body", [b"\xff\xfe\x00%%%", b"{}", b"t=%FF%FE%00&p=/&r="])
def test_what_no_beacon_says_comes_to_nothing(body):
    kind = "application/x-www-form-urlencoded"
    assert browser().post("/painted/", body, content_type=kind, headers=OURS).status_code == 204
    assert browser().post("/painted/", body, content_type="text/plain", headers=OURS).status_code == 204
    assert not Step.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {}])
def test_other_sites_cannot_say_what_was_seen_here(headers):
    strict = Client(enforce_csrf_checks=True, headers={"User-Agent": agents.FACEBOOK})
    answer = strict.post("/painted/", {"t": "t-12345678", "p": "/", "r": ""}, headers=headers)
    assert answer.status_code == 204
    assert not Step.objects.exists()


def test_an_older_browser_is_known_by_its_origin():
    answer = browser().post(
        "/painted/", {"t": "t-12345678", "p": "/", "r": ""}, headers={"Origin": "http://testserver"}
    )
    assert answer.status_code == 204
    assert Step.objects.count() == 1


@pytest.mark.parametrize("path", ["/forum/held/", "/join/handoff/", "/members/"])
def test_what_is_one_persons_alone_is_not_written_down(path):
    beacon(browser(), path=path + "x" * 150 + "/")
    assert Step.objects.get().path == path


def test_machines_see_nothing():
    for agent in ("", "curl/8.1", "Googlebot/2.1"):
        beacon(browser(agent))
    beacon(browser(), **{"Sec-Purpose": "prefetch;prerender"})
    assert not Step.objects.exists()


def test_a_flood_is_answered_and_not_counted(monkeypatch):
    monkeypatch.setattr("community.campaigns.arrivals_views.limits.allowed", lambda *_, **__: False)
    beacon(browser())
    assert not Step.objects.exists()


def test_without_valkey_a_page_is_still_counted(monkeypatch):
    import redis

    def gone():
        raise redis.ConnectionError

    monkeypatch.setattr("community.campaigns.painting.valkey.client", gone)
    client = browser()
    named(client)
    beacon(client)
    beacon(client)
    assert Step.objects.count() == 1


def test_asking_for_it_is_no_way_to_say_it(stranger, as_ada):
    assert stranger.get("/painted/").status_code == 405
    assert as_ada.get("/painted/").status_code == 405
