"""A marketer's whole day: a campaign, a link for every channel, and who came through them and stayed to talk."""

import csv
import io
import re

import pytest

from tests.e2e import looking
from tests.e2e.conftest import DESK
from tests.walking import IN_APP

CHANNELS = ("facebook_page", "line_oa", "plurk")
LOCALES = {"zh": "zh-TW", "en": "en-GB"}


@pytest.fixture
def sign_in(site, browser_context):
    """A browser at the desk, signed in with the code from the mailbox."""

    def signed_in(address, **options):
        page = browser_context(DESK, **options).new_page()
        sent = len(site.letters(address))
        page.goto("/join/?next=/desk/")
        page.locator("main input[type=email]").fill(address)
        page.locator("main input[type=email]").press("Enter")
        page.wait_for_url("**/join/code/**")
        page.locator("input[name=code]").fill(site.code_for(address, nth=sent + 1))
        page.locator("input[name=code]").press("Enter")
        page.wait_for_url("**/desk/")
        return page

    return signed_in


def main_form(page):
    return page.locator("main form[method=post]").first


def figure(page, row, name) -> int:
    """A number of the relationship table, as the page itself says it to machines."""
    return float(page.locator(f"{row} [data-figure={name}]").first.get_attribute("data-value"))


@pytest.mark.parametrize("language", LOCALES)
def test_from_a_new_campaign_to_a_report_on_the_member_it_brought(site, browser_context, sign_in, language):
    # English words are longer; for axe they are the same page, and its rules take seconds on each of these.
    look = looking.look if language == "zh" else looking.assert_fits
    desk = sign_in("mark@cast.example", locale=LOCALES[language])
    desk.goto("/desk/campaigns/new/")
    name = {"zh": "秋天的濾紙", "en": "Filters of autumn"}[language]
    desk.locator("input[name=name]").fill(name)
    main_form(desk).locator("button.button, input[type=submit]").last.click()
    desk.wait_for_url(re.compile(r"/desk/campaigns/\d+/$"))
    campaign = desk.url.rstrip("/").rsplit("/", 1)[1]

    # One post for three places: tick, look over, make.
    desk.goto(f"/desk/campaigns/{campaign}/channels/")
    desk.locator("input[name=label]").fill("濾紙怎麼選")
    desk.locator("[name=destination]").fill(site.seeds["landing"])
    for channel in CHANNELS:
        desk.locator(f"input[name=channels][value={channel}]").check()
    main_form(desk).locator("button.button").first.click()
    desk.locator("button[name=act][value=make]").click()
    desk.wait_for_url(f"**/desk/campaigns/{campaign}/texts/**")
    desk.reload()  # Wagtail's own green message has been read
    look(desk)
    desk.goto(f"/desk/campaigns/{campaign}/")
    codes = dict.fromkeys(re.findall(r"/go/([\w-]+)", desk.locator("main").inner_html()))
    assert len(codes) >= len(CHANNELS)

    # Somebody taps the post in Facebook's browser, answers, and joins.
    table = desk.request.get(f"/desk/campaigns/links/table.csv?campaign={campaign}").text()
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))
    assert len({tuple(row.values()) for row in rows}) == len(CHANNELS)
    address = next(
        re.search(r"/go/[\w-]+", " ".join(row.values()))[0] for row in rows if "facebook" in " ".join(row.values())
    )
    newcomer, words = f"autumn-{language}@journey.example", f"我都用漂白的，{language} 你們呢？"
    phone = browser_context(user_agent=IN_APP["facebook"], locale=LOCALES[language]).new_page()
    phone.goto(f"{address}?fbclid=IwAR-{language}")
    phone.locator("textarea[name=body]").first.fill(words)
    phone.locator("textarea[name=body]").first.locator("xpath=ancestor::form").locator("button[type=submit]").click()
    phone.locator("main input[type=email]").fill(newcomer)
    phone.locator("main input[type=email]").press("Enter")
    phone.wait_for_url("**/join/code/**")
    phone.locator("input[name=code]").fill(site.code_for(newcomer))
    phone.locator("input[name=code]").press("Enter")
    phone.get_by_text(words).wait_for()

    # The report knows: one person came, joined; the same figure in table and file; filters stand in the address.
    desk.goto("/desk/insights/?period=today")
    look(desk)
    desk.goto(f"/desk/insights/campaigns/{campaign}/?period=today")
    row = desk.locator("table.bonds tbody tr", has_text="濾紙怎麼選").first
    row.wait_for()
    told = {
        name: float(row.locator(f"[data-figure={name}]").get_attribute("data-value")) for name in ("visits", "joined")
    }
    assert told == {"visits": 1, "joined": 1}
    before = desk.url
    row.locator("a").first.click()
    desk.wait_for_url(lambda url: url != before)
    assert "link=" in desk.url
    file = desk.locator("main a[href*='files/links.csv']").first.get_attribute("href")
    lines = list(csv.reader(io.StringIO(desk.request.get(file).text().lstrip("\ufeff"))))
    assert any("濾紙怎麼選" in " ".join(line) and "1" in line for line in lines), lines
    desk.go_back()
    assert desk.url == before

    # And of the member: how they came, in one sentence.
    desk.goto("/desk/insights/members/")
    desk.locator("main table tbody a").first.click()
    desk.get_by_text("Facebook").first.wait_for()
    look(desk)
