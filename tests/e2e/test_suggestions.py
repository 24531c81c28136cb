"""What one may mean while one types, by keyboard alone: a combobox, whose focus never leaves the field."""

from tests.e2e.conftest import DESK
from tests.e2e.looking import assert_accessible

FIELD = "document.activeElement.getAttribute"


def test_arrows_enter_and_escape_walk_through_what_one_may_mean(site, browser_context):
    page = browser_context(DESK).new_page()
    page.goto("/forum/search/")
    page.wait_for_function("Boolean(customElements.get('search-suggest'))")
    page.keyboard.type("水溫")
    first = page.locator("main [role=option]").first
    first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{FIELD}('aria-activedescendant')") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert page.evaluate(f"[{FIELD}('role'), {FIELD}('aria-expanded'), document.activeElement.value]") == [
        "combobox",
        "false",
        "水溫",
    ]
    page.keyboard.press("ArrowDown")
    first.wait_for()
    page.keyboard.press("ArrowDown")
    goal = first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{goal}")
