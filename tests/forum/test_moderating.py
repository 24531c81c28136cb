"""Keeping order: who may take away, bring back, close and open; and what everyone else then sees."""

import pytest
from bs4 import BeautifulSoup

from community.forum import discussing, moderating
from community.forum.models import BoardGroup, Lock, Removal
from community.notices.models import Ring

HTMX = {"HX-Request": "true"}


@pytest.fixture
def reply(thread, chen):
    return discussing.reply(thread=thread, author=chen, body="這句話我想收回來")


def test_an_author_takes_their_post_back_and_brings_it_again(as_chen, stranger, reply, thread):
    address = f"/forum/posts/{reply.pk}/removal/"
    assert as_chen.get(address).status_code == 200
    assert reply.body in stranger.get(thread.get_absolute_url()).content.decode()
    assert as_chen.post(address).status_code == 302
    assert reply.body not in stranger.get(thread.get_absolute_url()).content.decode()
    assert reply.body not in stranger.get("/forum/").content.decode()
    assert reply.get_absolute_url() not in stranger.get("/forum/search/?q=收回來").content.decode()
    assert as_chen.post(address, {"undo": "1"}).status_code == 302
    assert reply.body in stranger.get(thread.get_absolute_url()).content.decode()
    assert not Removal.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_may_take_a_post_away(headers, stranger, as_ben, as_mod, as_chen, chen, reply):
    address = f"/forum/posts/{reply.pk}/removal/"
    asked = stranger.post(address, headers=headers)
    assert "/join/" in asked["HX-Redirect" if headers else "Location"]
    refused = as_ben.get(address, headers=headers)
    assert refused.status_code == 403
    assert headers or f'href="{reply.thread.board.get_absolute_url()}"' in refused.content.decode(), "the way back"
    assert as_ben.post(address, headers=headers).status_code == 403
    assert not Removal.objects.exists()
    answer = as_mod.post(address, {"reason": "貼了別人的電話。"}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    removal = Removal.objects.get()
    assert (removal.hand, removal.reason) == ("moderator", "貼了別人的電話。")
    assert "貼了別人的電話" in Ring.objects.of(chen).get().sentence, "who wrote it hears why"
    assert as_chen.post(address, {"undo": "1"}).status_code == 410, "only a host brings back what a host took away"
    assert as_mod.post(address, {"undo": "1"}, headers=headers).status_code == (200 if headers else 302)
    assert not Removal.objects.exists()


def test_a_removed_post_tells_its_words_to_nobody(as_chen, as_ben, stranger, reply, mod):
    moderating.remove(post=reply, by=mod, reason="離題")
    for client in (as_chen, as_ben, stranger):
        for place in ("", "acts/"):
            answer = client.get(f"/forum/posts/{reply.pk}/{place}", follow=True)
            assert answer.status_code == 200
            assert reply.body not in answer.content.decode()
        assert client.post(f"/forum/posts/{reply.pk}/reactions/", {"kind": "heart"}).status_code == 410
    assert as_chen.get(f"/forum/posts/{reply.pk}/words/").status_code == 410
    assert as_chen.post(f"/forum/posts/{reply.pk}/", {"body": "偷偷改回來"}).status_code == 410


def test_a_row_shows_the_last_words_that_can_still_be_read(reply, thread, ada, mod):
    moderating.remove(post=reply, by=mod)
    thread.refresh_from_db()
    assert (thread.posts_count, thread.last_number, thread.last_by) == (1, 2, ada)
    assert thread.last_said.startswith("92 度")


def test_the_mark_of_the_brand_goes_with_its_answer(thread, host):
    answer = discussing.reply(thread=thread, author=host, body="先別動磨豆機，把水溫降到 89。")
    thread.refresh_from_db()
    assert thread.host_number == 2
    moderating.remove(post=answer, by=host)
    thread.refresh_from_db()
    assert thread.host_number is None


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_closed_thread_is_read_but_not_answered(headers, as_mod, as_chen, stranger, thread, post):
    address = thread.get_absolute_url()
    as_mod.post(f"{address}lock/")
    for client in (as_chen, stranger):
        assert client.get(address).status_code == 200
        answer = client.post(f"{address}posts/", {"body": "還想說一句話"}, headers=headers)
        assert answer.status_code == (422 if headers else 409)
        assert "還想說一句話" in answer.content.decode()
    assert as_mod.post(f"{address}posts/", {"body": "主人家可以收個尾"}).status_code == 302
    assert as_chen.post(f"/forum/posts/{post.pk}/reactions/", {"kind": "heart"}).status_code == 302
    as_mod.delete(f"{address}lock/")
    assert not Lock.objects.exists()
    assert as_chen.post(f"{address}posts/", {"body": "又可以說話了"}).status_code == 302


def test_who_may_close_and_open(as_ada, as_ben, as_mod, stranger, thread):
    address = f"{thread.get_absolute_url()}lock/"
    assert "/join/" in stranger.post(address)["Location"]
    assert as_ben.post(address).status_code == 403
    assert as_ada.post(address).status_code == 302, "authors may close what they opened"
    assert as_ben.post(address, {"undo": "1"}).status_code == 403
    assert as_ada.post(address, {"undo": "1"}).status_code == 302
    as_mod.post(address)
    assert as_ada.post(address, {"undo": "1"}).status_code == 403, "what a host closed, only a host opens"
    assert Lock.objects.exists()


def test_an_author_removes_a_thread_only_while_nobody_has_answered(as_ada, as_ben, stranger, thread, board):
    address = f"{thread.get_absolute_url()}removal/"
    assert "/join/" in stranger.get(address)["Location"]
    assert as_ben.get(address).status_code == as_ben.post(address).status_code == 403
    assert as_ada.get(address).status_code == 200
    as_ben.post(f"{thread.get_absolute_url()}posts/", {"body": "我先回一句"})
    assert as_ada.post(address).status_code == 403
    assert not Removal.objects.exists()


def test_a_host_removes_a_thread_and_brings_it_back(as_mod, as_ada, stranger, thread):
    address = f"{thread.get_absolute_url()}removal/"
    assert as_mod.post(address, {"reason": "重複了"})["Location"] == thread.board.get_absolute_url()
    gone = stranger.get(thread.get_absolute_url())
    assert gone.status_code == 410
    assert "no-cache" in gone["Cache-Control"], "Chromium would keep it for ever, and the thread may come back"
    assert f'href="{thread.board.get_absolute_url()}"' in gone.content.decode(), "there is more where it was"
    assert as_ada.get(address).status_code == 410
    assert as_mod.get(address).status_code == 200
    assert as_mod.post(address, {"undo": "1"}).status_code == 302
    assert stranger.get(thread.get_absolute_url()).status_code == 200


def test_what_is_closed_to_a_reader_is_not_told_apart_from_what_is_not_there(as_chen, friends_thread):
    post = friends_thread.posts.get()
    for place in ("lock/", "removal/", "posts/", "readmark/"):
        assert as_chen.post(f"{friends_thread.get_absolute_url()}{place}").status_code == 404
    for place in ("", "removal/", "reactions/"):
        assert as_chen.post(f"/forum/posts/{post.pk}/{place}", {"body": "x", "kind": "heart"}).status_code == 404


def test_removing_twice_or_locking_twice_is_done_once(mod, reply, thread):
    for _ in range(2):
        moderating.remove(post=reply, by=mod)
        moderating.lock(thread=thread, by=mod)
        moderating.remove_thread(thread=thread, by=mod)
    assert Removal.objects.count() == 2
    for _ in range(2):
        moderating.restore(post=reply, by=mod)
        moderating.unlock(thread=thread, by=mod)
        moderating.restore_thread(thread=thread, by=mod)
    assert not Removal.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("as_root", 200), ("as_mod", 200), ("as_edda", 302), ("as_chen", 403)])
