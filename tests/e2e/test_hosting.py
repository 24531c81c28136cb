"""A host's evening on a phone: pin, slow, split, merge, tag; and a member who has the discussion open meanwhile."""

import re

from tests.e2e import looking
from tests.e2e.conftest import DESK, say


def test_a_host_brings_a_talk_back_on_its_way(site, come_in, browser_context):
    place, rude, off = (site.seeds[name] for name in ("astray", "rude", "off"))
    address = f"/forum/threads/{place}/"
    ben, host = come_in("ben"), come_in("host")
    ben.goto(address)
    host.goto(address)
    host.get_by_role("link", name="照顧這串").click()
    looking.look(host)
    looking.assert_targets(host)

    # With the keyboard alone: the form opens, is filled in and sent.
    host.locator("#act-pin summary").focus()
    host.keyboard.press("Enter")
    host.get_by_label("在全部看板的列表上也置頂").wait_for()
    looking.look(host)
    host.locator("#act-pin").get_by_role("button", name="置頂").press("Enter")
    host.wait_for_url(f"**{address}*")
    ben.locator(".mark", has_text="置頂").wait_for()

    host.get_by_role("link", name="照顧這串").click()
    host.locator("#act-slowness summary").click()
    host.get_by_label("同一個人兩則留言之間").select_option("300")
    host.get_by_role("button", name="設定步調").click()
    host.wait_for_url(f"**{address}*")
    ben.locator("[data-slow]").wait_for()
    say(ben, "我家的雪平鍋也能倒很細。")
    ben.locator("slow-note", has_text=re.compile(r"2\d\d 秒")).wait_for()
    looking.look(ben)

    host.locator(f"#post-{rude} .post__more").click()
    host.get_by_role("link", name="從這裡拆出去").click()
    assert host.locator(f"input[value='{rude}']").is_checked()
    host.locator(f"input[value='{off}']").check()
    host.get_by_label("新討論的標題").fill("用鍋子倒水行不行")
    looking.look(host)
    looking.assert_targets(host)
    host.get_by_role("button", name="拆出去").click()
    host.get_by_role("heading", name="用鍋子倒水行不行").wait_for()
    made = host.url.split("/threads/")[1].split("/")[0]
    looking.look(host)
    ben.locator(f"#post-{rude}").wait_for(state="detached")
    ben.get_by_text("主人剛整理過這串").wait_for()

    host.locator("a.chip", has_text="加標籤").click()
    host.get_by_role("button", name="器材").click()
    assert host.locator("input[name=tags]").input_value() == "器材"
    looking.look(host)
    host.get_by_role("button", name="儲存").click()
    host.locator("a.chip", has_text="器材").wait_for()

    host.get_by_role("link", name="照顧這串").click()
    host.locator("#act-merger summary").click()
    host.get_by_label("另一串討論的網址或編號").fill(str(place))
    host.get_by_role("button", name="先看看").click()
    host.get_by_role("heading", name="要把這兩串合併嗎").wait_for()
    looking.look(host)
    host.get_by_role("button", name="合併").click()
    host.wait_for_url(f"**{address}*")
    english = browser_context(DESK, locale="en-GB").new_page()
    english.goto(f"/forum/threads/{made}/")
    english.wait_for_url(f"**{address}*")
    english.get_by_text("2 posts came here from another discussion").wait_for()
    looking.look(english)
