"""Words before they are said: watched words in every dress, what waits for a host, and what becomes of it."""

import time

import pytest
from django.core import signing

from accounts.models import StaffAct
from community.forum import discussing, holding
from community.forum.models import Board, Case, Held, Post, Revision, Rules, WatchedWord
from community.forum.order import sifting, watching
from community.notices.models import Ring

SAID = "昨天的豆子比較甜，水溫 90 度"


def watch(*words, **fields):
    for word in words:
        WatchedWord.objects.create(words=word, **fields)


def say(client, thread, body, **told):
    return client.post(f"{thread.get_absolute_url()}posts/", {"body": body, **told})


@pytest.mark.parametrize(
    ("word", "text", "form"),
    [
        ("加賴", "想知道的加賴", "written"),
        ("加賴", "想知道的加  賴", "spaced"),
        ("加賴", "加*賴", "spaced"),
        ("加賴", "加\u200b賴", "written"),
        ("加賴", "加赖聊", "written"),
        ("台灣彩券", "臺灣彩券", "written"),
        ("加賴", "家籟聊聊", "sound"),
        ("加賴", "ㄐㄧㄚ ㄌㄞˋ", "sound"),
        ("casino", "ＣＡＳＩＮＯ here", "written"),
        ("casino", "c a s i n o", "spaced"),
        ("casino", "c4s1n0", "leet"),
        ("casino", "cаsіno", "written"),
        ("加賴", "更加，賴先生說", None),
        ("加賴", "每天加班，很依賴咖啡", None),
        ("ass", "classic bass, as small as can be", None),
        ("50", "150 度", None),
    ],
    ids=range(16),
)
def test_a_word_is_found_in_every_dress_and_not_where_it_is_none(word, text, form):
    found = watching.Watch([WatchedWord(pk=1, words=word, by_sound=True)]).find(text)
    assert [each.form for each in found] == ([form] if form else [])


def test_finding_stays_quick_however_long_the_text_and_the_list():
    words = [WatchedWord(pk=n, words="啊" * 20 + chr(0x4E00 + n), by_sound=True) for n in range(300)]
    ready = watching.Watch(words)
    took = []
    for length in (5_000, 20_000):
        begun = time.process_time()
        ready.find("啊" * length)
        took.append(time.process_time() - begun)
    assert took[1] < 12 * took[0] + 0.05, "four times the text, not sixteen times the work"


@pytest.mark.django_db
def test_what_is_masked_is_masked_in_every_channel_and_kept_for_its_author(thread, ben, as_ben, stranger):
    watch("笨蛋", action="mask")
    post = discussing.reply(thread=thread, author=ben, body="你這個笨 蛋，水溫太高")
    assert "笨" not in post.html
    assert "●" in post.html
    assert Revision.objects.get(post=post).body == "你這個笨 蛋，水溫太高"
    assert "笨 蛋" not in stranger.get(thread.get_absolute_url()).content.decode()
    assert "笨 蛋" not in stranger.get("/forum/").content.decode()
    former = as_ben.get(f"/forum/posts/{post.pk}/history/").content.decode()
    assert "笨" in former
    assert "蛋" in former
    assert watching.masked_markup("<p>你<b>笨</b>蛋 &amp; <a href='/笨蛋'>x</a></p>", watching.watch()).count("●") == 2


@pytest.mark.django_db
def test_words_that_are_refused_reported_or_held(as_ben, thread):
    watch("代購", action="refuse", sentence="這裡不做買賣。")
    watch("集運", action="report")
    watch("博弈", action="hold")
    answer = say(as_ben, thread, "有人要代購嗎")
    assert answer.status_code == 422
    assert "這裡不做買賣。" in answer.content.decode()
    assert "有人要代購嗎" in answer.content.decode()
    assert say(as_ben, thread, "我都走集運回來").status_code == 302
    assert Case.objects.get().reports.get().words == "集運"
    assert "/forum/held/" in say(as_ben, thread, "博 弈網站介紹")["Location"]
    assert Held.objects.get().detail == "博弈"
    said = Post.objects.get(body="我都走集運回來")
    assert "/forum/held/" in as_ben.post(f"/forum/posts/{said.pk}/", {"body": "改成博弈的廣告"})["Location"]
    said.refresh_from_db()
    assert said.body == "我都走集運回來"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "who", "body", "held"),
    [
        ("firsts", "chen", SAID, "first"),
        ("firsts", "ben", SAID, ""),
        ("all", "ben", SAID, "everything"),
        ("all", "mod", SAID, ""),
        ("none", "chen", "看這裡 https://shop.example/x", "link"),
        ("none", "chen", "加我 line.me/ti/p/abc", "link"),
        ("none", "ben", "看這裡 https://shop.example/x", ""),
        ("none", "chen", SAID, ""),
    ],
)
def test_what_waits_for_a_host(request, mode, who, body, held, thread):
    client = request.getfixturevalue(f"as_{who}")
    Board.objects.update(approval=mode)
    answer = say(client, thread, body)
    assert ("/forum/held/" in answer["Location"]) == bool(held)
    if held:
        assert Held.objects.get().because == held
        assert thread.posts.count() == 1


