"""The front door with a finger on glass: what is asked of people, and what a marketer does at the desk."""

import json
import re
import time

import pytest

from tests.e2e import looking
from tests.e2e.conftest import PHONE
from tests.walking import IN_APP

DOORS = "from tests.e2e import doors; print('told', doors.{call})"


@pytest.fixture(scope="module")
def happens(site):
    """Lets something happen inside the site: `happens("rung('ada')")`; gives what it said."""

    def happen(call):
        return site.manage("shell", "-v0", "-c", DOORS.format(call=call)).partition("told ")[2].strip()

    return happen


@pytest.fixture(scope="module")
def furnished(happens):
    return json.loads(happens("furnished()"))


@pytest.fixture
def signed_in(site, browser_context, furnished):
    """A page of somebody of the cast, on a phone unless said otherwise."""

    def make(handle="mark", device=PHONE, **options):
        context = browser_context(device, **options)
        context.add_cookies([{"name": "sessionid", "value": furnished["doors"][handle], "url": site.url}])
        return context.new_page()

    return make


def save(page):
    page.locator("main form[method=post] button:not([hidden])").first.click()


# --- people


def test_out_of_an_apps_browser_place_words_and_campaign_come_along_once(site, browser_context, watched):
    watched.allow("status of 410")  # the second time is part of the walk
    words, newcomer = "帶到另一個瀏覽器的這句話", "carried@journey.example"
    inside = browser_context(user_agent=IN_APP["facebook"]).new_page()
    inside.goto(f"/go/{site.seeds['links']['facebook']}?fbclid=IwAR-carried")
    inside.locator("textarea[name=body]").first.fill(words)
    inside.locator("textarea[name=body]").first.locator("xpath=ancestor::form").locator("button[type=submit]").click()
    inside.wait_for_url("**/join/?next=**")
    inside.locator(".wayout a[rel=nofollow]").click()
    inside.wait_for_url("**/join/elsewhere/**")
    looking.look(inside)
    address = inside.locator("#elsewhere-link").input_value()

    outside = browser_context().new_page()
    outside.goto(address)
    looking.look(outside)
    outside.locator("form[action*=handoff] button").click()
    outside.wait_for_url("**/join/?next=**")
    assert "sessionid" not in {each["name"] for each in outside.context.cookies() if each["value"]} or (
        outside.request.get("/me/", max_redirects=0).status == 302
    )
    third = browser_context().new_page()
    assert third.goto(address).status == 410
    looking.look(third)
    outside.locator("main input[type=email]").fill(newcomer)
    outside.locator("main input[type=email]").press("Enter")
    outside.wait_for_url("**/join/code/**")
    outside.locator("input[name=code]").fill(site.code_for(newcomer))
    outside.locator("input[name=code]").press("Enter")
    outside.get_by_text(words).wait_for()
    outside.goto("/me/arrivals/")
    outside.get_by_text("facebook 貼文").first.wait_for()
    looking.look(outside)


def test_the_bell_counts_in_every_window_by_itself(happens, signed_in):
    one, two = signed_in("ada"), signed_in("ada")
    for page in (one, two):
        page.goto("/forum/")
        page.locator("live-bell[data-live], #bell").first.wait_for()
    page.wait_for_timeout(500)
    happens("rung('ada')")
    for page in (one, two):
        page.locator(".bell__count", has_text="1").wait_for()
    one.goto("/me/bell/")
    looking.look(one)
    one.locator("main form button").first.click()
    two.locator(".bell__count").wait_for(state="detached")


# --- the desk


def test_what_meta_is_told_is_switched_on_seen_with_its_hashes_and_sent_again(site, happens, signed_in):
    desk = signed_in()
    desk.goto("/desk/outward/told/meta/")
    desk.locator("#step-day30 input[type=checkbox]").check()
    looking.look(desk)
    save(desk)
    happens("stayed()")
    deadline = time.monotonic() + 40
    while not site.meta.asked:
        assert time.monotonic() < deadline, site.log.read_text()[-3000:]
        time.sleep(0.1)
    desk.goto("/desk/outward/")
    desk.locator("tr[id^=delivery-] a").first.wait_for()
    looking.look(desk)
    desk.locator("tr[id^=delivery-] a").first.click()
    told = desk.locator("pre.desk-payload").first.inner_text()
    assert re.search(r'"em": \[\s*"[0-9a-f]{64}"', told)
    assert "grace@" not in told
    assert "EAAtest" not in desk.content()
    looking.look(desk)
    before = [each[1]["data"][0]["event_id"] for each in site.meta.asked]
    desk.locator("form[action$='/again/'] button").first.click()
    while len(site.meta.asked) == len(before):
        assert time.monotonic() < deadline + 20
        time.sleep(0.1)
    assert site.meta.asked[len(before)][1]["data"][0]["event_id"] in before


def test_whoever_arrives_is_seen_within_seconds(site, browser_context, signed_in):
    desk = signed_in()
    desk.goto("/desk/insights/live/")
    desk.wait_for_timeout(500)
    before = desk.locator(".now__event").count()
    phone = browser_context(user_agent=IN_APP["instagram"]).new_page()
    phone.goto(f"/go/{site.seeds['links']['instagram']}")
    desk.locator(".now__event", has_text="instagram 貼文").first.wait_for(timeout=10_000)
    assert desk.locator(".now__event").count() > before
    looking.look(desk)


def test_the_text_to_paste_is_counted_as_its_channel_counts_while_it_is_written(signed_in, furnished):
    from community.campaigns import texts

    desk = signed_in()
    desk.goto(f"/desk/campaigns/links/{furnished['paid']}/")
    said = desk.locator("text-room small")
    for channel in ("x", "threads", "line_oa", "ptt"):
        for words in ("手沖 abc https://x.example/very/long?q=1 好", "👩‍👩‍👧 🇹🇼 e\u0301 ☕️", "一" * 600):
            desk.locator("text-room").evaluate("(each, channel) => each.setAttribute('channel', channel)", channel)
            desk.locator("text-room textarea").fill(words)
            assert said.inner_text().split("／")[0].split()[0] == str(texts.length(channel, words)), (channel, words)


def test_no_page_that_people_meet_at_the_front_door_shuts_anybody_out(
    site, browser_context, watched, furnished, signed_in
):
    watched.allow("status of 404")
    for turn, app in enumerate(IN_APP):
        night = {"color_scheme": "dark", "locale": "en-GB"} if turn % 2 else {}
        phone = browser_context(user_agent=IN_APP[app], **night).new_page()
        for path in (
            f"/go/{site.seeds['links'][app]}",
            "/join/?next=/forum/",
            "/join/elsewhere/",
            "/choices/",
            "/go/nobody",
        ):
            phone.goto(path)
            looking.look(phone)
        phone.goto(furnished["their_page"])
        looking.look(phone)
    member = signed_in("ada", color_scheme="dark")
    for path in ("/me/invite/", "/me/arrivals/", "/me/arrivals/erasure/"):
        assert member.goto(path).status == 200
        looking.look(member)
