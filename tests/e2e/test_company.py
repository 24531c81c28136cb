"""Two people in one thread: they see that the other is here and writes, and lose nothing in a tunnel."""

import pytest

from tests.e2e import looking
from tests.e2e.conftest import DESK
from tests.e2e.test_kinds import place_of


class Tunnel:
    """Between a page and its sockets: in it, nothing comes through, and nobody says so."""

    def __init__(self, page):
        self.sockets: list[list] = []
        page.route_web_socket("**/live/", self.join)

    def join(self, socket):
        behind, dark = socket.connect_to_server(), []
        self.sockets.append(dark)
        socket.on_message(lambda message: None if dark else behind.send(message))
        behind.on_message(lambda message: None if dark else socket.send(message))

    def enter(self):
        for dark in self.sockets:
            dark.append(True)


def reply(site, page, place, words):
    """From another page of theirs, whatever this one shows."""
    answer = page.request.post(f"{place}posts/", form={"body": words}, headers={"Origin": site.url})
    assert answer.ok, answer.status


@pytest.fixture
def place(site):
    return f"/forum/threads/{site.seeds['question']}/"


def test_two_people_see_each_other_write_and_a_tunnel_loses_nothing(site, browser_context, come_in, place):
    phone, desk = come_in("ada"), come_in("ben", DESK)
    tunnel = Tunnel(phone)
    phone.goto(place)
    phone.locator("typing-note").wait_for(state="attached")
    before = place_of(phone, ".talk__marks"), place_of(phone, ".dock")
    desk.goto(place)
    phone.get_by_text("2 人在看：Ben").wait_for()
    assert (place_of(phone, ".talk__marks"), place_of(phone, ".dock")) == before

    # An input method that composes has no words yet, and still somebody writes.
    desk.locator(".dock textarea[name=body]").click()
    desk.locator(".dock .composer__words[contenteditable]").wait_for()
    hand = desk.context.new_cdp_session(desk)
    hand.send("Input.imeSetComposition", {"text": "ㄕㄨㄟ", "selectionStart": 3, "selectionEnd": 3})
    phone.get_by_text("Ben 正在輸入…").wait_for()
    assert (place_of(phone, ".talk__marks"), place_of(phone, ".dock")) == before
    looking.look(phone)
    hand.send("Input.insertText", {"text": "水"})
    phone.get_by_text("Ben 正在輸入…").wait_for(state="hidden")

    english = browser_context(locale="en-GB").new_page()
    english.goto(place)
    english.get_by_text("3 people are here", exact=False).wait_for()
    desk.keyboard.type("溫再高一點")
    english.get_by_text("Somebody is writing…").wait_for()
    assert "Ben" not in english.locator(".crumbs").inner_text()
    english.close()

    said = [f"隧道外的第 {n} 則留言" for n in (1, 2, 3)]
    tunnel.enter()
    phone.context.set_offline(True)
    for words in said:
        reply(site, desk, place, words)
    phone.wait_for_timeout(500)
    assert phone.get_by_text("隧道外的").count() == 0
    phone.context.set_offline(False)
    phone.locator(".post", has_text=said[-1]).wait_for(state="attached", timeout=30_000)
    told = phone.locator(".post").filter(has_text="隧道外的").all_inner_texts()
    assert [next(words for words in said if words in text) for text in told] == said

    # Whoever does not want to be seen counts, and has no name.
    phone.goto("/me/")
    phone.get_by_label("讓其他人看見我在這裡、正在輸入").uncheck()
    looking.assert_targets(phone)
    phone.get_by_role("button", name="儲存").click()
    phone.goto(place)
    desk.get_by_text("2 人在看", exact=False).wait_for()
    assert "Ada" not in desk.locator(".crumbs").inner_text()
    looking.look(desk)


def test_what_is_read_on_the_phone_is_read_on_the_desk(site, come_in):
    thread = site.seeds["poll"]
    place, row = f"/forum/threads/{thread}/", f"#thread-{thread}"
    writer, desk, phone = come_in("ben"), come_in("ada", DESK), come_in("ada")
    reply(site, writer, place, "我投肯亞，沖起來有番茄味。")
    desk.goto("/forum/")
    desk.locator(f"{row}.thread--new").wait_for()
    before = place_of(desk, row)
    phone.goto(place)
    phone.locator(".post").last.scroll_into_view_if_needed()
    desk.locator(f"{row}:not(.thread--new)").wait_for()
    assert place_of(desk, row) == before


def test_a_board_says_that_something_is_new_and_keeps_its_list_in_place(site, browser_context, come_in, place):
    stranger, ben = browser_context().new_page(), come_in("ben", DESK)
    stranger.goto("/forum/boards/brewing/")
    stranger.locator("live-board").wait_for(state="attached")
    before = place_of(stranger, "#threads .threads:last-of-type")
    ben.goto(place)
    words = "板上的人會知道這一串有新留言"
    reply(site, ben, place, words)
    pill = stranger.get_by_role("link", name="1 串有新動靜")
    pill.wait_for()
    reply(site, ben, place, f"{words}，還是同一串")
    assert place_of(stranger, "#threads .threads:last-of-type") == before
    box, row = pill.bounding_box(), stranger.locator("#threads").bounding_box()
    assert box["y"] + box["height"] <= row["y"], "the pill covers what stands in the list"
    assert words not in stranger.content()
    looking.look(stranger)
    pill.focus()
    stranger.keyboard.press("Enter")
    stranger.get_by_text(f"{words}，還是同一串").wait_for()
    assert stranger.locator("live-board .pill").is_hidden()
