"""Words that are not sent yet: on two devices of one person, and on a line that breaks."""

from playwright.sync_api import expect

from tests.e2e import looking
from tests.e2e.conftest import DESK

KEPT = "草稿存好了"


def writing(page, words, within=None):
    place = within or page
    place.locator("textarea[name=body]").evaluate("field => field.focus()")
    place.locator(".composer__words").click()
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
    expect(phone.locator("[data-kept]")).to_be_hidden()
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
    # Pressed once more in the same hurry: nothing is sent, and nobody is told off for it.
    phone.locator("form#reply").evaluate("form => form.requestSubmit()")
    expect(phone.locator("form#reply .field__wrong[data-refused]")).to_have_count(0)

    # The words were sent from the phone: where they still stood on the desk, they stand no more.
    expect(desk.locator(".composer__field--empty")).to_have_count(1)
    desk.goto(talk)
    assert desk.locator(".post").filter(has_text="濾紙先沖一次，水要滾").count() == 1
    expect(desk.locator("textarea[name=body]")).to_have_value("")
    desk.goto("/forum/drafts/")
    expect(desk.get_by_role("heading", name="我的草稿")).to_be_visible()
    assert "濾紙先沖一次" not in desk.locator("main").inner_text()
    looking.look(desk)


def test_a_change_of_a_post_goes_on_on_another_device_and_is_gone_once_it_is_saved(site, come_in):
    phone, desk = come_in("ada"), come_in("ada", DESK)
    phone.goto(f"/forum/threads/{site.seeds['question']}/")
    writing(phone, "先量一次水溫再說")
    phone.get_by_role("button", name="送出").click()
    post = phone.locator(".post:not(.post--ghost)").filter(has_text="先量一次水溫再說")
    post.wait_for()
    address = f"/forum/posts/{post.get_attribute('id').removeprefix('post-')}/words/"

    def change(words):
        post.locator(".post__more").click()
        post.locator(f"a[href='{address}']").click()
        writing(phone, words, within=post)
        expect(post.locator("[data-kept]")).to_contain_text(KEPT)

    change("，量兩次更好")
    looking.look(phone)
    looking.picture(phone, "draft-of-a-change")
    desk.goto(address)
    expect(desk.locator("textarea[name=body]")).to_have_value("先量一次水溫再說，量兩次更好")
    with phone.expect_response(lambda answer: answer.request.method == "DELETE"):
        post.get_by_role("button", name="不改了").click()
    expect(post.locator("textarea")).to_have_count(0)
    desk.goto(address)
    expect(desk.locator("textarea[name=body]")).to_have_value("先量一次水溫再說")
    change("，量三次最好")
    post.get_by_role("button", name="儲存").click()
    expect(post.locator("textarea")).to_have_count(0)
    expect(post.locator(".post__body")).to_have_text("先量一次水溫再說，量三次最好")
    desk.goto(address)
    expect(desk.locator("[name=draft]")).to_have_value("")
    assert phone.evaluate("Object.keys(localStorage).filter(key => key.includes('post-')).length") == 0
