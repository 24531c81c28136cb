"""Polls, questions and gatherings with a finger on glass, and a second browser that sees what happens."""

import re

from playwright.sync_api import expect

from tests.e2e import looking
from tests.e2e.conftest import DESK


def place_of(page, what):
    return page.locator(what).first.evaluate("each => Math.round(each.getBoundingClientRect().top)")


def test_votes_and_the_accepted_answer_arrive_where_somebody_else_is_reading(site, browser_context, come_in):
    seeds, onlooker, phone = site.seeds, browser_context(DESK).new_page(), come_in("ben")
    poll = f"/forum/threads/{seeds['poll']}/"
    onlooker.goto(poll)
    onlooker.get_by_text("0 人投了").wait_for()
    looking.look(onlooker)
    words = place_of(onlooker, ".dock")
    phone.goto(poll)
    phone.get_by_label("肯亞").check()
    looking.assert_targets(phone)
    phone.get_by_role("button", name="投票", exact=True).click()
    expect(phone.get_by_role("button", name="改投")).to_be_focused()  # and so is whoever pressed it by keyboard
    looking.look(phone)
    onlooker.get_by_text("1 人投了").wait_for()
    onlooker.get_by_text("1 票，100%").wait_for()
    assert place_of(onlooker, ".dock") == words

    question = f"/forum/threads/{seeds['question']}/"
    onlooker.goto(question)
    onlooker.get_by_text("還沒有採納的答案").wait_for()
    words = place_of(onlooker, f"#post-{seeds['answer']}")
    asker = come_in("ada")
    asker.goto(question)
    asker.locator(f"#post-{seeds['answer']} .post__more").click()
    asker.get_by_role("button", name="採納為答案").click()
    asker.locator(".solved--yes").wait_for()
    looking.look(asker)
    onlooker.locator(".solved--yes").get_by_text("先用熱水沖一次").wait_for()
    assert place_of(onlooker, f"#post-{seeds['answer']}") == words

    english = browser_context(locale="en-GB").new_page()
    english.goto(poll)
    english.get_by_text("1 vote, 100%").wait_for()
    looking.look(english)


def test_a_gathering_goes_on_in_front_of_everyone(site, browser_context, come_in):
    seeds, onlooker, phone = site.seeds, browser_context(DESK).new_page(), come_in("ada")
    place = f"/forum/threads/{seeds['gathering']}/"
    onlooker.goto(place)
    onlooker.get_by_text("正在挑下一個提問").wait_for()
    looking.look(onlooker)
    phone.goto(f"{place}asks/")
    assert not phone.locator("[data-more]").is_visible()  # until somebody asks more
    phone.locator(f"#ask-{seeds['ask']} .ask__up").click()
    expect(phone.locator(f"#ask-{seeds['ask']} .ask__up[aria-pressed=true]")).to_be_focused()
    looking.look(phone)
    onlooker.locator(f"#ask-{seeds['ask']} [data-count]", has_text="1").wait_for()
    host = come_in("host")
    host.goto(f"{place}asks/")
    host.get_by_role("button", name="現在回答這題").click()
    onlooker.locator(f"[data-current='{seeds['ask']}']").wait_for()
    host.get_by_role("link", name="回答", exact=True).click()
    host.locator("textarea[name=body]").fill("要算，大冰塊抓八成就好。")
    host.get_by_role("button", name="送出回答").click()
    host.wait_for_url(re.compile(r"#post-\d+$"))
    onlooker.locator(f"#ask-{seeds['ask']} .ask__answer").get_by_text("要算，大冰塊").wait_for()
    looking.look(onlooker)
