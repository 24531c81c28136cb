"""A post in the hand: who reacted, keeping it for later, and taking back what one said, while somebody else looks on."""

from playwright.sync_api import expect

from tests.e2e import looking
from tests.e2e.conftest import DESK
from tests.e2e.test_kinds import place_of


def test_whoever_goes_by_keyboard_keeps_their_place_in_a_post(site, come_in):
    desk, post = come_in("ben", DESK), f"#post-{site.seeds['answer']}"
    desk.goto(f"/forum/threads/{site.seeds['question']}/")
    desk.locator(f"{post} .post__more").press("Enter")
    with desk.expect_response("**/reactions/"):
        desk.locator(f"{post} .acts button:focus").press("Enter")
    lit = desk.locator(f"{post} .post__reactions .reaction[aria-pressed=true]")
    lit.wait_for()
    expect(desk.locator(f"{post} .post__more")).to_be_focused()
    desk.locator(f"{post} .post__who").press("Enter")
    desk.locator(f"{post} .reactors a:focus").press("Escape")
    expect(desk.locator(f"{post} .post__who")).to_be_focused()
    # The light goes out at once; what is opened before the answer has come stays open when it brings the post anew.
    under_way, former = [], desk.locator(post).get_attribute("data-sequence")
    desk.route("**/reactions/", lambda route: under_way.append(route))
    lit.press("Enter")
    lit.wait_for(state="detached")
    desk.locator(f"{post} .post__more").press("Enter")
    change = desk.locator(f"{post} .acts").get_by_role("link", name="編輯")
    change.wait_for()
    with desk.expect_response("**/reactions/"):
        under_way.pop().continue_()
    expect(desk.locator(post)).not_to_have_attribute("data-sequence", former)
    change.press("Enter")
    desk.locator(f"{post} .composer__words:focus, {post} textarea:focus").wait_for()
    desk.keyboard.press("Escape")
    expect(desk.locator(f"{post} .post__more")).to_be_focused()


def test_reactions_bookmarks_and_second_thoughts_on_a_phone(site, browser_context, come_in, watched):
    seeds, onlooker, phone = site.seeds, browser_context(DESK).new_page(), come_in("ada")
    place, post = f"/forum/threads/{seeds['question']}/", f"#post-{seeds['answer']}"
    onlooker.goto(place)
    phone.goto(place)

    # A finger that taps reacts; a finger that rests is shown who did.
    chip = phone.locator(f"{post} .post__reactions .reaction").first
    chip.tap()
    phone.locator(f"{post} .post__reactions .reaction[aria-pressed=true]").wait_for()
    onlooker.locator(f"{post} .post__who").wait_for()
    phone.locator(f"{post} .post__reactions .reaction").first.click(delay=900)
    people = phone.locator(f"{post} .reactors")
    people.get_by_role("link", name="Ada").wait_for()
    assert phone.locator(f"{post} .post__reactions .reaction[aria-pressed=true]").count() == 1
    looking.look(phone)
    looking.assert_targets(phone)
    looking.picture(phone, "reactors")
    people.get_by_role("link", name="回到留言").click()
    people.wait_for(state="detached")

    # A refusal puts the light back, says why, and leaves the post where it is.
    watched.allow("status of 429")
    slow = {"status": 429, "content_type": "text/html", "body": '<p class="notice" role="alert">慢一點</p>'}
    phone.route("**/reactions/", lambda route: route.fulfill(**slow))
    phone.locator(f"{post} .post__reactions .reaction").first.tap()
    phone.locator(f"{post} .post__acts").get_by_text("慢一點").wait_for()
    assert phone.locator(f"{post} .post__reactions .reaction[aria-pressed=true]").count() == 1
    phone.unroute("**/reactions/")

    # Kept with a note and a day of one's own.
    phone.locator(f"{post} .post__more").click()
    phone.locator(f"{post} .acts").get_by_role("link", name="收藏", exact=True).click()
    phone.get_by_label("想寫給自己的話").fill("週末再看")
    phone.get_by_label("自己選時間").check()
    phone.get_by_label("日期和時間").wait_for()
    phone.get_by_label("明天早上").check()
    looking.look(phone)
    looking.assert_targets(phone)
    looking.picture(phone, "bookmark")
    phone.get_by_role("button", name="收藏", exact=True).click()
    phone.get_by_text("收好了").wait_for()

    # Taken back and brought back, with the onlooker's page following.
    phone.locator(".dock__field").first.click()
    composer = phone.locator(".dock [contenteditable=true], .dock textarea").first
    composer.fill("說出口才發現說錯的一句話")
    phone.locator(".dock").get_by_role("button", name="送出").click()
    onlooker.get_by_text("說出口才發現說錯的一句話").wait_for()
    mine = phone.locator(".post[id]", has_text="說出口才發現說錯的一句話")
    own = mine.get_attribute("id")
    words = place_of(onlooker, post)
    mine.locator(".post__more").click()
    mine.get_by_role("button", name="收回").click()
    undo = phone.get_by_role("button", name="復原")
    undo.wait_for()
    onlooker.get_by_text("說出口才發現說錯的一句話").wait_for(state="detached")
    looking.look(phone)
    looking.picture(phone, "undo")
    assert undo.evaluate("each => each === document.activeElement")
    undo.press("Enter")
    onlooker.locator(f"#{own}").get_by_text("說出口才發現說錯的一句話").wait_for()
    phone.locator(f"#{own} .post__body").wait_for()
    undo.wait_for(state="detached")
    assert place_of(onlooker, post) == words

    phone.goto("/forum/bookmarks/")
    phone.get_by_text("週末再看").wait_for()
    looking.look(phone)
    looking.picture(phone, "bookmarks")
