"""The one page everyone comes in through."""

import re
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client

from accounts import joining, signals
from accounts.models import Consent, Member, Standing

pytestmark = pytest.mark.django_db


def ask(client, email="kim@example.org", **more):
    return client.post("/join/", {"email": email, **more})


def code():
    return re.search(r"(?<!\d)\d{6}(?!\d)", mail.outbox[-1].body).group()


def other_code():
    return "000000" if code() != "000000" else "111111"


def test_a_stranger_joins_with_a_code_and_comes_back_to_their_place(stranger, django_capture_on_commit_callbacks):
    heard = []
    receiver = lambda sender, member, visitor, **_: heard.append((member.email, visitor))  # noqa: E731
    signals.joined.connect(receiver)
    signals.signed_in.connect(receiver)
    try:
        assert ask(stranger, next="/forum/?board=beans#last").url == "/join/code/"
        assert Member.objects.count() == 0  # nobody is a member before the address is proven
        with django_capture_on_commit_callbacks(execute=True):
            answer = stranger.post("/join/code/", {"code": code()})
    finally:
        signals.joined.disconnect(receiver)
        signals.signed_in.disconnect(receiver)
    assert answer.url == "/forum/?board=beans#last"
    kim = Member.objects.get()
    assert kim.email == "kim@example.org"
    assert kim.tier.rank == 1
    assert kim.standings.get().source == Standing.Source.JOINED
    assert [c.purpose for c in kim.consents.all()] == ["terms"]
    visitor = heard[0][1]
    assert heard == [("kim@example.org", visitor)] * 2
    assert visitor is not None
    assert stranger.get("/me/").status_code == 200


def test_a_known_address_signs_in_whatever_its_case(stranger, ada):
    ask(stranger, email="ADA@Cast.Example")
    stranger.post("/join/code/", {"code": code()})
    assert Member.objects.count() == 1
    assert stranger.get("/me/").context["user"] == ada


def test_neither_page_nor_mail_tells_who_is_a_member(stranger, ada):
    known, unknown = Client(), Client()
    answers = [ask(known, email=ada.email), ask(unknown, email="nobody@example.org")]
    assert answers[0].url == answers[1].url
    letters = [re.sub(r"\d{6}", "######", letter.body) for letter in mail.outbox]
    assert letters[0] == letters[1]
    pages = [c.get("/join/code/").content.decode() for c in (known, unknown)]
    assert pages[0].replace(ada.email, "*") == pages[1].replace("nobody@example.org", "*")


def test_marketing_is_a_consent_of_its_own(stranger):
    ask(stranger, marketing="on")
    stranger.post("/join/code/", {"code": code()})
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"terms", "marketing"}


@pytest.mark.parametrize("typed", ["{} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "full-width"])
def test_a_code_may_be_typed_as_phones_paste_it(stranger, typed):
    ask(stranger)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code())
    stranger.post("/join/code/", {"code": wide if typed == "full-width" else typed.format(code())})
    assert Member.objects.count() == 1


def test_a_wrong_code_says_so_and_the_right_one_still_works(stranger):
    ask(stranger)
    answer = stranger.post("/join/code/", {"code": other_code()})
    assert answer.status_code == 422
    stranger.post("/join/code/", {"code": code()})
    assert Member.objects.count() == 1


def test_five_wrong_codes_end_the_code_but_not_the_way(stranger):
    ask(stranger, next="/forum/")
    for _ in range(5):
        answer = stranger.post("/join/code/", {"code": other_code()})
    assert answer.status_code == 422
    assert stranger.post("/join/code/", {"code": code()}).status_code == 422
    stranger.post("/join/code/again/")
    assert stranger.post("/join/code/", {"code": code()}).url == "/forum/"


def test_an_old_code_no_longer_works(stranger, time_machine):
    time_machine.move_to("2026-03-02 10:00:00+08:00")
    ask(stranger)
    time_machine.move_to("2026-03-02 10:11:00+08:00")
    assert stranger.post("/join/code/", {"code": code()}).status_code == 422
    assert Member.objects.count() == 0


def test_resending_ends_the_code_before(stranger):
    ask(stranger)
    first = code()
    stranger.post("/join/code/again/")
    if first != code():
        assert stranger.post("/join/code/", {"code": first}).status_code == 422
    stranger.post("/join/code/", {"code": code()})
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "/\t/evil.example", "///evil.example", "evil.example", "/%0d%0aSet-Cookie:x=1\n", "http:evil", "/" + "a" * 3000],
)  # fmt: skip
def test_nobody_is_led_to_another_site(stranger, elsewhere):
    ask(stranger, next=elsewhere)
    assert stranger.post("/join/code/", {"code": code()}).url == "/"
    assert stranger.get(f"/join/?next={quote(elsewhere)}").url == "/"


@pytest.mark.parametrize("email", ["", "no", "a@b", "x" * 250 + "@example.org", "a\x00b@example.org", "a@exa mple.org"])
def test_an_address_that_cannot_be_one_is_asked_for_again(stranger, email):
    answer = ask(stranger, email=email)
    assert answer.status_code == 422
    assert not mail.outbox


@pytest.mark.parametrize("bad", ["", "12345", "1234567", "abcdef", "9" * 4096, "\x00\x00\x00\x00\x00\x00", "٠١٢٣٤٥"])
def test_a_code_that_cannot_be_one_is_asked_for_again(stranger, bad):
    ask(stranger)
    assert stranger.post("/join/code/", {"code": bad}).status_code == 422


def test_machines_that_fill_every_field_get_no_mail(stranger):
    assert ask(stranger, website="https://spam.example").url == "/join/code/"
    assert not mail.outbox


def test_codes_for_one_address_are_rationed(stranger):
    answers = [ask(Client()).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_a_code_entered_twice_at_once_makes_one_member(db):
    first = joining.admit(email="twin@example.org")
    second = joining.admit(email="Twin@example.org")
    assert first == second
    assert Member.objects.count() == 1


def test_htmx_is_led_on_too(stranger):
    answer = stranger.post("/join/", {"email": "not an address"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert b"<html" not in answer.content


def test_the_code_page_without_a_code_leads_to_the_beginning(stranger):
    assert stranger.get("/join/code/").url == "/join/"
    assert stranger.post("/join/code/again/").url == "/join/"


def test_a_member_at_the_door_is_already_in(as_ada):
    assert as_ada.get("/join/?next=/forum/").url == "/forum/"


def test_leaving_ends_the_session_and_the_visitor(as_ada):
    assert as_ada.get("/leave/").status_code == 405
    answer = as_ada.post("/leave/", {"next": "/forum/"})
    assert answer.url == "/forum/"
    assert as_ada.get("/me/").status_code == 302
