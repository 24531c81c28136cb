"""Writing on a phone: form, names, an input method that is still composing, and words from elsewhere."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.e2e import looking
from tests.e2e.conftest import DESK

WORD_LIST = (
    "<style>p { color: red }</style>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>豆子 15 g</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>水 225 g</p>"
    "<script>alert(1)</script><img src=x onerror=alert(1)>"
)
COUNTED = "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Fx%3D1%26fbclid%3DIw&h=AT0"
TABLE = "<table><tr><th>水溫</th><th>喝起來</th></tr><tr><td><p>92</p></td><td><p>酸</p><p><b>很酸</b></p></td></tr></table>"
LINES = (
    ("text/plain", "・豆子\r\n・水\r\n\r\n隔天", "<p>・豆子<br>・水</p><p>隔天</p>"),
    (
        "text/plain",
        "> 一\n> 二\n\n**粗**\n細",
        "<blockquote><p>一<br>二</p></blockquote><p><strong>粗</strong><br>細</p>",
    ),
    ("text/plain", "| 水溫 | 喝起來 |\n|---|---|\n| 92 | 酸 |", "<p>水溫 | 喝起來<br>92 | 酸</p>"),
    ("text/html", TABLE, "<p>水溫 | 喝起來<br>92 | 酸 <strong>很酸</strong></p>"),
    ("text/html", "<table><tr><td><p>一</p><p>二</p></td></tr></table>", "<p>一</p><p>二</p>"),
)
PASTE = """([kind, words]) => {
    const told = new DataTransfer()
    told.setData(kind, words)
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: told, bubbles: true, cancelable: true }))
}"""


def test_words_with_form_are_written_on_a_phone_and_seen_by_somebody_else(site, browser_context, come_in):
    talk = f"/forum/threads/{site.seeds['thread']}/"
    onlooker = browser_context(DESK).new_page()
    onlooker.goto(talk)
    count = int(onlooker.locator("post-count").inner_text().split()[0])
    phone = come_in("chen")
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(talk)
    phone.wait_for_load_state("networkidle")
    assert not [url for url in asked if "prose_editor" in url or "/composer/" in url], (
        "costs something before it is used"
    )

    phone.locator("textarea[name=body]").tap()
    words = phone.get_by_role("textbox", name="你的留言").and_(phone.locator("[contenteditable]"))
    words.wait_for()
    looking.look(phone)
    looking.assert_targets(phone)
    sheet = phone.locator(".dock--sheet").bounding_box()
    assert sheet["y"] >= 0
    assert sheet["y"] + sheet["height"] <= 844.5

    # While an input method is composing nothing is sent and nobody is offered; what it composed is there once.
    keys = phone.context.new_cdp_session(phone)
    keys.send("Input.imeSetComposition", {"text": "ㄒㄧㄢ", "selectionStart": 3, "selectionEnd": 3})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "modifiers": 2}
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    keys.send("Input.insertText", {"text": "先降水溫，"})
    keys.send("Input.imeSetComposition", {"text": "＠", "selectionStart": 1, "selectionEnd": 1})
    phone.wait_for_timeout(400)
    people = phone.get_by_role("listbox")
    assert not people.is_visible()
    keys.send("Input.insertText", {"text": "＠"})
    people.get_by_role("option", name="Host").wait_for()
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="粗體").click()
    assert phone.get_by_role("button", name="粗體").get_attribute("aria-pressed") == "true"
    phone.keyboard.type("試試")
    phone.keyboard.press("Enter")
    phone.evaluate(PASTE, ["text/html", WORD_LIST])
    phone.keyboard.press("Enter")
    phone.keyboard.press("Enter")
    phone.evaluate(PASTE, ["text/plain", "**水溫** 2*3*4 見 [表](https://example.com/t)"])
    phone.evaluate(PASTE, ["text/html", f"<a href='{COUNTED}'>文</a>"])
    phone.evaluate(PASTE, ["text/plain", "長" * 100_001])
    phone.get_by_text("這段太長了").wait_for()
    # By keyboard alone: to the bar, along it, and back.
    phone.keyboard.press("Alt+F10")
    phone.keyboard.press("ArrowRight")
    assert phone.evaluate("document.activeElement.dataset.act") in {"bold", "italic"}
    phone.keyboard.press("Escape")
    phone.wait_for_function("() => document.activeElement.isContentEditable")
    phone.keyboard.press("Control+Enter")

    said = onlooker.locator(".post").filter(has_text="豆子 15 g")
    said.or_(onlooker.locator(".pill:visible")).first.wait_for()
    if not said.is_visible():
        onlooker.locator(".pill:visible").click()
    said.wait_for()
    for page in (onlooker, phone):
        expect(page.locator("post-count")).to_have_text(f"{count + 1} 則")
    body = said.locator(".post__body")
    assert body.locator("a.mention").inner_text() == "@Host"
    assert body.locator("strong").all_inner_texts() == ["試試", "水溫"]
    assert body.locator("ul li").all_inner_texts() == ["豆子 15 g", "水 225 g"]
    assert body.locator("a[href='https://example.com/t']").inner_text() == "表"
    assert body.locator("a[href='https://example.com/a?x=1']").inner_text() == "文"
    assert body.inner_text().count("先降水溫") == 1
    assert "ㄒㄧㄢ" not in body.inner_text()
    phone.locator(".composer__field--empty").wait_for()
    assert phone.locator(".dock--sheet").count() == 0
    # The keyboard's hand is still there, and finds the words with one step; Escape folds the sheet away again.
    assert phone.evaluate("document.activeElement.matches('.dock')")
    phone.keyboard.press("Tab")
    phone.locator(".dock--sheet").wait_for()
    phone.keyboard.press("Escape")
    phone.locator(".dock--sheet").wait_for(state="detached")


def test_no_letter_moves_what_is_read_and_what_is_refused_or_put_in_order_leaves_the_hand_where_it_was(
    site, come_in, watched
):
    watched.allow("status of 422")
    desk = come_in("chen", DESK)
    desk.goto(f"/forum/threads/{site.seeds['thread']}/")
    desk.set_viewport_size({"width": 1280, "height": 320})
    desk.evaluate("scrollTo(0, 40)")
    box = desk.locator("textarea[name=body]").bounding_box()
    desk.mouse.click(box["x"] + 40, box["y"] + 10)
    desk.locator(".composer__words").wait_for()
    at = desk.evaluate("scrollY")
    desk.keyboard.type("看")
    assert desk.evaluate("scrollY") == at
    # Nothing was written: the field comes back with the caret in it, and with the first letter the sentence is unsaid.
    desk.keyboard.press("Backspace")
    desk.keyboard.press("Control+Enter")
    refused = desk.get_by_text("還沒有寫字")
    refused.wait_for()
    desk.wait_for_function("() => document.activeElement.isContentEditable")
    desk.keyboard.type("看這兩張")
    assert not refused.is_visible()
    desk.set_viewport_size(DESK["viewport"])

    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    with desk.expect_file_chooser() as chosen:
        desk.get_by_role("button", name="圖片").click()
    cup = {"mimeType": "image/png", "buffer": out.getvalue()}
    chosen.value.set_files([{"name": "one.png", **cup}, {"name": "two.png", **cup}])
    alts = desk.get_by_label("圖片裡有什麼")
    alts.nth(1).wait_for()
    alts.nth(0).fill("第一張")
    alts.nth(1).fill("第二張")
    assert desk.get_by_role("button", name="往下移").count() == 1, "the last one has nowhere to go"
    desk.get_by_role("button", name="往下移").press("Enter")
    expect(alts.nth(1)).to_have_value("第一張")
    assert desk.evaluate("document.activeElement.textContent") == "往上移"
    desk.keyboard.press("Enter")
    expect(alts.nth(0)).to_have_value("第一張")
    desk.get_by_role("button", name="送出").click()
    said = desk.locator(".post:not(.post--ghost)").filter(has_text="看這兩張")
    said.locator("figure img").nth(1).wait_for()
    assert said.locator("figure img").evaluate_all("all => all.map(each => each.alt)") == ["第一張", "第二張"]


def test_what_is_pasted_keeps_its_lines_and_a_file_that_is_no_picture_says_so(site, come_in):
    desk = come_in("ada", DESK)
    desk.goto(f"/forum/threads/{site.seeds['thread']}/")
    desk.locator("textarea[name=body]").click()
    words = desk.locator(".composer__words")
    words.wait_for()
    for kind, pasted, shown in LINES:
        desk.evaluate(PASTE, [kind, pasted])
        assert words.inner_html() == shown
        desk.keyboard.press("Control+a")
        desk.keyboard.press("Delete")
    # A wall of stars is words; what is far too long is told so, until one writes on.
    desk.evaluate(PASTE, ["text/plain", "*字 " * 20_000])
    assert words.evaluate("words => words.textContent.length") > 50_000
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Delete")
    desk.evaluate(PASTE, ["text/plain", "長" * 100_001])
    expect(desk.locator("[data-status]")).to_contain_text("太長")
    desk.keyboard.type("短")
    expect(desk.locator("[data-status]")).to_have_text("")
    desk.keyboard.press("Backspace")
    # An address alone leads where it leads, past counters, and over chosen words it is where they lead.
    desk.evaluate(PASTE, ["text/plain", COUNTED])
    assert words.inner_html() == "<p>https://example.com/a?x=1</p>"
    desk.keyboard.press("Control+a")
    desk.keyboard.type("看這張表")
    desk.keyboard.press("Shift+Home")
    desk.wait_for_function("() => getSelection().toString() === '看這張表'")
    desk.wait_for_timeout(200)  # the editor hears of a selection by the keyboard a moment after the page
    desk.evaluate(PASTE, ["text/plain", "https://example.com/咖啡"])
    words.locator("a[href='https://example.com/咖啡']").get_by_text("看這張表").wait_for()
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Delete")
    # Dropped, such a file would be opened by the browser in the place of the page.
    desk.keyboard.type("這是說明書")
    is_taken = words.evaluate("""words => {
        const told = new DataTransfer(), { x, y } = words.getBoundingClientRect()
        told.items.add(new File(["%PDF"], "guide.pdf", { type: "application/pdf" }))
        return !words.dispatchEvent(new DragEvent("drop", { dataTransfer: told, bubbles: true, cancelable: true, clientX: x + 40, clientY: y + 9 }))
    }""")
    assert is_taken
    shot = desk.locator(".shot--being-written")
    expect(shot.get_by_role("alert")).to_contain_text("不像圖片")
    expect(desk.locator("[data-status]")).to_have_text("")
    assert not shot.get_by_role("button", name="再傳一次").is_visible(), "it would never be taken"
    looking.look(desk)
    shot.get_by_role("button", name="拿掉").press("Enter")
    expect(shot).to_have_count(0)
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Delete")


def test_a_picture_is_sent_with_its_words_and_a_post_is_quoted_by_selecting(site, come_in):
    talk = f"/forum/threads/{site.seeds['thread']}/"
    phone = come_in("ben")
    phone.goto(talk)
    # Words of somebody else, selected with a finger, come with the way back to them.
    first = phone.locator(f"#posts-{site.seeds['thread']} .post__body p").first
    # Three clicks with a mouse go on to the beginning of what follows: they mean the paragraph all the same.
    first.click(click_count=3)
    phone.get_by_role("button", name="引用這段").wait_for()
    first.evaluate("words => getSelection().selectAllChildren(words)")
    phone.get_by_role("button", name="引用這段").click()
    phone.locator(".composer__words blockquote[data-post]").wait_for()
    phone.keyboard.type("看我這杯")

    with phone.expect_file_chooser() as chosen:
        phone.get_by_role("button", name="圖片").click()
    out = io.BytesIO()
    Image.linear_gradient("L").resize((2000, 1000)).save(out, "PNG")
    chosen.value.set_files({"name": "cup.png", "mimeType": "image/png", "buffer": out.getvalue()})
    phone.locator(".shot[data-state=there]").wait_for()
    phone.get_by_label("圖片裡有什麼").fill("一杯很酸的咖啡")
    looking.look(phone)
    # Nothing of the sheet is cut off at the side: the words, the picture, and the button that folds it away.
    for part in (".composer__field", ".shot--being-written", "[data-fold]"):
        box = phone.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    looking.picture(phone, "composer-with-a-picture")
    phone.get_by_role("button", name="送出").click()

    said = phone.locator(".post").filter(has_text="看我這杯")
    shot = said.get_by_role("img", name="一杯很酸的咖啡")
    shot.wait_for()
    shot.scroll_into_view_if_needed()
    for _ in range(100):
        if shot.evaluate("picture => picture.complete && picture.naturalWidth"):
            break
        phone.wait_for_timeout(100)
    assert shot.evaluate("picture => picture.naturalWidth") == 1600
    assert said.locator("blockquote.quoted a").get_attribute("data-jump")


def test_nothing_is_lost_that_is_typed_while_the_composer_comes(site, come_in):
    desk, words = come_in("ben", DESK), "typed without a pause while the field becomes a composer"
    desk.goto(f"/forum/threads/{site.seeds['thread']}/")
    desk.evaluate("() => { window.requestAnimationFrame = run => setTimeout(run, 400) }")  # as on a slow machine
    desk.locator("textarea[name=body]").focus()
    desk.keyboard.type(words, delay=25)
    desk.locator(".ProseMirror").wait_for()
    assert desk.locator("textarea[name=body]").input_value() == words
