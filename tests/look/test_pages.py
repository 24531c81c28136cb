"""What every page carries, and the pages for when something is not as it should be."""

import pytest
from django.test import Client, RequestFactory

from community import errors
from community.commons.refusals import Refusal, RefusalMiddleware

pytestmark = pytest.mark.django_db

CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-TW"}
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def test_a_page_says_its_language_and_lets_keyboards_skip_its_top(stranger):
    body = stranger.get("/join/", **CHINESE).content.decode()
    assert '<html lang="zh-Hant-TW">' in body
    assert 'href="#main"' in body
    assert '<html lang="en">' in stranger.get("/join/", **ENGLISH).content.decode()


def test_the_other_language_is_one_press_away_and_keeps_the_page(stranger):
    body = stranger.get("/join/?next=/articles/&fbclid=secret", **CHINESE).content.decode()
    assert 'value="/join/?next=%2Farticles%2F"' in body
    answer = stranger.post("/language/", {"language": "en", "next": "/join/?next=%2Farticles%2F"})
    assert answer["Location"] == "/join/?next=%2Farticles%2F"
    assert "Come in" in stranger.get("/join/", **CHINESE).content.decode()


def test_what_a_link_from_outside_carries_does_not_stay_in_the_page(stranger):
    assert b"secret" not in stranger.get("/join/?fbclid=secret&utm_source=secret").content


def test_strangers_are_spared_what_only_members_need(stranger, as_ada):
    assert b"htmx" not in stranger.get("/join/").content
    assert b"htmx-2.min.js" in as_ada.get("/me/").content


def test_a_member_finds_their_way_out_and_staff_the_desk(as_ada, as_edda):
    assert b'href="/desk/"' not in as_ada.get("/me/").content
    body = as_edda.get("/me/").content
    assert b'href="/desk/"' in body
    assert b'action="/leave/"' in body


@pytest.mark.parametrize(("headers", "words"), [(CHINESE, "這裡沒有東西"), (ENGLISH, "There is nothing here")])
def test_an_unknown_address_leads_home(stranger, headers, words):
    answer = stranger.get("/no-such-place/", **headers)
    assert answer.status_code == 404
    assert words in answer.content.decode().replace("<wbr>", "")
    assert 'href="/"' in answer.content.decode()


def test_the_page_for_a_broken_house_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "這邊出了點狀況" in answer.content.decode()
    assert "Something went wrong" in answer.content.decode()


def test_the_page_for_an_unreadable_request_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.bad_request(RequestFactory().get("/"))
    assert answer.status_code == 400


def test_a_stray_member_is_told_plainly_that_the_desk_is_for_staff(as_ada):
    answer = as_ada.get("/desk/", **CHINESE)
    assert answer.status_code == 403
    assert "工作桌只給工作人員" in answer.content.decode().replace("<wbr>", "")


def test_a_refused_post_keeps_every_word_and_offers_to_send_it_again():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/join/", {"email": "a@b.example", "body": "<水溫 92 度>", "next": "/x/"}, **CHINESE)
    body = answer.content.decode()
    assert answer.status_code == 403
    assert "&lt;水溫 92 度&gt;" in body
    assert "csrfmiddlewaretoken" in body
    assert 'name="next" value="/x/"' in body


def test_a_refusal_hands_back_what_was_written(rf, ada):
    request = rf.post("/refuse/")
    request.user, request.htmx, request._messages = ada, False, []
    answer = RefusalMiddleware(lambda r: None).process_exception(request, Refusal("不行", kept="我寫了很久的字"))
    assert answer.status_code == 403
    assert "我寫了很久的字" in answer.content.decode()
