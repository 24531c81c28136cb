"""What members keep for themselves: theirs alone, told of once, and never a way round a closed door."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localtime, now

from community.forum import bookmarking, discussing, moderating, tasks
from community.forum.hosting import merging, moving
from community.forum.models import Bookmark
from community.notices.models import Ring


def test_a_member_keeps_a_post_notes_and_lets_go(as_chen, as_ben, stranger, post):
    address = f"/forum/posts/{post.pk}/bookmark/"
    assert "/join/" in stranger.get(address)["Location"]
    assert as_chen.post(address, {"note": "週末試試看", "when": "tomorrow"}).status_code == 302
    kept = Bookmark.objects.get()
    assert localtime(kept.remind_at).hour == 9
    assert localtime(kept.remind_at).date() == localtime().date() + timedelta(days=1)
    page = as_chen.get("/forum/bookmarks/").content.decode()
    assert "週末試試看" in page
    assert post.thread.title in page.replace("<wbr>", "")
    assert "週末試試看" in as_chen.get("/forum/bookmarks/file/").content.decode()
    assert post.thread.title not in as_ben.get("/forum/bookmarks/").content.decode().replace("<wbr>", "")
    assert as_ben.post(f"/forum/bookmarks/{kept.pk}/").status_code == 404
    # Saved again it is the same one, changed; and it is let go of where it was kept, or from the list.
    as_chen.post(address, {"note": "", "when": ""})
    assert Bookmark.objects.get().remind_at is None
    as_chen.post(address, {"undo": "1"})
    assert not Bookmark.objects.exists()
    as_chen.post(f"/forum/threads/{post.thread_id}/bookmark/", {})
    as_chen.post(f"/forum/bookmarks/{Bookmark.objects.get().pk}/")
    assert not Bookmark.objects.exists()


@pytest.mark.parametrize("at", ["", "2020-01-01T09:00", "2999-01-01T09:00", "no time"])
def test_a_time_that_cannot_be_kept_is_refused_and_the_note_stays(at, as_chen, post):
    answer = as_chen.post(f"/forum/posts/{post.pk}/bookmark/", {"note": "留著", "when": "own", "at": at})
    assert answer.status_code == 422
    assert "留著" in answer.content.decode()
    assert not Bookmark.objects.exists()


def test_what_one_may_not_read_is_neither_kept_nor_shown(
    as_chen, chen, thread, post, friends_thread, friends_board, mod
):
    inner = friends_thread.posts.get()
    for address in (f"/forum/posts/{inner.pk}/bookmark/", f"/forum/threads/{friends_thread.pk}/bookmark/"):
        assert as_chen.post(address, {}).status_code == 404
    bookmarking.keep(member=chen, post=post, note="自己的字", remind_at=now() + timedelta(minutes=1))
    bookmarking.keep(member=chen, thread=thread)
    moving.move(thread=thread, by=mod, board=friends_board)
    page = as_chen.get("/forum/bookmarks/").content.decode()
    assert "自己的字" in page
    assert thread.title not in page.replace("<wbr>", "")
    assert post.body not in page
    assert thread.title not in as_chen.get("/forum/bookmarks/file/").content.decode()
    Bookmark.objects.update(remind_at=now() - timedelta(minutes=1))
    tasks.remind()
    assert not Ring.objects.exists()


def test_a_reminder_rings_once_however_often_the_sweep_runs(chen, ben, post, as_chen):
    told = {"post": post, "remind_at": now() - timedelta(seconds=1)}
    bookmarking.keep(member=chen, note="記得", by_mail=True, **told)
    bookmarking.keep(member=ben, **told)
    for _ in range(2):
        tasks.remind()
    assert Ring.objects.of(chen).get().url == post.get_absolute_url()
    assert "記得" in Ring.objects.of(chen).get().sentence
    assert Ring.objects.of(ben).count() == 1
    assert [letter.to for letter in mail.outbox] == [[chen.email]]
    # Another time is another reminder.
    bookmarking.keep(member=chen, **told | {"remind_at": now() - timedelta(milliseconds=1)})
    tasks.remind()
    assert Ring.objects.of(chen).count() == 2


def test_the_list_asks_little_and_is_paged_by_key(as_chen, chen, cast_of_posts, django_assert_max_num_queries):
    for post in cast_of_posts.posts.order_by("number")[:20]:
        bookmarking.keep(member=chen, post=post, note=f"第 {post.number} 則")
    bookmarking.keep(member=chen, thread=cast_of_posts, note="整串")
    as_chen.get("/forum/")
    with django_assert_max_num_queries(6):
        first = as_chen.get("/forum/bookmarks/")
    later = first.context["bookmarks"].next
    assert "整串" in first.content.decode()
    assert as_chen.get(f"/forum/bookmarks/?after={later}").content.decode().count("keepsake__note") == 1


def test_who_kept_a_thread_keeps_what_it_became(chen, ben, ada, mod, thread, board):
    other = discussing.start(board=board, author=ada, title="同一個問題的另一串", body="這裡也有人在問一樣的事")
    for member in (chen, ben):
        bookmarking.keep(member=member, thread=thread)
    bookmarking.keep(member=ben, thread=other)
    merging.merge(thread=thread, into=other, by=mod)
    assert {(row.member, row.thread) for row in Bookmark.objects.all()} == {(chen, other), (ben, other)}
    moderating.remove_thread(thread=other, by=mod)
    assert not Bookmark.objects.of_member(chen).for_rows(chen).get().is_readable
