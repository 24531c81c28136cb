"""Keeping order as people walk it on their phones: a report, the decision, the bells, an appeal, and words that waited."""

from tests.e2e import looking
from tests.e2e.conftest import say


def test_from_a_report_to_an_appeal_and_its_answer(site, come_in):
    address = f"/forum/threads/{site.seeds['thread']}/"
    chen, ben, host = come_in("chen"), come_in("ben"), come_in("host")
    chen.goto(address)
    say(chen, "這種問題也要問，乾脆別喝了。")
    chen.locator(".post", has_text="乾脆別喝了").wait_for()

    ben.goto(address)
    ben.locator(".post", has_text="乾脆別喝了").locator(".post__more").click()
    ben.get_by_role("link", name="檢舉", exact=True).click()
    ben.get_by_label("攻擊別人").check()
    looking.look(ben)
    looking.assert_targets(ben)
    ben.get_by_role("button", name="告訴主人").click()
    ben.get_by_text("沒有人會知道是誰說的").wait_for()

    host.goto("/desk/forum/reports/")
    looking.look(host)
    host.get_by_role("link", name="Chen 的留言").click()
    host.get_by_role("link", name="到決定").click()
    host.get_by_label("警告").check()
    host.get_by_label("同時移除被檢舉的內容").check()
    host.get_by_label("對方會讀到的原因").fill("請對事不對人。")
    looking.look(host)
    host.get_by_role("button", name="結案").click()
    host.get_by_text("該知道的人都會收到通知").wait_for()

    ben.goto("/me/bell/")
    ben.get_by_text("主人看過，也處理了").first.wait_for()
    chen.goto("/me/bell/")
    chen.get_by_role("button", name="請對事不對人").first.click()
    chen.get_by_role("heading", name="我的狀態").wait_for()
    chen.get_by_text("我有不同的看法").click()
    chen.get_by_label("想讓另一位主人知道什麼？").fill("我說話是直了點，可是他先笑我的。")
    looking.look(chen)
    chen.get_by_role("button", name="送給主人").click()
    chen.get_by_text("另一位主人會讀").wait_for()
    looking.look(chen)

    # The host who decided is asked to leave it to another one.
    host.goto("/desk/forum/appeals/")
    host.get_by_text("由另一位主人回覆").wait_for()
    other = come_in("root", locale="en-GB")
    other.goto("/desk/forum/appeals/")
    other.get_by_label("What they will read").fill("你說得也對，這次收回。")
    looking.look(other)
    other.get_by_role("button", name="They are right: lift it").click()
    chen.goto("/me/standing/")
    chen.get_by_text("你說得也對，這次收回").wait_for()


def test_words_that_wait_are_published_by_a_host(site, come_in):
    address = f"/forum/threads/{site.seeds['question']}/"
    chen, host = come_in("chen"), come_in("host")
    chen.goto(address)
    say(chen, "想一起團購濾紙的可以加賴問我。")
    chen.get_by_role("heading", name="主人先看過").wait_for()
    waiting = chen.url
    looking.look(chen)
    host.goto("/desk/newcomers/")
    looking.look(host)
    host.locator(".order-held", has_text="團購濾紙").get_by_role("button", name="公開", exact=True).click()
    host.locator(".order-held", has_text="團購濾紙").wait_for(state="detached")
    chen.goto(waiting)
    chen.locator(".post", has_text="團購濾紙").wait_for()
