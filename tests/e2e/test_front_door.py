"""The front door with a finger on glass: what is asked of people, and what a marketer does at the desk."""

import json
import re
import time

import pytest

from tests.campaigns import sheets
from tests.e2e import looking
from tests.e2e.conftest import DESK, PHONE
from tests.walking import IN_APP

DOORS = "from tests.e2e import doors; print(doors.{call})"


@pytest.fixture(scope="module")
def happens(site):
    """Lets something happen inside the site: `happens("rung('ada')")`; gives what it said."""

    def happen(call):
        return site.does(DOORS.format(call=call))

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


def visitor_cookie(page):
    """How long the visitor's name lasts: None when there is none, 0 for as long as the browser is open."""
    found = [each for each in page.context.cookies() if each["name"] == "visitor"]
    return None if not found else max(0, found[0]["expires"])


def save(page):
    page.locator("main form[method=post] button:not([hidden])").first.click()


# --- people


def test_nothing_lasts_before_somebody_agreed_and_a_yes_is_taken_back_as_easily(site, browser_context):
    phone = browser_context().new_page()
    phone.goto(f"/go/{site.seeds['links']['facebook']}")
    slip = phone.locator("choice-slip")
    slip.get_by_role("button").nth(1).wait_for()
    looking.look(phone)
    yes, no = slip.get_by_role("button").nth(1).bounding_box(), slip.get_by_role("button").nth(0).bounding_box()
    assert abs(yes["width"] * yes["height"] - no["width"] * no["height"]) < 0.3 * yes["width"] * yes["height"]
    assert not visitor_cookie(phone)  # the session's own name at most, and no longer
    slip.get_by_role("button").nth(0).click()
    slip.locator("section").wait_for(state="hidden")
    assert not visitor_cookie(phone)
    phone.reload()
    assert not slip.locator("section").is_visible()

    other = browser_context().new_page()
    other.goto(site.seeds["landing"])
    other.locator("choice-slip").get_by_role("button").nth(1).click()
    other.locator("choice-slip section").wait_for(state="hidden")
    lasts = visitor_cookie(other) - time.time()
    assert 300 * 86_400 < lasts < 400 * 86_400
    other.goto("/choices/")
    looking.look(other)
    other.locator("button[name=answer][value=none]").click()
    other.wait_for_url("**/choices/?saved=1**")
    assert not visitor_cookie(other)

    quiet = browser_context(extra_http_headers={"Sec-GPC": "1"})
    quiet.add_init_script("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })")
    page = quiet.new_page()
    page.goto(site.seeds["landing"])
    assert not page.locator("choice-slip section").is_visible()
    page.goto("/choices/")
    page.locator("button[name=answer][value=all]").click()
    page.wait_for_url("**/choices/?saved=1**")
    assert not visitor_cookie(page)


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
    counts = [page.locator(".bell__count") for page in (one, two)]
    before = int(counts[0].inner_text()) if counts[0].count() else 0  # whoever answered her elsewhere rang it too
    happens("rung('ada')")
    for count in counts:
        count.filter(has_text=re.compile(rf"^\s*{before + 1}\s*$")).wait_for()
    one.goto("/me/bell/")
    looking.look(one)
    one.locator("main form button").first.click()
    two.locator(".bell__count").wait_for(state="detached")


# --- the desk


