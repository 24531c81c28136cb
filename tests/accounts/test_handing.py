import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote, unquote
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts import handing
from accounts.models import Handoff, Member
from community.commons import browsers, visitors
from tests.accounts.test_joining import ask, code
from tests.campaigns import agents

pytestmark = pytest.mark.django_db
PLACE = "/forum/held/00000000-0000-4000-8000-000000000001/"


def inside(agent=agents.FACEBOOK):
    return Client(headers={"User-Agent": agent, "Accept-Language": "en"})


def outside():
    return inside(agents.SAFARI)


def way_out(client, query=""):
    """Where the button on the join page leads."""
    body = client.get(f"/join/?next={quote(PLACE)}{query}").content.decode()
    found = re.search(r'href="([^"]+)" rel="nofollow"', body)
    return unescape(found[1]) if found else None


def visitor_of(client):
    return visitors.read(client.cookies[visitors.COOKIE].value)


def path_in(address):
    return "/" + address.split("/", 3)[3].partition("?")[0].partition("#")[0]


@pytest.mark.parametrize("agent", [agents.FACEBOOK, agents.INSTAGRAM, agents.THREADS, agents.MESSENGER, agents.TIKTOK])
def test_inside_an_app_the_code_comes_first_and_the_way_out_after_it(agent):
    body = inside(agent).get("/join/").content.decode()
    assert body.index('id="join-email"') < body.index("Open in your browser")
    assert browsers.read(agent).app_name in body


@pytest.mark.parametrize("agent", [agents.SAFARI, agents.CHROME, agents.CUBOT, agents.IPAD, ""])
def test_an_ordinary_browser_is_led_nowhere(agent):
    assert way_out(inside(agent)) is None


def test_line_is_asked_to_let_go_once_and_not_in_circles():
    for agent in (agents.LINE, agents.LINE_ANDROID):
        client = inside(agent)
        out = way_out(client)
        assert out.endswith("/?openExternalBrowser=1")
        assert handing.read(out.split("/")[-2]).visitor == visitor_of(client)
        stuck = client.get(path_in(out) + "?openExternalBrowser=1").content.decode()
        assert "This is still LINE" in stuck
        assert "openExternalBrowser" not in stuck
        assert way_out(client, "&openExternalBrowser=1") == f"/join/elsewhere/?next={quote(PLACE, safe='')}"


def test_android_is_led_to_chrome_and_back_to_a_link_without_it():
    out = way_out(inside(agents.INSTAGRAM_ANDROID))
    found = re.fullmatch(
        r"intent://([^#]+)#Intent;scheme=(https?);package=com\.android\.chrome;S\.browser_fallback_url=([^;]+);end", out
    )
    assert "/join/handoff/" in found[1]
    assert "/join/elsewhere/?next=" in unquote(found[3])


