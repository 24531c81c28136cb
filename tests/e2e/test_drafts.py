"""Words that are not sent yet: on two devices of one person, and on a line that breaks."""

from playwright.sync_api import expect

from tests.e2e import looking
from tests.e2e.conftest import DESK

KEPT = "草稿存好了"


def writing(page, words):
    page.locator("textarea[name=body]").evaluate("field => field.focus()")
    page.locator(".composer__words").click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def test_two_devices_write_one_reply_and_a_broken_line_costs_no_word(site, come_in, watched):
    watched.allow("status of 409")
    watched.allow("ERR_INTERNET_DISCONNECTED")
    watched.allow("WebSocket")
    watched.allow("htmx:")
    talk = f"/forum/threads/{site.seeds['question']}/"
    phone, desk = come_in("ada"), come_in("ada", DESK)

    phone.goto(talk)
    writing(phone, "濾紙先沖一次")
    expect(phone.locator("[data-kept]")).to_contain_text(KEPT)
    desk.goto(talk)
    expect(desk.locator("textarea[name=body]")).to_have_value("濾紙先沖一次")
    writing(desk, "，水要滾")
    expect(desk.locator("[data-kept]")).to_contain_text(KEPT)

    # The phone did not hear of it, and goes on: both are offered, the older one is not written over the newer.
    writing(phone, "，用溫水")
    newer = phone.locator("[data-newer]")
    expect(newer).to_contain_text("在另一台裝置有較新的草稿")
    expect(newer).to_contain_text("濾紙先沖一次，水要滾")
    looking.look(phone)
    looking.assert_targets(phone)
    looking.picture(phone, "draft-newer")
    newer.get_by_role("button", name="用那一份").click()
    expect(phone.locator(".composer__words")).to_have_text("濾紙先沖一次，水要滾")
    expect(newer).to_be_hidden()

    # Sent without a line: the words stay, say so, and go out by themselves, once.
    phone.context.set_offline(True)
    phone.get_by_role("button", name="送出").click()
    unsent = phone.locator("send-again")
    expect(unsent).to_contain_text("尚未送出")
    expect(phone.locator(".composer__words")).to_have_text("濾紙先沖一次，水要滾")
    looking.picture(phone, "draft-unsent")
    phone.context.set_offline(False)
    said = phone.locator(".post:not(.post--ghost)").filter(has_text="濾紙先沖一次，水要滾")
    said.wait_for()
    expect(unsent).to_be_hidden()
    expect(phone.locator(".composer__field--empty")).to_have_count(1)

    desk.goto(talk)
    assert desk.locator(".post").filter(has_text="濾紙先沖一次，水要滾").count() == 1
    expect(desk.locator("textarea[name=body]")).to_have_value("")
    desk.goto("/forum/drafts/")
    expect(desk.get_by_role("heading", name="我的草稿")).to_be_visible()
    assert "濾紙先沖一次" not in desk.locator("main").inner_text()
    looking.look(desk)