def test_a_chinese_table_of_metas_is_looked_at_kept_tied_and_undone(signed_in, furnished):
    desk = signed_in()
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 2 * 86_400))
    rows = [
        sheets.ad("手沖廣告", day, "1,000.00", campaign="春日"),
        sheets.ad("壞的", day, "不是錢"),
        sheets.total("1,000.00"),
    ]
    text = "\ufeff" + "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in [sheets.ADS_ZH, *rows])
    desk.goto("/desk/costs/")
    desk.locator("input[type=file]").set_input_files(
        {"name": "廣告報表.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    desk.locator("file-limit button").click()
    desk.wait_for_url(re.compile(r"/desk/costs/sheets/\d+/$"))
    desk.get_by_text("NT$1,000").first.wait_for()
    desk.get_by_text("不是錢").wait_for()  # the row that is left out, and why
    looking.look(desk)
    sheet = desk.url
    desk.locator("form[action$='/kept/'] button").click()
    desk.wait_for_url(re.compile(r"/desk/costs/(ties/)?$"))
    desk.goto("/desk/insights/costs/?by=link")  # the ad is called like the link, and has found it by itself
    row = desk.locator("table tr", has_text="手沖廣告")
    row.get_by_text("NT$500").first.wait_for()  # two people joined
    looking.look(desk)
    desk.goto(sheet)
    desk.locator("form[action$='/undone/'] button").click()
    desk.wait_for_url(sheet)
    desk.goto("/desk/insights/costs/?by=link")
    assert not desk.locator("table tr", has_text="NT$500").count()


def test_what_meta_is_told_is_switched_on_seen_with_its_hashes_and_sent_again(site, happens, signed_in):
    desk = signed_in()
    desk.goto("/desk/outward/told/meta/")
    desk.locator("#step-day30 input[type=checkbox]").check()
    looking.look(desk)
    save(desk)
    desk.wait_for_load_state()
    happens("stayed()")

    def told():
        return [event["event_id"] for _headers, body in site.meta.asked for event in body["data"]]

    waiting(told, site)
    desk.goto("/desk/outward/")
    looking.look(desk)
    desk.locator("tr[id^=delivery-]", has_text="grace").locator("a").first.click()
    payload = desk.locator("pre.desk-payload").first.inner_text()
    assert re.search(r'"em": \[\s*"[0-9a-f]{64}"', payload)
    assert "grace@" not in payload
    assert "EAAtest" not in desk.content()
    looking.look(desk)
    desk.locator("form[action$='/again/'] button").first.click()
    # One and the same event twice, among whatever else happens.
    waiting(lambda: len(told()) > len(set(told())), site)


def waiting(until, site):
    """Until it is so: the worker may have other things to do first."""
    deadline = time.monotonic() + 90
    while not until():
        assert time.monotonic() < deadline, site.log.read_text()[-3000:]
        time.sleep(0.1)


def test_a_rule_and_a_split_send_people_their_ways_and_say_when_it_is_too_few(
    site, browser_context, signed_in, furnished
):
    desk = signed_in()
    desk.goto(f"/desk/campaigns/links/{furnished['paid']}/ways/")
    rule = desk.locator("#rules details", has=desk.locator("input[name=kind][value=app]"))
    rule.locator("summary").click()
    rule.get_by_label("LINE", exact=True).check()
    rule.locator("[name$=destination]").fill("/articles/")
    rule.locator("button").click()
    arm = desk.locator("#split details")
    arm.locator("[name$=weight]").fill("50")
    arm.locator("[name$=destination]").fill("/")
    arm.locator("button").click()
    desk.locator("#split tbody tr").nth(1).wait_for()  # the first arm brings along those who go where the link led
    desk.reload()  # Wagtail's own green message has been read
    looking.look(desk)
    from_line = browser_context(user_agent=IN_APP["line"]).new_page()
    from_line.goto(f"/go/{furnished['paid_code']}")
    assert "/articles/" in from_line.url
    elsewhere = browser_context().new_page()
    places = set()
    for _ in range(3):
        elsewhere.goto(f"/go/{furnished['paid_code']}")
        places.add(elsewhere.url.partition("?")[0])
    assert len(places) == 1  # one person keeps one arm
    desk.goto(f"/desk/insights/links/{furnished['paid']}/split/")
    desk.get_by_text("樣本太少").first.wait_for()
    looking.look(desk)


def test_a_shared_page_asks_its_password_and_comes_to_its_end(browser_context, watched, happens, signed_in):
    watched.allow("status of 422")
    watched.allow("status of 404")
    desk = signed_in()
    desk.goto("/desk/insights/shared/?period=90")
    desk.locator("input[name=name]").fill("給老闆")
    desk.locator("input[name=password]").fill("濾紙")
    save(desk)
    address = desk.locator("tr[id^=share-] a").first.get_attribute("href")
    looking.look(desk)
    guest = browser_context().new_page()
    guest.goto(address)
    looking.look(guest)
    for password in ("不對", "濾紙"):
        guest.locator("input[name=password]").fill(password)
        guest.locator("input[name=password]").press("Enter")
        guest.wait_for_load_state()
    guest.get_by_role("heading", name="給老闆").wait_for()
    looking.look(guest)
    assert guest.goto(address + "?campaign=999999").status == 200  # narrower, never wider
    happens("over()")
    assert guest.goto(address).status == 404


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


# --- all of it


PAGES = [
    "campaigns/",
    "campaigns/?archived=1",
    "campaigns/new/",
    "campaigns/{campaign}/",
    "campaigns/{campaign}/channels/",
    "campaigns/{campaign}/texts/",
    "campaigns/{campaign}/words/",
    "campaigns/links/",
    "campaigns/links/table/",
    "campaigns/links/{paid}/",
    "campaigns/links/{link}/changes/",
    "campaigns/links/{paid}/ways/",
    "campaigns/links/{paid}/qr/",
    "campaigns/missed/",
    "campaigns/words/",
    "campaigns/words/templates/",
    "campaigns/friends/",
    "campaigns/friends/?all=1",
    "campaigns/partners/",
    "campaigns/partners/new/",
    "campaigns/partners/{partner}/",
    "campaigns/revenue/",
    "campaigns/hooks/",
    "campaigns/hooks/new/",
    "campaigns/hooks/{endpoint}/",
    "costs/",
    "costs/typed/",
    "costs/ties/",
    "outward/",
    "outward/told/meta/",
    "outward/told/ga4/",
    "keys/",
    "insights/?period=7",
    "insights/links/",
    "insights/leaks/",
    "insights/by/app/",
    "insights/links/{paid}/split/",
    "insights/live/",
    "insights/notes/",
    "insights/shared/",
    "insights/wishes/",
    "insights/members/",
    "insights/costs/",
    "insights/costs/truths/",
    "insights/costs/posts/",
]


def test_no_page_of_the_marketers_desk_shuts_anybody_out(signed_in, furnished):
    """axe, width, console and foreign requests: every other page on a phone by day, the rest at a desk, in English, by night."""
    day = signed_in("root")
    night = signed_in("root", DESK, locale="en-GB", color_scheme="dark")
    wrong = []
    for turn, path in enumerate(PAGES):
        page = (day, night)[turn % 2]
        answer = page.goto("/desk/" + path.format(**furnished))
        assert answer.status == 200, path
        try:
            looking.look(page)
        except AssertionError as error:
            wrong.append(str(error))
    assert not wrong, "\n".join(wrong)
