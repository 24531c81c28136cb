"""Reading: who sees what, page by page, and how much it asks of the database."""

from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser

from community.forum import discussing, moderating
from community.forum.models import PAGE_SIZE, Post, Thread

PLACES = ("stranger", "as_chen", "as_ada", "as_mod")


@pytest.mark.parametrize("who", PLACES)
def test_an_open_thread_is_there_for_everyone(who, thread, request):
    answer = request.getfixturevalue(who).get(thread.get_absolute_url())
    assert answer.status_code == 200
    assert "酸到皺眉怎麼救" in answer.content.decode()
    assert "酸還是很衝" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("as_chen", 404), ("as_ada", 200), ("as_mod", 200)])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_someone_may_not_see_does_not_exist(who, status, headers, friends_thread, request):
    client, post = request.getfixturevalue(who), friends_thread.posts.get()
    for address in (
        friends_thread.get_absolute_url(),
        friends_thread.board.get_absolute_url(),
        f"/forum/posts/{post.pk}/acts/",
    ):
        assert client.get(address, headers=headers).status_code == status
    assert client.get(f"/forum/posts/{post.pk}/", headers=headers).status_code == (404 if status == 404 else 302)


@pytest.mark.parametrize("who", ["stranger", "as_chen"])
def test_lists_and_search_are_blind_to_closed_boards(who, friends_thread, thread, request):
    client = request.getfixturevalue(who)
    for address in ("/forum/", "/forum/search/?q=試喝筆記", "/forum/search/?q=外傳"):
        answer = client.get(address).content.decode()
        assert friends_thread.get_absolute_url() not in answer
        assert "先不要外傳" not in answer


def test_a_long_thread_is_read_page_by_page(stranger, thread, ada):
    for n in range(2, PAGE_SIZE + 6):
        discussing.reply(thread=thread, author=ada, body=f"第 {n} 則留言", at=thread.started_at)
    first = stranger.get(thread.get_absolute_url()).content.decode()
    assert f"第 {PAGE_SIZE} 則留言" in first
    assert f"第 {PAGE_SIZE + 1} 則留言" not in first
    assert f"?after={PAGE_SIZE}" in first
    second = stranger.get(thread.get_absolute_url() + f"?after={PAGE_SIZE}").content.decode()
    assert f"第 {PAGE_SIZE + 5} 則留言" in second
    assert f"第 {PAGE_SIZE} 則留言" not in second


@pytest.mark.parametrize("after", ["abc", "-5", "99999999999999999999", "٣", "%F0%9F%98%80", "1e3", ""])
def test_a_damaged_page_number_is_no_accident(after, stranger, thread):
    for name in ("after", "at", "reply"):
        assert stranger.get(f"{thread.get_absolute_url()}?{name}={after}").status_code == 200
    assert stranger.get(f"/forum/?after={after}").status_code == 200


