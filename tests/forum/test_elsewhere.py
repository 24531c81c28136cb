"""Threads and boards on pages of other rooms: the same words, the same rights, the same place to answer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from community.forum import discussing, moderating


def shown(source, person, **context):
    request = RequestFactory().get("/")
    request.user = person
    return engines["django"].from_string("{% load forum %}" + source).render(context, request)


def test_a_panel_shows_the_latest_posts_and_the_place_to_answer(thread, ben):
    for n in range(2, 12):
        discussing.reply(thread=thread, author=ben, body=f"第 {n} 則留言", at=thread.started_at)
    panel = shown("{% thread_panel thread 3 %}", AnonymousUser(), thread=thread)
    assert "第 11 則留言" in panel
    assert "第 9 則留言" in panel
    assert "第 8 則留言" not in panel
    assert f'action="/forum/threads/{thread.pk}/posts/"' in panel
    assert "read-keeper" not in shown("{% thread_panel thread %}", ben, thread=thread)


@pytest.mark.parametrize("source", ["{% thread_panel thread %}", "{% board_latest board %}"])
def test_nothing_gated_is_shown_elsewhere(source, friends_thread, chen, ada):
    context = {"thread": friends_thread, "board": friends_thread.board}
    for person in (AnonymousUser(), chen):
        assert shown(source, person, **context).strip() == ""
    assert "外傳" in shown(source, ada, **context)


def test_a_panel_of_nothing_is_nothing(thread, mod):
    assert (
        shown("{% thread_panel thread %}{% board_latest board %}", AnonymousUser(), thread=None, board=None).strip()
        == ""
    )
    moderating.remove_thread(thread=thread, by=mod)
    assert shown("{% thread_panel thread %}", AnonymousUser(), thread=thread).strip() == ""


def test_a_thread_without_posts_asks_for_the_first(board, root):
    from wagtail.models import Page

    thread = discussing.thread_for(page=Page.objects.first(), title="水溫的故事", board=board, author=root)
    assert "<textarea" in shown("{% thread_panel thread %}", AnonymousUser(), thread=thread)


def test_the_latest_of_a_board(thread):
    assert thread.get_absolute_url() in shown("{% board_latest board 2 %}", AnonymousUser(), board=thread.board)
