"""Talking: start, answer, edit, react; each address as stranger, wrong tier, member and staff, plain and with htmx."""

import json
import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from community.forum import discussing
from community.forum.models import Held, Post, Reaction, Thread

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(("headers", "status"), [({}, 302), (HTMX, 201)])
def test_a_member_can_reply_with_or_without_htmx(headers, status, as_chen, chen, thread):
    answer = as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": "我也遇過，後來換水就好了"}, headers=headers)
    assert answer.status_code == status
    said = thread.posts.get(number=2)
    assert (said.body, said.author) == ("我也遇過，後來換水就好了", chen)
    if headers:
        assert f'id="post-{said.pk}"' in answer.content.decode()
    else:
        assert answer["Location"].endswith(f"#post-{said.pk}")


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(("who", "status"), [("as_chen", 403), ("stranger", 403), ("as_ben", 302), ("as_mod", 302)])
def test_a_board_for_regulars_lets_others_read_but_not_answer(who, status, headers, regulars_thread, request):
    client = request.getfixturevalue(who)
    address = regulars_thread.get_absolute_url()
    assert client.get(address).status_code == 200
    answer = client.post(f"{address}posts/", {"body": "我可以說話嗎"}, headers=headers)
    if status == 403:
        assert answer.status_code == (422 if headers else 403)
        assert "常客" in answer.content.decode()
        assert "我可以說話嗎" in answer.content.decode()
        assert regulars_thread.posts.count() == 1
        assert not Held.objects.exists()
        assert '<form id="reply"' not in client.get(address).content.decode()
    else:
        assert answer.status_code == (201 if headers else 302)


@pytest.mark.parametrize("who", ["stranger", "as_chen"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nobody_answers_in_a_thread_they_cannot_see(who, headers, friends_thread, request):
    client, post = request.getfixturevalue(who), friends_thread.posts.get()
    for address in (f"/forum/threads/{friends_thread.pk}/posts/", f"/forum/posts/{post.pk}/reactions/"):
        answer = client.post(address, {"body": "我看不到這裡", "kind": "coffee"}, headers=headers)
        assert answer.status_code == 404
    assert not Held.objects.exists()


def test_a_reply_names_what_it_answers(as_chen, thread, post):
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": "回覆你的第一段", "reply_to": str(post.pk)})
    assert thread.posts.get(number=2).reply_to == post


@pytest.mark.parametrize("reply_to", ["0", "abc", "99999999999999999999", "٣", "-1"])
def test_an_answer_to_nothing_is_still_an_answer(reply_to, as_chen, thread):
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": "還是想說一句", "reply_to": reply_to})
    assert thread.posts.get(number=2).reply_to is None


def test_an_answer_cannot_reach_into_another_thread(as_chen, thread, regulars_thread):
    other = regulars_thread.posts.get()
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": "跨串引用", "reply_to": str(other.pk)})
    assert thread.posts.get(number=2).reply_to is None


@pytest.mark.parametrize("extra", [{}, {"key": "0196d1b0-0000-7000-8000-000000000001"}])
def test_a_double_submit_is_published_once(extra, as_chen, thread):
    for _ in range(2):
        answer = as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": "只說一次", **extra})
        assert answer.status_code == 302
    assert thread.posts.count() == 2


def test_the_same_key_is_one_post_even_when_the_words_were_polished(as_chen, thread):
    key = "0196d1b0-0000-7000-8000-000000000002"
    for body in ("先送出一次", "先送出一次。"):
        as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": body, "key": key})
    assert thread.posts.count() == 2


def test_a_damaged_key_does_not_cost_the_words(as_chen, thread):
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": "鑰匙壞了話還在", "key": "not-a-key"})
    assert thread.posts.count() == 2


def test_two_people_may_say_the_same(as_chen, as_ben, thread):
    for client in (as_chen, as_ben):
        client.post(f"/forum/threads/{thread.pk}/posts/", {"body": "同意這個說法"})
    assert thread.posts.count() == 3


def test_too_many_words_in_a_minute_are_refused_and_kept(as_chen, as_ben, thread):
    for client, most in ((as_chen, 6), (as_ben, 8)):
        address = f"/forum/threads/{thread.pk}/posts/"
        answers = [client.post(address, {"body": f"{most} 之 {n} 句話來了"}) for n in range(most + 1)]
        assert [answer.status_code for answer in answers] == [302] * most + [429]
        assert f"{most} 之 {most} 句話來了" in answers[-1].content.decode()
        assert re.search(r"有點太快了，[1-9]\d? 秒後再試一次", answers[-1].content.decode())
    assert thread.posts.count() == 1 + 6 + 8


@pytest.mark.parametrize(("headers", "status"), [({}, 302), (HTMX, 200)])
def test_a_member_starts_a_thread(headers, status, as_chen, chen, board):
    told = {"title": "小飛鷹的刻度怎麼看？", "body": "剛買了一台，說明書看不懂，有人可以教我嗎"}
    assert as_chen.get("/forum/new/").status_code == 302
    answer = as_chen.post(f"/forum/boards/{board.slug}/threads/", told, headers=headers)
    assert answer.status_code == status
    thread = Thread.objects.get()
    assert thread.get_absolute_url() in answer["HX-Redirect" if headers else "Location"]
    assert (thread.author, thread.posts_count, thread.posts.get().body) == (chen, 1, told["body"])


def test_a_thread_sent_twice_is_started_once(as_chen, board):
    told = {"title": "小飛鷹的刻度怎麼看？", "body": "剛買了一台，說明書看不懂，有人可以教我嗎"}
    first = as_chen.post(f"/forum/boards/{board.slug}/threads/", told)
    second = as_chen.post(f"/forum/boards/{board.slug}/threads/", told)
    assert first["Location"] == second["Location"]
    assert Thread.objects.count() == 1
    third = as_chen.post(f"/forum/boards/{board.slug}/threads/", told | {"title": "改問：刻度和水溫怎麼配？"})
    assert third["Location"] != first["Location"]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", "夠長的內文在這裡喔喔"),
        ("太短", "夠長的內文在這裡喔喔"),
        ("標題夠長的嘛", "短"),
        ("長" * 81, "夠長的內文在這裡喔喔"),
    ],
)
def test_a_thread_needs_a_title_and_a_beginning_and_keeps_what_was_typed(title, body, as_chen, board):
    answer = as_chen.post(f"/forum/boards/{board.slug}/threads/", {"title": title, "body": body})
    assert answer.status_code == 422
    assert title in answer.content.decode()
    assert body in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()


