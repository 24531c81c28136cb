"""What stands in the site that the browser tests walk through; planted once, before it starts."""

from datetime import timedelta

from django.utils.timezone import now

from accounts.models import Tier
from cms.models import ArticleIndexPage, ArticlePage, HomePage, LandingPage
from community.campaigns import linking
from community.forum import discussing
from community.forum.kinds import gathering, opening
from community.forum.models import Board, Rules, Tag, WatchedWord
from tests import cast
from tests.e2e.doors import session

GREETING = {"zh": "酸味救星在樓下等你。", "en": "Help for sour cups is downstairs."}
CHANNELS = {"facebook": "facebook_page", "instagram": "instagram", "line": "line_oa"}
TITLE = "手沖總是太酸？把你的水溫貼上來"
QUESTION = "92 度、15 g、1:15，第一段悶蒸 40 秒，酸還是很衝。"
ANSWER = "先別動磨豆機。把水溫降到 89，悶蒸縮到 30 秒，喝完再回來說。"
OPEN_PART, GATED_PART = "先說大家都能看的部分。", "再說常客才看得到的祕密配方。"


def _people():
    people = {name: getattr(cast, name)() for name in ("ada", "ben", "chen", "host", "mark", "edda", "root")}
    return people, Tier.objects.get(rank=2), Tier.objects.get(rank=3)


def _talk(people, old_friend):
    board = Board.objects.create(name="新手沖煮", slug="brewing", description="第一次手沖、參數求救。")
    hidden = Board.objects.create(name="老友限定", slug="old-friends", tier_to_see=old_friend)
    at = now() - timedelta(hours=3)
    thread = discussing.start(
        board=board, author=people["ada"], title="衣索比亞水洗，酸到皺眉怎麼救？", body=QUESTION, at=at
    )
    discussing.reply(thread=thread, author=people["host"], body=ANSWER, at=at + timedelta(minutes=12))
    secret = discussing.start(
        board=hidden, author=people["ada"], title="下一批肯亞的試喝筆記", body="噓，先別說出去。", at=at
    )
    return board, thread, secret


def _kinds(people, board):
    """A poll nobody voted in, a question with a try at an answer, and a gathering that goes on."""
    ada, ben, host = (people[name] for name in ("ada", "ben", "host"))
    told = {"board": board, "at": now() - timedelta(hours=1)}
    poll = opening.start(
        author=ada, title="下個月換哪一支豆？", body="三支都試過了，想聽大家的意見。", kind="poll",
        poll={"options": ["衣索比亞", "肯亞", "瓜地馬拉"]}, ends_at=now() + timedelta(days=2), **told,
    )  # fmt: skip
    question = opening.start(
        author=ada, title="濾紙要不要先沖水？", body="每次都聞到紙味，大家都怎麼做的呢", kind="question", **told
    )
    answer = discussing.reply(thread=question, author=ben, body="先用熱水沖一次，順便溫杯。", at=told["at"])
    hour = {"begins_at": now() - timedelta(minutes=5), "ends_at": now() + timedelta(hours=3)}
    talk = opening.start(
        author=host, title="線上聊：冰手沖一次問完", body="現在開始，問題先放上來。", kind="gathering", **hour, **told
    )
    ask = gathering.ask(thread=talk, author=ben, body="冰塊要算進水量裡嗎？", at=told["at"])
    return {
        "poll": poll.pk,
        "question": question.pk,
        "answer": answer.pk,
        "gathering": talk.pk,
        "ask": ask.pk,
    }


def _pages(people, regular, thread, board):
    home = HomePage.objects.get()
    landing = home.add_child(
        instance=LandingPage(title=TITLE, slug="sour-cups", lead="烘豆師這週一杯一杯幫你看。", thread=thread)
    )
    index = ArticleIndexPage.objects.first() or home.add_child(instance=ArticleIndexPage(title="文章", slug="articles"))
    article = ArticlePage(
        title="水溫不是越高越好",
        slug="water",
        intro="燒開就倒，是很多人的第一個誤會。",
        author=people["host"],
        owner=people["edda"],
        tier=regular,
        board=board,
        body=[("text", f"<p>{OPEN_PART}</p>"), ("divider", None), ("text", f"<p>{GATED_PART}</p>")],
    )
    index.add_child(instance=article)
    for page in (landing, article):
        page.save_revision().publish()
    return landing, article


def _order(people, board):
    """A talk that goes astray, a tag to give it, and a word that a host reads first."""
    at = now() - timedelta(hours=2)
    thread = discussing.start(
        board=board, author=people["ada"], title="手沖壺要不要買細口的？", body="現在用馬克杯倒水，水柱都斷掉。", at=at
    )
    told = (("ben", "細口的好控制很多。"), ("chen", "你們都不會沖，別教人了。"), ("ben", "馬克杯換成雪平鍋也可以。"))
    posts = [discussing.reply(thread=thread, author=people[name], body=body, at=at) for name, body in told]
    Tag.objects.create(name="器材", slug="gear")
    WatchedWord.objects.create(words="加賴", action=WatchedWord.Action.HOLD, by=people["host"])
    return {"astray": thread.pk, "rude": posts[1].pk, "off": posts[2].pk}


def plant() -> dict:
    """Make it; answer what the tests need to know about it, as plain JSON."""
    people, regular, old_friend = _people()
    # Our browsers type faster than people, and some of what they write leads elsewhere.
    Rules.objects.create(typed_seconds=0, newcomer_posts=0)
    board, thread, secret = _talk(people, old_friend)
    landing, article = _pages(people, regular, thread, board)
    campaign = linking.open_campaign(
        by=people["mark"], name="春日手沖", key="spring", greeting_zh=GREETING["zh"], greeting_en=GREETING["en"]
    )
    links = {
        app: linking.make_link(
            campaign=campaign, channel=channel, label=f"{app} 貼文", destination=landing.url, by=people["mark"]
        ).code
        for app, channel in CHANNELS.items()
    }
    return {
        "campaign": campaign.pk,
        "links": links,
        "landing": landing.url,
        "article": article.url,
        "thread": thread.pk,
        "secret": secret.pk,
        "keys": {name: session(name) for name in people},
        **_order(people, board),
        **_kinds(people, board),
    }