def test_boards_are_kept_at_the_desk(who, status, request, board):
    answer = request.getfixturevalue(who).get("/desk/snippets/forum/board/")
    assert answer.status_code == status


def test_an_administrator_makes_a_board(client, db):
    from tests import cast

    keeper = cast.staff("keeper", "administrator")
    client.force_login(keeper)
    told = {"name": "器材交換", "slug": "器材交換", "description": "", "rules": "", "position": "5"}
    told |= {"sort": "latest", "approval": "none", "slow_seconds": "0"}
    form = client.get("/desk/snippets/forum/board/add/", headers={"Accept-Language": "en"}).content.decode()
    for label in ("Kinds of discussions", "Discussion", "Everything waits for a host", "What stirred last comes first"):
        assert label in form
    assert "選擇" not in form, "a chooser of Wagtail's speaks the language in which the process was started"
    assert client.post("/desk/snippets/forum/board/add/", told).status_code == 302
    assert client.get("/forum/boards/器材交換/").status_code == 200


def test_the_keyboard_stays_on_the_board_it_moves(as_root, board, friends_board):
    for to, label in (("down", f"{board} 往上一格"), ("up", f"{board} 往下一格")):  # at an end, on the only way back
        answer = as_root.post("/desk/board-order/", {"board": board.pk, "to": to})
        page = BeautifulSoup(as_root.get(answer["Location"]).content, "html.parser")
        assert [button["aria-label"] for button in page.select("button[autofocus]")] == [label]


def test_a_board_is_called_in_the_readers_language(as_root, stranger, board, thread):
    group = BoardGroup.objects.create(name="沖煮", name_en="Brewing")
    told = {
        "name": "器材交換",
        "name_en": "Gear",
        "slug": board.slug,
        "description": "換也借",
        "rules": "只換不炒",
        "position": "5",
    }
    told |= {"description_en": "Swap and lend", "rules_en": "", "group": group.pk}
    told |= {"sort": "latest", "approval": "none", "slow_seconds": "0"}
    assert as_root.post(f"/desk/snippets/forum/board/edit/{board.pk}/", told).status_code == 302
    for address, said in [
        ("/forum/", ("Gear", "Brewing", "Swap and lend")),
        (board.get_absolute_url(), ("Gear", "Swap and lend", "只換不炒")),
        (thread.get_absolute_url(), ("Gear", "只換不炒")),
        ("/forum/search/suggestions/?q=gear", ("<mark>Gear</mark>",)),
    ]:
        english = stranger.get(address, headers={"Accept-Language": "en"}).content.decode()
        assert all(words in english for words in said), address
        assert "器材交換" not in english, address
        chinese = stranger.get(address, headers={"Accept-Language": "zh-Hant-TW"}).content.decode()
        assert "器材交換" in chinese, address
        assert "Swap and lend" not in chinese, address
