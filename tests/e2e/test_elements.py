"""The small elements of every page, each in a real browser: what they add, and that they never cost a word."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

HOUSE = "https://house.test"  # nothing is asked of it: every answer is made up below
KINDS = {".js": "text/javascript", ".css": "text/css"}
SHELL = '<!doctype html><html lang="zh-Hant-TW"><meta charset="utf-8"><script type="module" src="/static/js/main.js"></script>'
FORM = SHELL + (
    '<draft-keeper key="thread-12"><form action="/said" method="post">'
    '<textarea name="body" aria-label="回覆"></textarea><button>送出</button></form></draft-keeper>'
)
KEPT = "localStorage.getItem('draft:thread-12')"


@pytest.fixture
def pages():
    """What the pretended server answers, by path; None is a line that breaks."""
    return {"/": FORM}


@pytest.fixture
def page(browser, pages):
    def answer(route):
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = Path(settings.BASE_DIR) / path[1:]
            return route.fulfill(body=file.read_text(), content_type=KINDS[file.suffix])
        words = pages.get(path)
        return route.abort() if words is None else route.fulfill(body=words, content_type="text/html; charset=utf-8")

    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=HOUSE)
    context.route("**/*", answer)
    page = context.new_page()
    yield page
    context.close()


def opened(page, path="/"):
    page.goto(HOUSE + path)
    page.wait_for_function("Boolean(customElements.get('draft-keeper') && customElements.get('drop-menu'))")
    return page


def test_unsent_words_are_there_again_after_a_closed_tab(page):
    opened(page).fill("textarea", "水溫降到 89 度，然後呢？")
    opened(page)
    assert page.input_value("textarea") == "水溫降到 89 度，然後呢？"


def test_what_the_server_gave_back_is_not_overwritten(page, pages):
    opened(page).fill("textarea", "舊的草稿")
    pages["/"] = FORM.replace("></textarea>", ">剛才送出而太短的</textarea>")
    opened(page)
    assert page.input_value("textarea") == "剛才送出而太短的"


def test_words_stay_when_the_line_breaks(page, pages):
    opened(page).fill("textarea", "路上斷線的一句話")
    with page.expect_event("requestfailed"):
        page.click("button")
    later = opened(page.context.new_page())
    assert later.input_value("textarea") == "路上斷線的一句話"


def test_words_are_let_go_once_the_page_shows_them(page, pages):
    opened(page).fill("textarea", "第一段\n\n第二段")
    pages["/said"] = FORM + '<article><div class="post__body"><p>第一段</p><p>第二段</p></div></article>'
    page.click("button")
    page.wait_for_url("**/said")
    page.wait_for_function(f"{KEPT} === null")
    assert page.input_value("textarea") == ""


def test_words_are_let_go_when_the_server_says_so(page, pages):
    opened(page).fill("textarea", "這則先留著")
    pages["/"] = FORM + '<p data-draft-done="thread-12">收到了</p>'
    opened(page)
    assert page.evaluate(KEPT) is None


def test_an_answer_to_htmx_lets_them_go_and_a_refusal_keeps_them(page):
    opened(page).fill("textarea", "用 htmx 送的")
    told = "ok => document.querySelector('form').dispatchEvent(new CustomEvent('htmx:afterRequest', {bubbles: true, detail: {successful: ok}}))"
    page.evaluate(told, False)
    assert "用 htmx 送的" in page.evaluate(KEPT)
    page.evaluate(told, True)
    assert page.evaluate(KEPT) is None


def test_a_copy_button_shows_itself_and_copies(page, pages):
    pages["/"] = SHELL + (
        '<textarea id="kept">寫了很久的字</textarea>'
        '<copy-button from="kept" done="複製好了"><button type="button" hidden>複製起來</button></copy-button>'
    )
    opened(page).click("text=複製起來")
    page.wait_for_selector("text=複製好了")
    assert page.evaluate("navigator.clipboard.readText()") == "寫了很久的字"


def test_a_menu_closes_on_escape_and_when_one_turns_elsewhere(page, pages):
    pages["/"] = SHELL + (
        "<drop-menu><details><summary>選單</summary><a href='/me'>我的頁面</a></details></drop-menu><p>別處</p>"
    )
    opened(page).click("summary")
    assert page.locator("details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.click("summary")
    page.click("text=別處")
    assert page.locator("details[open]").count() == 0


def test_a_field_grows_where_the_browser_would_not_do_it(page, pages):
    pages["/"] = SHELL + "<grow-field><textarea rows=1></textarea></grow-field>"
    page.add_init_script("CSS.supports = () => false")
    field = opened(page).locator("textarea")
    before = field.bounding_box()["height"]
    field.fill("一\n二\n三\n四\n五")
    assert field.bounding_box()["height"] > before * 2


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.5, None), (1, "1 分鐘前"), (59, "59 分鐘前"), (61, "今天 13:59"), (60 * 20, "昨天 19:00"), (60 * 72, None)],
)
def test_times_go_on_as_the_server_began_them(page, minutes, words):
    ask = """async minutes => { const { said } = await import("/static/js/times.js")
        const now = new Date(2026, 10, 22, 15, 0)
        return said(new Date(now - minutes * 60000), now, "zh-Hant-TW") }"""
    assert opened(page).evaluate(ask, minutes) == words
