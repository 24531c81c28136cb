"""Polls, gatherings and questions at them that wait for a host, and what they are when they are heard."""

from datetime import timedelta

import time_machine
from django.utils.timezone import localtime, now

from community.forum import holding, moderating
from community.forum.kinds import opening
from community.forum.models import Ask, Board, Held, Poll, Rules, Tag, Thread
from tests.forum.test_gatherings import lay

POLL = {
    "title": "下個月換哪一支豆？",
    "body": "三支都試過了，想聽大家的意見。",
    "kind": "poll",
    "options": "衣索比亞\n肯亞\n瓜地馬拉",
    "most": "2",
    "ballot": "open",
    "results": "voted",
    "tags": "豆單",
}


def clock(moment):
    return localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_a_newcomers_poll_waits_whole_and_lasts_as_long_as_was_meant(as_chen, as_mod, stranger, chen, board):
    Rules.objects.create(approval="firsts")
    Tag.objects.create(name="豆單", slug="豆單")
    told = {**POLL, "closes_at": clock(now() + timedelta(days=2))}
    place = as_chen.post(f"/forum/boards/{board.slug}/threads/", told)["Location"]
    for page in (as_chen.get(place), as_mod.get("/desk/newcomers/")):
        for words in (POLL["title"], "瓜地馬拉", "#豆單", "投票"):
            assert words in page.content.decode()
    assert stranger.get(place).status_code == 404
    assert not Thread.objects.exists()
    with time_machine.travel(now() + timedelta(days=3)):
        held = Held.objects.get()
        for _ in range(2):
            as_mod.post(f"/desk/newcomers/held/{held.pk}/", {"act": "approve"})
        thread = Thread.objects.get()
        poll = Poll.objects.get()
        assert (thread.kind, thread.author) == ("poll", chen)
        assert [option.words for option in poll.options.in_order()] == ["衣索比亞", "肯亞", "瓜地馬拉"]
        assert (poll.most, poll.is_open, poll.results) == (2, True, "voted")
        assert [tag.name for tag in thread.tags.all()] == ["豆單"]
        assert timedelta(days=1, hours=23) < thread.ends_at - now() <= timedelta(days=2)
        assert "瓜地馬拉" in stranger.get(thread.get_absolute_url()).content.decode()


def test_a_gathering_waits_with_its_hour_and_is_not_published_after_it(as_edda, as_mod, host, board):
    board.approval = Board.Approval.ALL
    board.save()
    begins_at = now() + timedelta(days=1)
    told = {"title": "冰手沖，一次問完", "body": "晚上開始，問題先放上來。", "kind": "gathering", "minutes": "60"}
    told |= {"begins_at": clock(begins_at), "hosts": f"@{host.handle}"}
    place = as_edda.post(f"/forum/boards/{board.slug}/threads/", told)["Location"]
    assert f"@{host.handle}" in as_edda.get(place).content.decode()
    held = Held.objects.get()
    with time_machine.travel(begins_at + timedelta(minutes=5)):
        page = as_mod.post(f"/desk/newcomers/held/{held.pk}/", {"act": "approve"}, follow=True)
        assert "時間已經過了" in page.content.decode()
        assert not Thread.objects.exists()
    as_mod.post(f"/desk/newcomers/held/{held.pk}/", {"act": "approve"})
    thread = Thread.objects.get()
    assert clock(thread.begins_at) == told["begins_at"]
    assert list(thread.gathering.hosts.all()) == [host]


def test_a_question_that_waited_is_put_as_a_question(as_chen, as_mod, stranger, chen, board, host):
    Rules.objects.create(approval="firsts")
    evening = lay(board, host)
    address = f"{evening.get_absolute_url()}asks/"
    place = as_chen.post(address, {"body": "冰塊要算進水量裡嗎？"})["Location"]
    assert "冰塊" not in stranger.get(address).content.decode()
    for _ in range(2):
        as_mod.post(f"/desk/newcomers/{chen.pk}/", {"act": "approve"})
    ask = Ask.objects.get()
    assert (ask.post.part, ask.post.author, ask.thread) == ("asked", chen, evening)
    assert as_chen.get(place)["Location"] == ask.post.get_absolute_url()
    assert f"ask-{ask.pk}" in stranger.get(address).content.decode()


def test_a_visitors_question_is_kept_while_they_join(client, chen, board, host):
    evening = lay(board, host)
    address = f"{evening.get_absolute_url()}asks/"
    assert "/join/" in client.post(address, {"body": "可以用美式的粉量嗎？"})["Location"]
    held = Held.objects.get()
    assert "提問還在" in client.get(held.get_absolute_url()).content.decode()
    for _ in range(2):
        holding.publish_held(member=chen, visitor=held.visitor)
    assert Ask.objects.get().post.author == chen
    moderating.lock(thread=evening, by=host)
    assert client.post(address, {"body": "關起來以後的問題呢？"}).status_code == 409


def test_what_is_no_plan_begins_as_it_always_did(chen, board):
    thread = opening.start(board=board, author=chen, title="只是一串討論喔", body="沒有選項，也沒有時間。")
    assert (thread.kind, thread.ends_at) == ("discussion", None)
