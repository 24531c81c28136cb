import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import choosing, consenting
from accounts.models import LONGEST_MEMORY, BrowserConsent, Consent, Member
from community.commons import visitors
from tests.accounts.test_joining import ask, code

pytestmark = pytest.mark.django_db
GPC = {"Sec-GPC": "1"}


def choose(client, answer, *purposes, **more):
    headers = more.pop("headers", {})
    return client.post("/choices/", {"answer": answer, "purposes": purposes, **more}, headers=headers)


def kept(client):
    return client.cookies[choosing.COOKIE].value


def visitor_of(client):
    return visitors.read(client.cookies[visitors.COOKIE].value)


def test_a_stranger_says_yes_and_is_known_again_for_thirteen_months_at_most(stranger):
    answer = choose(stranger, "all", next="/forum/")
    assert answer.url == "/choices/?saved=1&next=%2Fforum%2F"
    cookie = answer.cookies[visitors.COOKIE]
    assert LONGEST_MEMORY.total_seconds() - 90_000 < cookie["max-age"] <= LONGEST_MEMORY.total_seconds()
    assert cookie["httponly"]
    assert answer.cookies[choosing.COOKIE]["max-age"] == cookie["max-age"]
    assert not answer.cookies[choosing.COOKIE]["httponly"]  # the page itself must see that nobody need ask
    rows = BrowserConsent.objects.of_visitor(visitor_of(stranger))
    assert {(row.purpose, row.version, row.withdrawn_at) for row in rows} == {
        ("measuring", consenting.VERSION, None),
        ("ads", consenting.VERSION, None),
    }


def test_a_stranger_says_no_and_is_given_no_name_at_all(stranger):
    answer = choose(stranger, "none")
    assert visitors.COOKIE not in answer.cookies
    assert answer.cookies[choosing.COOKIE]["max-age"] <= choosing.REMEMBERED_NO.total_seconds()
    assert not BrowserConsent.objects.exists()
    assert "sessionid" not in stranger.cookies  # which would keep the pages made for everyone from them


def test_each_purpose_is_chosen_for_itself(stranger):
    choose(stranger, "chosen", "measuring")
    visitor = visitor_of(stranger)
    assert consenting.allows(visitor=visitor, purpose="measuring")
    assert not consenting.allows(visitor=visitor, purpose="ads")
    body = stranger.get("/choices/").content.decode()
    assert re.search(r'value="measuring"[^>]* checked', body)
    assert not re.search(r'value="ads"[^>]* checked', body)


def test_what_is_taken_back_ends_at_once_and_is_noted(stranger):
    choose(stranger, "all")
    visitor = visitor_of(stranger)
    answer = choose(stranger, "none")
    assert answer.cookies[visitors.COOKIE]["max-age"] == ""  # until the browser is closed
    assert visitor_of(stranger) == visitor  # what they wrote before joining is still theirs
    assert not consenting.allows(visitor=visitor, purpose="measuring")
    assert BrowserConsent.objects.of_visitor(visitor).exclude(withdrawn_at=None).count() == 2
    assert "taken back" in stranger.get("/choices/", headers={"Accept-Language": "en"}).content.decode()


def test_the_time_runs_from_the_choice_however_often_somebody_returns(stranger, time_machine):
    time_machine.move_to("2026-03-02 10:00:00+08:00")
    choose(stranger, "all")
    time_machine.shift(timedelta(days=300))
    del stranger.cookies[visitors.COOKIE]  # and the door gave them another name since
    new, stranger.cookies[visitors.COOKIE] = visitors.issue()
    answer = stranger.get("/join/")
    assert answer.cookies[visitors.COOKIE]["max-age"] <= 95 * 86_400
    assert consenting.allows(visitor=new, purpose="measuring")
    assert visitors.COOKIE not in stranger.get("/join/").cookies  # once is enough
    time_machine.shift(timedelta(days=96))
    stranger.cookies[visitors.COOKIE] = visitors.issue()[1]
    assert visitors.COOKIE not in stranger.get("/join/").cookies


def test_pages_made_for_everyone_and_beacons_bear_no_cookie(stranger):
    choose(stranger, "all")
    stranger.cookies[visitors.COOKIE] = visitors.issue()[1]
    assert not stranger.get("/forum/").cookies
    assert not stranger.post("/painted/", {}).cookies


def test_a_page_asks_in_passing_and_is_told_nothing_more(stranger):
    answer = choose(stranger, "all", passing="1", headers={"Accept": "application/json"})
    assert answer.status_code == 204
    assert answer.cookies[visitors.COOKIE]["max-age"]
    plain = choose(stranger, "none", passing="1", next="/forum/")
    assert plain.url == "/forum/"


def test_the_slip_never_speaks_for_letters(as_ada, ada):
    choose(as_ada, "chosen", "marketing")
    choose(as_ada, "none", passing="1")
    assert consenting.allows(member=ada, purpose="marketing")
    choose(as_ada, "none")
    choose(as_ada, "all", passing="1")
    assert not consenting.allows(member=ada, purpose="marketing")


def test_members_choose_for_themselves_on_every_device(as_ada, ada):
    choose(as_ada, "chosen", "measuring", "marketing")
    other = Client()
    other.force_login(ada)
    body = other.get("/choices/").content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', body) == ["measuring", "marketing"]


