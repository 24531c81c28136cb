"""Visitors, origins, refusals, limits and health: what every request passes."""

import base64
import uuid

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from community.commons import limits, valkey, visitors
from community.commons.refusals import Refusal, RefusalMiddleware, TooOften


def test_a_visitor_cookie_says_who_it_was_issued_for():
    visitor, value = visitors.issue()
    assert visitors.read(value) == visitor
    assert len(value) == 45


@given(st.text(max_size=60))
def test_nothing_else_is_a_visitor(value):
    assert visitors.read(value) is None


def test_a_forged_visitor_is_nobody():
    _, value = visitors.issue()
    other = base64.urlsafe_b64encode(uuid.uuid4().bytes)[:22].decode()
    assert visitors.read(f"{other}.{value[23:]}") is None
    assert visitors.read(value[:-1] + ("A" if value[-1] != "A" else "B")) is None
    assert visitors.read(value + "=") is None
    assert visitors.read(None) is None
    assert visitors.read("x" * 4096) is None


OWN = {"Origin": "http://testserver"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        (OWN, 302),
        ({"Sec-Fetch-Site": "cross-site", **OWN}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({}, 403),
    ],
)
def test_a_form_needs_no_token_where_the_browser_vouches_for_it(headers, status):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/join/", {"email": "kim@example.org"}, headers=headers).status_code == status


@pytest.mark.django_db
def test_words_of_a_refused_form_are_offered_again_with_a_token():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/join/", {"email": "kim@example.org", "body": "寫了很久的<b>字", "next": "/forum/"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "寫了很久的&lt;b&gt;字" in page
    assert "csrfmiddlewaretoken" in page


def test_a_limit_holds_in_any_minute_and_not_in_each_of_the_clocks(monkeypatch):
    who, clock = str(uuid.uuid4()), [59.5 + 60 * 20_000_000]
    monkeypatch.setattr(limits.time, "time", lambda: clock[0])
    told = [limits.spend("test", who, most=3, seconds=60) for _ in range(3)]
    assert told == [(2, 60), (1, 60), (0, 60)]
    clock[0] += 1  # the next minute of the clock
    for _ in range(2):
        assert limits.spend("test", who, most=3, seconds=60) == (-1, 59)
    clock[0] += 58.9
    assert limits.spend("test", who, most=3, seconds=60) == (-1, 1)
    clock[0] += 0.2  # whoever was refused has not been made to wait the longer for it
    assert limits.spend("test", who, most=3, seconds=60) == (2, 60)


def test_limits_are_kept_and_forgive_a_missing_valkey(monkeypatch):
    who = uuid.uuid4().hex
    assert [limits.allowed("test", who, most=2, seconds=3600) for _ in range(3)] == [True, True, False]
    with pytest.raises(TooOften) as refused:
        limits.require("test", who, most=2, seconds=3600, kept="mine")
    assert refused.value.kept == "mine"
    monkeypatch.setattr(valkey, "client", Gone)
    assert limits.allowed("test", who, most=0, seconds=3600)


class Gone:
    def pipeline(self, **_):
        raise valkey.redis.ConnectionError("gone")


@pytest.mark.django_db
def test_a_refusal_is_a_page_for_people_and_a_fragment_for_scripts():
    class Closed(Refusal):
        status = 409
        message = "Closed for tonight."

    middleware = RefusalMiddleware(lambda request: None)
    request = RequestFactory().post("/", {"body": "kept words"})
    request.htmx, request.user = False, None
    answer = middleware.process_exception(request, Closed())
    assert (answer.status_code, b"Closed for tonight." in answer.content) == (409, True)
    assert b"kept words" in answer.content
    request.htmx = True
    answer = middleware.process_exception(request, Closed())
    assert b"<html" not in answer.content
    assert middleware.process_exception(request, ValueError()) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("zh-TW", "這個網址讀不出來"), ("en", "This address cannot be read")])
def test_what_cannot_be_read_is_said_in_the_language_of_who_asked(stranger, language, words):
    answer = stranger.get("/forum/?q=%00", headers={"Accept-Language": language})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("path", "status"), [("/%00/", 400), ("/forum/?q=%00", 400), ("/forum/?q=" + "a" * 9000, 414), ("/no/such/", 404)]
)
def test_addresses_nobody_types_are_answered_plainly(stranger, path, status):
    answer = stranger.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert ("reload the page" in answer.content.decode()) is (status == 400), "the same address is as long again"


@pytest.mark.django_db
def test_a_cookie_with_a_nul_is_answered_plainly(stranger):
    assert stranger.get("/join/", headers={"Cookie": 'sessionid="abcdefgh\\000"'}).status_code == 400


@pytest.mark.django_db
def test_health_and_readiness(stranger, monkeypatch):
    assert stranger.get("/healthz").content == b"ok\n"
    ready = stranger.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    monkeypatch.setattr(valkey, "client", lambda: Dead())
    ready = stranger.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["valkey"] == "failing: ConnectionError"
    assert ready.json()["database"] == "ok"


class Dead:
    def ping(self):
        raise valkey.redis.ConnectionError("redis://user:password@host")


@pytest.mark.django_db
def test_the_language_switch_keeps_the_page(stranger):
    answer = stranger.post("/language/", {"language": "en", "next": "/join/?next=/forum/"})
    assert answer.url == "/join/?next=/forum/"
    assert 'lang="en"' in stranger.get("/join/").content.decode()
    stranger.post("/language/", {"language": "zh-hant", "next": "/join/"})
    assert 'lang="zh-Hant-TW"' in stranger.get("/join/").content.decode()
    assert stranger.post("/language/", {"language": "en", "next": "https://evil.example/"}).url == "/"


def test_numbers_are_told_to_the_holder_of_the_token(stranger, settings):
    settings.METRICS_TOKEN = "long-and-secret"
    assert stranger.get("/metrics").status_code == 404
    assert stranger.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    told = stranger.get("/metrics", headers={"Authorization": "Bearer long-and-secret"})
    assert told.status_code == 200
    assert "homeground_public_pages_hits_total" in told.text
