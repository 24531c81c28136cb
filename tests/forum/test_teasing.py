"""A members' board that shows a little of itself: title, first lines, count, faces, movement; and never more, anywhere."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import Tier
from community.forum import discussing
from community.forum.hosting import tagging
from community.forum.models import Board, TalkSettings
from community.live import topics

OPENING = "先說結論，這批肯亞要降溫。" + "前面這一段是開場，大家都可以看到，所以寫得長一點也沒關係。" * 3
SECRETS = ("暗號是藍色電車", "回覆裡也有藍色郵筒", "藍色燈塔標籤")


@pytest.fixture
def talk(db, ada, ben, friends_board):
    friends_board.teases, friends_board.rules = True, f"看板約定：{SECRETS[0]}"
    friends_board.save()
    thread = discussing.start(
        board=friends_board, author=ada, title="下一批肯亞的試喝筆記", body=f"{OPENING}{SECRETS[0]}"
    )
    discussing.reply(thread=thread, author=ada, body=SECRETS[1])
    return thread


@pytest.fixture
def tagged(talk, ada, mod):
    tagging.make(name="肯亞", by=mod)
    settings = TalkSettings.load()
    settings.tier_to_tag = Tier.objects.get(rank=3)
    settings.save()
    tagging.tag(thread=talk, by=ada, names=["肯亞", SECRETS[2]])
    return talk


def channels(thread):
    post = thread.posts.latest_first().first()
    own = thread.get_absolute_url()
    yield from (own, f"{own}?at=2", f"{own}?after=1", f"{own}dock/", f"{own}hosting/", f"{own}tags/", f"{own}split/")
    yield from (f"/forum/posts/{post.pk}/", f"/forum/posts/{post.pk}/acts/", f"/forum/posts/{post.pk}/words/")
    yield from (thread.board.get_absolute_url(), "/forum/", "/forum/hot/", "/forum/unread/", "/forum/mine/")
    yield from ("/forum/tags/", "/forum/tags/肯亞/", f"/forum/tags/{SECRETS[2]}/", "/forum/search/?q=肯亞的試喝")
    yield from (
        f"/forum/search/?q={SECRETS[0]}",
        f"/forum/search/?in={thread.pk}&q=藍色",
        f"/forum/search/?q={SECRETS[2]}",
    )
    yield from (f"/forum/search/suggestions/?q={SECRETS[2]}", f"/live/{thread.topic}/?since=0", "/", "/feed/")
    yield from ("/sitemap.xml", "/sitemap-threads.xml", "/sitemap-boards.xml", "/api/", "/bell/", "/me/")
    yield from (f"/members/{thread.author.handle}/", thread.author.get_absolute_url())


@pytest.mark.parametrize("who", ["stranger", "as_chen"])
def test_the_sentence_behind_the_first_lines_is_in_no_channel(who, request, tagged, settings):
    client = request.getfixturevalue(who)
    for path in channels(tagged):
        # Where one asks for the words oneself, the page repeats the question; what it found is what counts.
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(path, headers=headers, follow=True)
            said = answer.content.decode() + str(answer.headers)
            asked = [secret for secret in SECRETS if secret in path]
            told = [secret for secret in SECRETS if secret in said and secret not in asked]
            assert not told, path
            if asked:
                assert f"/forum/threads/{tagged.pk}/" not in said, path
    person = AnonymousUser() if who == "stranger" else request.getfixturevalue("chen")
    with pytest.raises(topics.Closed):
        topics.enter(tagged.topic, person)
    assert client.post(f"/forum/threads/{tagged.pk}/posts/", {"body": "我也要說話"}).status_code == 404


def test_a_stranger_sees_a_little_and_comes_back_there(talk, stranger, ada, django_assert_max_num_queries):
    answer = stranger.get(talk.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert talk.title in page
    assert OPENING[:40] in page
    assert f'name="next" value="{talk.get_absolute_url()}"' in page
    assert "data-author" not in page
    assert ada.handle not in page  # a face without a name
    assert f"face--h{ada.hue}" in page
    type(ada).objects.one(ada.pk).update(held_at=talk.started_at)  # whom the hosts have not let in has no face here
    assert f"face--h{ada.hue}" not in stranger.get(talk.get_absolute_url(), {"again": 1}).content.decode()
    with django_assert_max_num_queries(14):
        lists = stranger.get(reverse("forum:index"), {"after": ""}).content.decode()
    assert talk.title in lists
    assert talk.title not in stranger.get("/sitemap-threads.xml").content.decode()


def test_a_tier_too_low_is_told_what_opens_it_and_a_friend_reads_on(talk, as_chen, as_ada, as_mod):
    page = as_chen.get(talk.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert "Open from the tier “Old friend” on" in page
    assert 'type="email"' not in page
    for client in (as_ada, as_mod):
        assert SECRETS[1] in client.get(talk.get_absolute_url()).content.decode()


def test_a_board_that_does_not_tease_is_not_there(talk, stranger, as_chen):
    Board.objects.with_ids([talk.board_id]).update(teases=False)
    for client in (stranger, as_chen):
        assert client.get(talk.get_absolute_url(), {"x": 1}).status_code == 404
        assert client.get(talk.board.get_absolute_url(), {"x": 1}).status_code == 404
        assert talk.title not in client.get("/forum/", {"x": 1}).content.decode()