def test_the_page_is_the_same_for_everyone_and_the_slip_is_hidden_until_script_shows_it(stranger):
    choose(stranger, "none")
    known, unknown = stranger.get("/forum/").content, Client().get("/forum/").content
    assert known == unknown
    assert known.count(b'class="choices"') == 1
    assert b'href="/choices/"' in known
    body = known.decode()
    yes, no = (re.search(rf'<button class="([^"]+)"[^>]*value="{answer}"', body)[1] for answer in ("all", "none"))
    assert yes == no
    assert b'class="choices"' not in stranger.get("/join/").content


def test_the_scripts_about_it_are_small():
    with open(finders.find("js/asked.js"), "rb") as script:
        assert len(script.read()) < 500


def test_a_browser_that_asks_not_to_be_tracked_is_heard(stranger):
    answer = choose(stranger, "all", headers=GPC)
    assert visitors.COOKIE not in answer.cookies
    assert not BrowserConsent.objects.exists()
    body = stranger.get("/choices/", headers=GPC | {"Accept-Language": "en"}).content.decode()
    assert "Global Privacy Control" in body
    assert len(re.findall(r'name="purposes"[^>]* disabled', body)) == 2


def test_a_browser_that_asks_so_later_takes_back_what_it_gave(stranger):
    choose(stranger, "all")
    visitor = visitor_of(stranger)
    answer = stranger.get("/join/", headers=GPC)
    assert answer.cookies[visitors.COOKIE]["max-age"] == ""
    assert not consenting.allows(visitor=visitor, purpose="measuring")


def test_a_member_whose_browser_asks_so_is_no_longer_shared(as_ada, ada):
    choose(as_ada, "all")
    assert consenting.may_share(ada)
    as_ada.get("/me/", headers=GPC)
    assert not consenting.may_share(ada)
    assert Consent.objects.decided(ada, "ads").get().withdrawn_at


def test_a_choice_made_before_joining_goes_along(stranger, django_capture_on_commit_callbacks):
    choose(stranger, "chosen", "measuring")
    ask(stranger)
    with django_capture_on_commit_callbacks(execute=True):
        stranger.post("/join/code/", {"code": code()})
    kim = Member.objects.get()
    assert mail.outbox
    assert consenting.allows(member=kim, purpose="measuring")
    assert not consenting.may_share(kim)


def test_leaving_forgets_the_choice_with_the_visitor(as_ada):
    choose(as_ada, "all")
    as_ada.post("/leave/")
    assert not as_ada.cookies[choosing.COOKIE].value
    assert not as_ada.cookies[visitors.COOKIE].value


@pytest.mark.parametrize(
    "said", ["", "x", "2026-11~zz~20260101~", "2020-01~m~20260101~", "2026-11~m~99999999~", "2026-11~m~20990101~"]
)
def test_a_cookie_that_says_nothing_is_nothing(stranger, said):
    stranger.cookies[choosing.COOKIE] = said
    assert visitors.COOKIE in stranger.get("/join/").cookies
    assert not stranger.cookies[visitors.COOKIE]["max-age"]
    assert not BrowserConsent.objects.exists()


@pytest.mark.parametrize("said", [{}, {"answer": "perhaps"}, {"answer": "chosen", "purposes": "everything"}])
def test_an_answer_that_is_none_changes_nothing(stranger, said):
    assert stranger.post("/choices/", said).status_code == 422
    assert not BrowserConsent.objects.exists()


def test_terms_are_nothing_one_can_tick_here(stranger):
    choose(stranger, "chosen", "terms", "marketing")
    assert not BrowserConsent.objects.exists()


def test_nobody_is_led_to_another_site(stranger):
    assert choose(stranger, "none", next="//evil.example/", passing="1").url == "/"


PROFILE = {"name": "Ada", "handle": "ada", "locale": "en"}


def test_a_member_may_say_that_they_are_under_age(as_ada, ada):
    choose(as_ada, "all")
    as_ada.post("/me/", PROFILE | {"is_minor": "on", "marketing": "on"})
    ada.refresh_from_db()
    assert ada.is_minor
    assert not consenting.may_share(ada)
    assert not consenting.allows(member=ada, purpose="marketing")
    page = as_ada.get("/me/", headers={"Accept-Language": "en"}).content.decode()
    assert 'name="marketing"' not in page
    body = as_ada.get("/choices/", headers={"Accept-Language": "en"}).content.decode()
    assert re.findall(r'name="purposes" value="(\w+)"', body) == ["measuring"]
    choose(as_ada, "chosen", "ads", "marketing")
    assert not consenting.may_share(ada)
    as_ada.post("/me/", PROFILE)
    ada.refresh_from_db()
    assert not ada.is_minor
    assert not consenting.may_share(ada)


def test_the_desk_may_say_it_too(as_root, ada):
    consenting.choose(member=ada, purposes=["ads"])
    known = {"name": ada.name, "handle": ada.handle, "tier": ada.tier_id, "mark": "", "is_active": "on"}
    as_root.post(reverse("wagtailusers_users:edit", args=[ada.pk]), known | {"is_minor": "on"})
    ada.refresh_from_db()
    assert ada.is_minor
    assert not consenting.may_share(ada)