def test_nobody_is_led_to_a_form_that_joining_does_not_open(stranger, as_chen, as_ben, board, regulars_board):
    for visitor, is_offered in ((stranger, False), (as_chen, False), (as_ben, True)):
        assert ("/threads/" in visitor.get(f"/forum/boards/{regulars_board.slug}/").content.decode()) is is_offered
    assert "/threads/" in stranger.get(f"/forum/boards/{board.slug}/").content.decode()


def test_who_may_start_where(stranger, as_chen, as_ben, regulars_board, friends_board):
    regulars, friends = (f"/forum/boards/{board.slug}/threads/" for board in (regulars_board, friends_board))
    told = {"title": "標題夠長的嘛", "body": "夠長的內文在這裡喔喔"}
    assert "/join/" in stranger.get(regulars)["Location"]
    assert "/join/" in stranger.post(regulars, told)["Location"]
    assert as_chen.get(regulars).status_code == as_chen.post(regulars, told).status_code == 403
    assert as_ben.get(regulars).status_code == 200
    assert as_chen.get(friends).status_code == as_ben.post(friends, told).status_code == 404


def test_editing_keeps_the_former_words(as_ada, as_chen, as_mod, stranger, post):
    address = f"/forum/posts/{post.pk}/words/"
    assert "/join/" in stranger.get(address)["Location"]
    assert as_chen.get(address).status_code == 403
    assert as_mod.post(f"/forum/posts/{post.pk}/", {"body": "別人不能改我的話"}).status_code == 403
    assert post.body in as_ada.get(address).content.decode()
    assert as_ada.post(f"/forum/posts/{post.pk}/", {"body": "改成 89 度之後好多了"}).status_code == 302
    post.refresh_from_db()
    assert post.body == "改成 89 度之後好多了"
    assert post.edited_at is None, "within the grace time an edit leaves no mark"
    assert post.revisions.get().body.startswith("92 度")
    assert "92 度" not in as_chen.get(f"/forum/posts/{post.pk}/acts/").content.decode()


