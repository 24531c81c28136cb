"""The whole journey with a finger on glass, and a second browser that sees the words arrive."""

import itertools
import re

import pytest

from tests.e2e import looking
from tests.e2e.conftest import DESK
from tests.e2e.seed import GREETING, TITLE
from tests.walking import IN_APP

LOCALES = {"zh": "zh-TW", "en": "en-GB"}
_numbers = itertools.count(1)


@pytest.fixture
def newcomer():
    return f"tapper-{next(_numbers)}@journey.example"


# Without a browser it is walked in each language inside each app; here the languages take turns.
@pytest.mark.parametrize(("app", "language"), list(zip(IN_APP, itertools.cycle(LOCALES), strict=False)))
def test_the_whole_journey(site, browser_context, watched, newcomer, app, language):
    words = f"我家是 93 度，{newcomer} 想知道要不要磨粗一點"
    watched.allow("status of 422")  # a wrong code is part of the walk
    onlooker = browser_context(DESK).new_page()
    onlooker.goto(f"/forum/threads/{site.seeds['thread']}/")
    looking.look(onlooker)

    phone = browser_context(user_agent=IN_APP[app], locale=LOCALES[language]).new_page()
    phone.goto(f"/go/{site.seeds['links'][app]}?fbclid=IwAR-x_Y")
    assert "fbclid=IwAR-x_Y" in phone.url
    phone.get_by_role("heading", name=re.compile(TITLE[:4])).first.wait_for()
    looking.look(phone)

    phone.locator("textarea[name=body]").first.fill(words)
    phone.locator("textarea[name=body]").first.locator("xpath=ancestor::form").locator("button[type=submit]").click()
    phone.wait_for_url("**/join/?next=**")
    looking.look(phone)
    phone.locator("main input[type=email]").fill(newcomer)
    phone.locator("main input[type=email]").press("Enter")
    phone.wait_for_url("**/join/code/**")
    looking.look(phone)
    right = site.code_for(newcomer)
    phone.locator("input[name=code]").fill("000000" if right != "000000" else "111111")
    phone.locator("input[name=code]").press("Enter")
    phone.locator("input[name=code][aria-invalid=true]").wait_for()
    looking.look(phone)
    phone.locator("input[name=code]").fill(right)
    phone.locator("input[name=code]").press("Enter")
    phone.wait_for_url(f"**/forum/threads/{site.seeds['thread']}/**")
    phone.get_by_text(words).wait_for()
    phone.get_by_text(GREETING[language]).wait_for()
    looking.look(phone)

    # In front of somebody else the words arrive by themselves, behind a pill when they are reading further up.
    post = onlooker.get_by_text(words)
    post.or_(onlooker.locator(".pill:visible")).first.wait_for()
    if not post.is_visible():
        onlooker.locator(".pill:visible").click()
    post.wait_for()
    assert onlooker.get_by_text(words).count() == 1


def test_the_marketer_makes_a_link_in_one_form_and_copies_it(site, browser_context):
    context = browser_context(DESK)
    desk = context.new_page()
    desk.goto("/join/?next=/desk/")
    sent = len(site.letters("mark@cast.example"))
    desk.locator("main input[type=email]").fill("mark@cast.example")
    desk.locator("main input[type=email]").press("Enter")
    desk.wait_for_url("**/join/code/**")
    desk.locator("input[name=code]").fill(site.code_for("mark@cast.example", nth=sent + 1))
    desk.locator("input[name=code]").press("Enter")
    desk.wait_for_url("**/desk/")
    desk.goto(f"/desk/campaigns/{site.seeds['campaign']}/")
    desk.locator("select[name=channel]").select_option("plurk")
    desk.locator("input[name=label]").fill("參數求救串")
    desk.locator("[name=destination]").fill(site.seeds["landing"])
    desk.locator("[name=destination]").locator("xpath=ancestor::form").locator("button.button").click()
    row = desk.get_by_text("參數求救串").first
    row.wait_for()
    address = re.search(r"/go/[\w-]+", desk.content()).group()
    stranger = browser_context(user_agent=IN_APP["facebook"]).new_page()
    assert stranger.goto(address).status == 200
    assert site.seeds["landing"] in stranger.url


def test_without_script_the_phone_still_walks_all_the_way(site, browser_context, newcomer):
    phone = browser_context(user_agent=IN_APP["line"], java_script_enabled=False).new_page()
    phone.goto(f"/go/{site.seeds['links']['line']}")
    phone.locator("textarea[name=body]").first.fill(f"{newcomer} 沒有腳本也能留言")
    phone.locator("textarea[name=body]").first.locator("xpath=ancestor::form").locator("button[type=submit]").click()
    phone.locator("main input[type=email]").fill(newcomer)
    phone.locator("main input[type=email]").press("Enter")
    phone.locator("input[name=code]").fill(site.code_for(newcomer))
    phone.locator("input[name=code]").press("Enter")
    phone.get_by_text(f"{newcomer} 沒有腳本也能留言").wait_for()