def test_an_iphone_is_given_a_link_to_copy_and_a_picture_of_it():
    client = inside(agents.FACEBOOK)
    page = client.get(way_out(client)).content.decode()
    address = unescape(re.search(r'value="([^"]+/join/handoff/[^"]+)"', page)[1])
    drawn = client.get(path_in(address) + "qr.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b'xmlns="http://www.w3.org/2000/svg"' in drawn.content
    assert "data:" not in page


def carried(client):
    return path_in(handing.address_of(handing.token_for(visitor=visitor_of(client), place=PLACE)))


def test_the_other_browser_becomes_the_same_visitor_at_the_same_place_and_nobody_is_signed_in():
    there, here = inside(), outside()
    there.get("/join/")
    address = carried(there)
    assert "What was written there comes along" in here.get(address).content.decode()
    assert visitors.COOKIE not in here.cookies
    answer = here.post(address)
    assert answer.url == f"/join/?next={quote(PLACE, safe='')}"
    assert visitor_of(here) == visitor_of(there)
    assert not Member.objects.exists()
    assert here.get("/me/").status_code == 302
    ask(here, next=PLACE)
    assert here.post("/join/code/", {"code": code()}).url == PLACE


def test_it_works_once():
    there, here, third = inside(), outside(), outside()
    there.get("/join/")
    address = carried(there)
    assert here.post(address).status_code == 302
    for again in (third.get(address), third.post(address), here.post(address)):
        assert again.status_code == 410
        assert f"/join/?next={quote(PLACE, safe='')}" in again.content.decode()
    assert visitors.COOKIE not in third.cookies
    assert Handoff.objects.count() == 1


def test_looking_at_it_uses_nothing_up():
    there = inside()
    there.get("/join/")
    address = carried(there)
    for agent in ("facebookexternalhit/1.1;line-poker/1.0", agents.LINE, agents.SAFARI):
        assert inside(agent).get(address).status_code == 200
        assert inside(agent).head(address).status_code == 200
    assert outside().post(address).status_code == 302


def test_it_works_for_fifteen_minutes(time_machine):
    time_machine.move_to("2026-03-02 10:00:00+08:00", tick=False)
    address = path_in(handing.address_of(handing.token_for(visitor=uuid4(), place=PLACE)))
    time_machine.shift(timedelta(minutes=14, seconds=59))
    assert outside().get(address).status_code == 200
    time_machine.shift(timedelta(seconds=2))
    late = outside().post(address)
    assert late.status_code == 410
    assert visitors.COOKIE not in late.cookies
    assert outside().get(address + "qr.svg").status_code == 404


def test_clocks_may_differ_by_minutes_and_not_by_days(time_machine):
    noon = "2026-03-02 12:00:00+08:00"
    for ahead, status in (
        (timedelta(minutes=3), 200),
        (timedelta(minutes=-3), 200),
        (timedelta(days=3), 410),
        (timedelta(days=-3), 410),
    ):
        time_machine.move_to(noon, tick=False)
        time_machine.shift(ahead)  # the machine that signs
        address = path_in(handing.address_of(handing.token_for(visitor=uuid4(), place=PLACE)))
        time_machine.move_to(noon, tick=False)  # the one that is asked
        assert outside().get(address).status_code == status, ahead
        assert outside().post(address).status_code == (302 if status == 200 else 410), ahead
        assert outside().post(address).status_code == 410, ahead


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "a" * 3000, ".eJw:1:x", visitors.seal(UUID(int=7))])
def test_a_forged_one_leads_on_too(token):
    for answer in (outside().get(f"/join/handoff/{token}/"), outside().post(f"/join/handoff/{token}/")):
        assert answer.status_code in {400, 404}
        assert visitors.COOKIE not in answer.cookies
    assert outside().get(f"/join/handoff/{token}/qr.svg").status_code in {400, 404}


def test_what_was_signed_for_something_else_is_no_way():
    from django.core import signing

    for said in ({"v": 1}, [1, 2, 3], "x", ["a", "nohex", "/"]):
        assert outside().post(f"/join/handoff/{signing.dumps(said, salt=handing._SALT)}/").status_code == 404
        assert outside().post(f"/join/handoff/{signing.dumps(said)}/").status_code == 404


def test_it_never_leads_to_another_site():
    token = handing.token_for(visitor=uuid4(), place="//evil.example/")
    assert outside().post(f"/join/handoff/{token}/").url == "/join/?next=%2F"
    page = inside().get("/join/elsewhere/?next=//evil.example/").content.decode()
    assert handing.read(re.search(r"/join/handoff/([^/]+)/qr", page)[1]).place == "/"


def test_a_long_place_gives_way_to_a_picture_that_can_be_read():
    token = handing.token_for(visitor=uuid4(), place="/forum/?q=" + "a" * 1500)
    assert handing.read(token).place == "/forum/"
    assert outside().get(f"/join/handoff/{token}/qr.svg").status_code == 200


def test_a_member_stays_who_they_are(as_ada):
    token = handing.token_for(visitor=uuid4(), place="/forum/")
    assert as_ada.get(f"/join/handoff/{token}/").url == "/forum/"
    assert as_ada.post(f"/join/handoff/{token}/").url == "/forum/"
    assert visitors.COOKIE not in as_ada.cookies
    assert as_ada.get("/join/elsewhere/?next=/forum/").url == "/forum/"


def test_other_sites_cannot_press_it():
    strict = Client(enforce_csrf_checks=True)
    token = handing.token_for(visitor=uuid4(), place="/")
    assert strict.post(f"/join/handoff/{token}/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Handoff.objects.exists()


def test_what_works_where_is_decided_in_one_place(monkeypatch):
    monkeypatch.setattr(browsers, "INSTALLED", ("google", "passkey", "code", "line"))
    assert browsers.read(agents.FACEBOOK).ways_in == ("code", "line")
    assert browsers.read(agents.LINE).ways_in == ("line", "code")
    assert browsers.read(agents.SAFARI).ways_in == ("code", "google", "passkey", "line")
    assert "google" in browsers.read(agents.GOOGLE_APP).ways_in