def test_a_late_edit_says_so(as_ada, post):
    Post.objects.update(made_at=now() - timedelta(minutes=10))
    as_ada.post(f"/forum/posts/{post.pk}/", {"body": "十分鐘後才改的話"})
    post.refresh_from_db()
    assert post.edited_at


@pytest.mark.parametrize("body", ["", " \n\t　", "字", "\u200b\u200b\u2060", "\x00\x00"])
def test_empty_words_are_refused_wherever_they_are_sent(body, as_ada, thread, post):
    for address in (f"/forum/threads/{thread.pk}/posts/", f"/forum/posts/{post.pk}/"):
        answer = as_ada.post(address, {"body": body})
        assert answer.status_code == 422
        assert b" autofocus" in answer.content, "the caret is not given back"
    assert thread.posts.get().body == post.body


def test_a_reaction_is_set_changed_and_taken_back(as_chen, post):
    address = f"/forum/posts/{post.pk}/reactions/"
    for kind, tally in (("coffee", {"coffee": 1}), ("heart", {"heart": 1}), ("heart", {})):
        assert as_chen.post(address, {"kind": kind}).status_code == 302
        post.refresh_from_db()
        assert post.tally == tally
    assert not Reaction.objects.exists()


def test_a_reaction_by_htmx_brings_the_post_and_says_which_is_lit(as_chen, post):
    answer = as_chen.post(f"/forum/posts/{post.pk}/reactions/", {"kind": "heart"}, headers=HTMX)
    assert f'id="post-{post.pk}"' in answer.content.decode()
    assert json.loads(answer["Own-Reaction"]) == {str(post.pk): "heart"}


@pytest.mark.parametrize("kind", ["", "like", "coffee\x00", "☕", "c" * 4000])
def test_an_unknown_reaction_is_refused(kind, as_chen, stranger, post):
    for client in (as_chen, stranger):
        assert client.post(f"/forum/posts/{post.pk}/reactions/", {"kind": kind}).status_code == 422
    assert not Reaction.objects.exists()
    assert not Held.objects.exists()


def test_own_reactions_are_marked_on_the_page_and_not_in_the_post(as_chen, as_ben, chen, thread, post):
    discussing.react(post=post, member=chen, kind="coffee")
    assert f"{{&quot;{post.pk}&quot;: &quot;coffee&quot;}}" in as_chen.get(thread.get_absolute_url()).content.decode()
    fragments = {
        client.get(f"{thread.get_absolute_url()}?after=0", headers=HTMX).content for client in (as_chen, as_ben)
    }
    assert len(fragments) == 1


@pytest.mark.parametrize(
    "wrong_method",
    [("get", "posts/"), ("get", "readmark/"), ("get", "lock/"), ("put", "posts/")],
)
def test_addresses_answer_only_to_what_they_are_for(wrong_method, as_ada, thread):
    method, place = wrong_method
    assert getattr(as_ada, method)(f"/forum/threads/{thread.pk}/{place}").status_code == 405


def test_numbers_and_sequence_go_up_by_one(as_chen, thread, post):
    for n in range(3):
        as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": f"第 {n} 句話來了"})
    as_chen.post(f"/forum/posts/{post.pk}/reactions/", {"kind": "wow"})
    thread.refresh_from_db()
    assert list(thread.posts.order_by("number").values_list("number", "sequence")) == [(1, 5), (2, 2), (3, 3), (4, 4)]
    assert (thread.sequence, thread.last_number, thread.posts_count) == (5, 4, 4)


def test_the_thread_of_a_page_is_made_once_and_follows_its_title(board, regulars_board, root, as_chen):
    from wagtail.models import Page

    page = Page.objects.first()
    thread = discussing.thread_for(page=page, title="水溫的故事", board=board, author=root)
    again = discussing.thread_for(page=page, title="水溫的小故事", board=regulars_board, author=root)
    assert thread == again
    assert (again.title, again.board) == ("水溫的小故事", regulars_board)
    assert as_chen.get(thread.get_absolute_url()).status_code == 200
    assert again.get_absolute_url() in as_chen.get("/forum/search/?q=小故事").content.decode()
    assert Post.objects.count() == 0