@pytest.mark.parametrize("pk", ["0", "99999999999999999999", "9223372036854775808"])
def test_a_number_nobody_has_is_not_found(pk, stranger, db):
    for address in (f"/forum/threads/{pk}/", f"/forum/posts/{pk}/", f"/forum/posts/{pk}/acts/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"/forum/threads/{pk}/posts/", {"body": "有人在嗎"}).status_code == 404


def test_a_member_returns_to_the_first_new_post(as_chen, chen, ada, thread):
    for n in range(2, PAGE_SIZE + 4):
        discussing.reply(thread=thread, author=ada, body=f"第 {n} 則留言", at=thread.started_at)
    thread.refresh_from_db()
    discussing.mark_read(member=chen, thread=thread, number=PAGE_SIZE + 1)
    answer = as_chen.get(thread.get_absolute_url()).content.decode()
    assert 'id="unread"' in answer
    assert f"第 {PAGE_SIZE + 1} 則留言" in answer
    assert f"第 {PAGE_SIZE} 則留言" not in answer


def test_reading_moves_forward_only(as_chen, chen, thread, ada):
    discussing.reply(thread=thread, author=ada, body="第二則留言", at=thread.started_at)
    address = f"/forum/threads/{thread.pk}/readmark/"
    assert as_chen.post(address, {"number": "2"}).status_code == 204
    assert as_chen.post(address, {"number": "1"}).status_code == 204
    assert as_chen.post(address, {"number": "9999"}).status_code == 204
    assert as_chen.post(address, {"number": "x"}).status_code == 204
    assert 'id="unread"' not in as_chen.get(thread.get_absolute_url()).content.decode()


def test_reading_never_writes(as_chen, thread, django_assert_num_queries):
    before = thread.sequence
    as_chen.get(thread.get_absolute_url())
    thread.refresh_from_db()
    assert thread.sequence == before


def test_new_threads_carry_a_dot_for_members(as_chen, stranger, thread):
    assert "thread--new" in as_chen.get("/forum/").content.decode()
    as_chen.post(f"/forum/threads/{thread.pk}/readmark/", {"number": "1"})
    assert "thread--new" not in as_chen.get("/forum/").content.decode()
    assert "thread--new" not in stranger.get("/forum/").content.decode()


def test_what_one_began_oneself_is_not_new(as_ada, as_chen, ada, board):
    discussing.start(board=board, author=ada, title="冰滴要滴多久？", body="四個小時夠嗎？")
    assert "thread--new" in as_chen.get("/forum/").content.decode()
    assert "thread--new" not in as_ada.get("/forum/").content.decode()


def test_a_row_shows_who_spoke_last_and_that_the_brand_answered(stranger, thread, host):
    discussing.reply(thread=thread, author=host, body="先別動磨豆機，把水溫降到 89。")
    row = stranger.get("/forum/").content.decode()
    assert "先別動磨豆機" in row
    assert "Host" in row
    assert 'class="mark mark--go"' in row


def test_a_removed_thread_says_so_to_those_who_could_read_it(stranger, as_chen, thread, friends_thread, mod):
    moderating.remove_thread(thread=thread, by=mod)
    moderating.remove_thread(thread=friends_thread, by=mod)
    for client in (stranger, as_chen):
        assert client.get(thread.get_absolute_url()).status_code == 410
        assert client.get(friends_thread.get_absolute_url()).status_code == 404
        assert thread.get_absolute_url() not in client.get("/forum/").content.decode()
    assert stranger.get("/forum/search/?q=皺眉").content.decode().count(thread.get_absolute_url()) == 0


def test_a_thread_page_of_twenty_posts_asks_little(as_chen, chen, cast_of_posts, django_assert_max_num_queries):
    as_chen.get("/forum/")  # what every page of a process asks once: its site, its brand
    with django_assert_max_num_queries(12):
        assert as_chen.get(cast_of_posts.get_absolute_url() + "?after=0").status_code == 200


@pytest.mark.parametrize(
    "address", ["/forum/", "/forum/hot/", "/forum/unread/", "/forum/mine/", "/forum/boards/新手沖煮/"]
)
def test_lists_ask_little_however_long_they_are(address, as_chen, cast_of_posts, django_assert_max_num_queries):
    as_chen.get("/forum/")
    with django_assert_max_num_queries(10):
        assert as_chen.get(address).status_code == 200


@pytest.mark.parametrize(
    "rows", [Thread.objects.present, Post.objects.readable, partial(Post.objects.visible_to, AnonymousUser())]
)
def test_the_planner_is_told_that_nearly_all_stands(rows, db):
    # As a join that is looked at afterwards it would expect one row in two hundred, and sort whole boards for a page.
    assert "Anti Join" in rows().explain()


def test_public_pages_are_alike_for_every_visitor(stranger, thread, client):
    one, two = stranger.get(thread.get_absolute_url()), client.get(thread.get_absolute_url())
    assert "visitor" not in one.cookies
    assert "csrf" not in one.content.decode()
    cut = lambda answer: answer.content.decode()  # noqa: E731
    assert cut(one) == cut(two)


def test_a_search_asks_little_however_much_it_finds(as_chen, cast_of_posts, django_assert_max_num_queries):
    as_chen.get("/forum/")
    for address in ("/forum/search/?q=留言", "/forum/search/?q=衣索比亞要怎麼救", "/forum/search/suggestions/?q=衣索"):
        with django_assert_max_num_queries(20):
            assert as_chen.get(address).status_code == 200


def test_the_keyboard_skips_to_the_reply_where_there_is_one(as_chen, stranger, as_mod, thread):
    skip = f'<a class="skip" href="#dock-{thread.pk}">'
    for client in (as_chen, stranger):
        page = client.get(f"/forum/threads/{thread.pk}/").content.decode()
        assert skip in page
        assert page.index(f'href="#search-{thread.pk}"') < page.index("<main") < page.index(f'id="search-{thread.pk}"')
        assert f'id="dock-{thread.pk}" tabindex="-1"' in page
    as_mod.post(f"/forum/threads/{thread.pk}/lock/")
    assert skip not in as_chen.get(f"/forum/threads/{thread.pk}/").content.decode()
