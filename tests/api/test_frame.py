"""Every answer of the API is framed alike, a refusal above all."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts.models import KeptAnswer
from community.campaigns import linking
from community.campaigns.models import Campaign

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/campaigns", "/campaigns/1", "/links", "/links/1"])
def test_without_a_key_nothing_is_read(path, program):
    assert program()("get", path).status_code == 401


def test_a_session_is_no_key(as_mark, as_root):
    for client in (as_mark, as_root):
        assert client.get("/api/v1/campaigns").status_code == 401


def test_a_key_needs_no_token_against_forgery(ask, mark):
    ask.http = Client(enforce_csrf_checks=True)
    assert ask("post", "/campaigns", {"name": "x"}).status_code == 201


@pytest.mark.parametrize(
    "path", ["/nothing", "/links/x", "/links/-1", "/campaigns/1/2/3", "/links/9999999999999999999"]
)
def test_an_address_that_is_not_there_is_a_problem_too(path, ask):
    assert ask("get", path).status_code == 404


def test_a_method_that_is_not_taken_says_which_are(ask):
    refused = ask("delete", "/campaigns")
    assert refused.status_code == 405
    assert {word.strip() for word in refused["Allow"].split(",")} == {"GET", "POST"}
    assert ask("options", "/campaigns").status_code == 405


def test_a_head_is_a_get_without_a_body(ask):
    assert ask("head", "/campaigns").status_code == 200


@pytest.mark.parametrize("body", [b"{", b"\xff", b"NaN", b'{"name": NaN}', b"[" * 100_000, b""])
def test_a_body_that_is_no_json_is_unreadable(body, ask):
    headers = {"Authorization": f"Bearer {ask.token}"}
    answer = Client().post("/api/v1/campaigns", body, content_type="application/json", headers=headers)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_what_is_not_json_is_not_taken(kind, ask):
    headers = {"Authorization": f"Bearer {ask.token}"}
    answer = Client().post("/api/v1/campaigns", b"name=x", content_type=kind, headers=headers)
    assert answer.status_code == 415
    assert Client().delete("/api/v1/campaigns", b"x", content_type=kind, headers=headers).status_code == 405


def test_too_much_is_too_large(ask):
    answer = ask("post", "/campaigns", {"name": "x" * 1_100_000})
    assert answer.status_code == 413


def test_what_does_not_fit_is_said_of_each_field_in_the_readers_language(ask):
    told = {"name": "", "starts_on": "yesterday", "wrong": 1}
    english = ask("post", "/campaigns", told, **{"Accept-Language": "en"}).json()
    assert english["type"] == "/api/v1/#invalid"
    assert {each["pointer"]: each["detail"] for each in english["errors"]} == {
        "/name": "This is too short: at least 1.",
        "/starts_on": "This must be a day, as in 2026-11-22.",
        "/wrong": "Nothing of this name is known here.",
    }
    chinese = ask("post", "/campaigns", told, **{"Accept-Language": "zh-TW"}).json()
    assert chinese["title"] == "請求裡有不合的地方。"
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in each["detail"]) for each in chinese["errors"])


def test_a_name_that_is_not_known_is_refused_in_the_query_too(ask):
    refused = ask("get", "/campaigns?achived=true")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "achived"


@pytest.mark.parametrize("day", [0, "0", "1700000000", "2026-02-30", "2026-1-1"])
def test_a_number_is_no_day(day, ask):
    assert ask("post", "/campaigns", {"name": "x", "starts_on": day}).status_code == 422


def test_what_breaks_is_a_problem_and_says_nothing_of_why(ask, monkeypatch, caplog):
    def broken(**told):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(linking, "open_campaign", broken)
    answer = ask("post", "/campaigns", {"name": "x"})
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert "an API request failed" in caplog.text


def test_nothing_is_cached_or_open_to_other_sites(ask):
    answer = ask("get", "/campaigns", Origin="https://elsewhere.example")
    assert answer["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies


def test_a_key_that_asks_too_often_is_told_to_wait(ask, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    for left in (2, 1, 0):
        answer = ask("get", "/campaigns")
        assert answer.status_code == 200
        assert answer["RateLimit-Policy"] == '"key";q=3;w=60'
        assert f";r={left};" in answer["RateLimit"]
    refused = ask("get", "/campaigns")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60


def test_a_word_holds_while_clocks_are_set(ask, time_machine):
    for shift in (timedelta(minutes=10), timedelta(days=-2), timedelta(days=2)):
        time_machine.move_to(now() + shift)
        answer = ask("post", "/campaigns", {"name": "一次"}, **{"Idempotency-Key": "abc"})
        assert answer.status_code == 201
    assert Campaign.objects.count() == 1


def test_a_post_with_a_word_is_done_once(ask):
    first = ask("post", "/campaigns", {"name": "一次"}, **{"Idempotency-Key": "abc"})
    again = ask("post", "/campaigns", {"name": "一次"}, **{"Idempotency-Key": "abc"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Campaign.objects.count() == 1
    assert ask("post", "/campaigns", {"name": "一次"}, **{"Idempotency-Key": "def"}).json() != first.json()


def test_a_word_is_not_used_for_two_things(ask):
    ask("post", "/campaigns", {"name": "一次"}, **{"Idempotency-Key": "abc"})
    refused = ask("post", "/campaigns", {"name": "兩次"}, **{"Idempotency-Key": "abc"})
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("#reused")


def test_what_was_refused_can_be_tried_again_with_the_same_word(ask):
    assert ask("post", "/campaigns", {"name": ""}, **{"Idempotency-Key": "abc"}).status_code == 422
    assert not KeptAnswer.objects.exists()
    assert ask("post", "/campaigns", {"name": "好"}, **{"Idempotency-Key": "abc"}).status_code == 201


def test_words_of_two_keys_are_two_words(program, mark, root):
    for member in (mark, root):
        program(member)("post", "/campaigns", {"name": "好"}, **{"Idempotency-Key": "abc"})
    assert Campaign.objects.count() == 2


@pytest.mark.parametrize("word", ["x" * 256, "山", ""])
def test_a_word_that_cannot_be_one_is_refused(word, ask):
    headers = {"Authorization": f"Bearer {ask.token}", "Idempotency-Key": word}
    answer = Client().post(
        "/api/v1/campaigns", json.dumps({"name": "x"}), content_type="application/json", headers=headers
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["/campaigns?after=%00", "/campaigns?after=" + "x" * 9000])
def test_the_door_itself_answers_programs_in_their_form(path, ask):
    assert ask("get", path).status_code in {400, 414}


def test_the_description_is_there_for_tools_and_for_people(stranger):
    described = stranger.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert "/api/v1/links/bulk" in described["paths"]
    for every in described["paths"].values():
        for operation in every.values():
            assert {"401", "403", "429"} <= set(operation["responses"])
            assert operation["security"]
    for language, words in (("en", "For programs"), ("zh-TW", "給程式用")):
        page = stranger.get("/api/v1/", headers={"Accept-Language": language}).content.decode()
        assert words in page
        assert 'id="scope"' in page
        assert "/api/v1/links/bulk" in page