@pytest.mark.django_db
def test_who_types_faster_than_people_waits_unless_it_is_switched_off(as_chen, thread):
    def ago(seconds):
        return signing.dumps(int((time.time() - seconds) * 1000), salt=sifting._STAMP)

    assert say(as_chen, thread, "慢慢打的一句話", took=ago(9)).status_code == 302
    assert say(as_chen, thread, "沒有印記的一句話", took="forged").status_code == 302
    assert not Held.objects.exists()
    say(as_chen, thread, "一眨眼就打完的話", took=ago(1))
    assert Held.objects.get().because == "fast"
    Rules.objects.create(typed_seconds=0)
    say(as_chen, thread, "又一句飛快的話", took=ago(1))
    assert Held.objects.count() == 1


@pytest.mark.django_db
def test_from_held_to_heard(as_chen, as_ben, as_mod, chen, board, thread, stranger):
    Rules.objects.create(approval="firsts")
    title = "第一次手沖就卡住了"
    place = as_chen.post(f"/forum/boards/{board.slug}/threads/", {"title": title, "body": SAID})["Location"]
    page = as_chen.get(place).content.decode()
    assert "等主人看" in page
    assert "這是你在這裡的頭幾則" in page, "said to its author, not about them"
    assert title not in stranger.get("/forum/").content.decode()
    for client in (as_ben, stranger):
        assert client.get(place).status_code == 404
        assert client.post(f"{place}words/", {"body": "換掉"}).status_code in {302, 404}
        assert client.post(f"{place}withdrawal/").status_code in {302, 404}
    as_chen.post(f"{place}words/", {"body": "改過的一段話，夠長了"})
    held = Held.objects.get()
    assert "改過的一段話" in as_mod.get("/desk/newcomers/").content.decode()
    assert as_ben.post(f"/desk/newcomers/held/{held.pk}/", {"act": "approve"}).status_code == 403
    for words in ("公開了", "剛才已經有人處理"):  # two hosts with the same page before them
        answer = as_mod.post(f"/desk/newcomers/held/{held.pk}/", {"act": "approve"}, follow=True)
        assert words in answer.content.decode()
    assert Post.objects.filter(author=chen).count() == 1
    assert title in stranger.get("/forum/").content.decode()
    assert Ring.objects.of(chen).filter(kind="order_held_published").count() == 1
    assert as_chen.get(place).status_code == 302


@pytest.mark.django_db
def test_from_held_to_refused_and_taken_back(as_chen, as_mod, chen, thread):
    Rules.objects.create(approval="firsts")
    for body in ("先寫一句話", "再寫一句話"):
        say(as_chen, thread, body)
    first, second = Held.objects.order_by("made_at")
    as_mod.post(f"/desk/newcomers/held/{first.pk}/", {"act": "refuse", "reason": "廣告請放別處"})
    assert "廣告請放別處" in as_chen.get(first.get_absolute_url()).content.decode()
    as_chen.post(f"{second.get_absolute_url()}withdrawal/")
    for held in (first, second):
        as_chen.post(held.get_absolute_url())
        holding.publish(held=held, member=chen, approved=True)
    as_mod.post(f"/desk/newcomers/{chen.pk}/", {"act": "approve"})
    assert thread.posts.count() == 1
    assert "先寫一句話" not in as_mod.get("/desk/newcomers/").content.decode()


@pytest.mark.django_db
def test_a_host_tries_a_text_and_the_list_is_logged(as_mod, as_ada, mod):
    told = {"words": "加賴", "action": "hold", "by_sound": "1"}
    assert as_ada.post("/desk/forum/words/", told).status_code == 403
    assert as_mod.post("/desk/forum/words/", told).status_code == 302
    assert as_mod.post("/desk/forum/words/", told).status_code == 422, "twice"
    page = as_mod.post("/desk/forum/words/trial/", {"text": "快來家 籟我"}).content.decode()
    assert "<mark>家 籟</mark>" in page
    assert "讀音相近" in page
    word = WatchedWord.objects.get()
    as_mod.post(f"/desk/forum/words/{word.pk}/removal/")
    assert not WatchedWord.objects.exists()
    assert list(StaffAct.objects.narrowed(by=mod).order_by("pk").values_list("act", flat=True)) == [
        "word.added",
        "word.removed",
    ]
    log = as_mod.get("/desk/forum/log/?act=word.added").content.decode()
    assert "<dt>怎麼處理</dt><dd>留給主人先看</dd>" in log, "as the list itself calls it"
    assert "by_sound" not in log
    assert "word-" not in log
