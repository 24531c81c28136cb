"""What is read on one device: told to the member's others alone, and the bell falls silent with it."""

import pytest

from community.forum import catching_up, discussing
from community.forum.models import ReadMark
from community.forum.models.readers import read_last
from community.live import publishing
from community.notices import ringing
from community.notices.models import Ring


def ring(member, post):
    return ringing.ring(
        member=member,
        kind="mention",
        params={"name": "Ada", "title": "…"},
        url=f"/forum/posts/{post.pk}/",
        about=f"mention-{post.pk}",
    )


def topics(frames):
    return [topic for topic, _languages in frames]


def test_reading_on_one_device_is_told_on_the_others_and_silences_its_rings(
    thread, cast_of_posts, chen, as_chen, ada, django_capture_on_commit_callbacks
):
    early, late = thread.posts.get(number=3), thread.posts.get(number=18)
    elsewhere = discussing.start(board=thread.board, author=ada, title="別的討論串裡的事", body="這裡也提到了你喔")
    for post in (early, late, elsewhere.posts.get()):
        ring(chen, post)
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        assert as_chen.post(f"/forum/threads/{thread.pk}/readmark/", {"number": 10}).status_code == 204
    assert topics(frames) == [f"read.{chen.pk}", f"bell.{chen.pk}"]
    left = Ring.objects.of(chen).unread().values_list("about", flat=True)
    assert set(left) == {f"mention-{late.pk}", f"mention-{elsewhere.posts.get().pk}"}
    # Read again, or not as far: nothing has changed, and nobody is told.
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        as_chen.post(f"/forum/threads/{thread.pk}/readmark/", {"number": 4})
    assert frames == []


def test_other_devices_ask_by_moment_and_get_each_step_once(thread, cast_of_posts, friends_thread, ada, as_ada):
    ReadMark.objects.all().delete()
    discussing.mark_read(member=ada, thread=thread, number=5)
    first = as_ada.get(f"/live/read.{ada.pk}/?since=0").json()
    assert [(each["thread"], each["number"]) for each in first["frames"]] == [(thread.pk, 5)]
    discussing.mark_read(member=ada, thread=thread, number=9)
    discussing.mark_read(member=ada, thread=friends_thread, number=1)
    then = as_ada.get(f"/live/read.{ada.pk}/?since={first['n']}").json()
    assert [(each["thread"], each["number"]) for each in then["frames"]] == [(thread.pk, 9), (friends_thread.pk, 1)]
    assert then["n"] == catching_up.moment(read_last(ada))
    assert as_ada.get(f"/live/read.{ada.pk}/?since={then['n']}").json()["frames"] == []
    assert as_ada.get(f"/live/read.{ada.pk}/?since={2**62}").json()["reset"] is True


def test_boards_that_are_marked_read_are_told_on_the_other_devices_at_one_stroke(
    thread, regulars_thread, chen, as_chen, django_capture_on_commit_callbacks
):
    page = as_chen.get("/forum/").content.decode()
    assert f'data-board="{thread.board_id}"' in page
    since = int(page.partition(f'topic="read.{chen.pk}" since="')[2].partition('"')[0])
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        as_chen.post("/forum/readmark/")
    [(topic, told)] = frames
    assert (topic, told["en"]["kind"]) == (f"read.{chen.pk}", "read")
    then = as_chen.get(f"/live/read.{chen.pk}/?since={since}").json()
    assert [sorted(each["boards"]) for each in then["frames"]] == [[thread.board_id, regulars_thread.board_id]]
    assert then["n"] == then["frames"][0]["n"] == told["en"]["n"]
    assert as_chen.get(f"/live/read.{chen.pk}/?since={then['n']}").json()["frames"] == []


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("as_ben", 404), ("as_mod", 404), ("as_ada", 200)])
def test_nobody_else_hears_what_a_member_reads(who, status, request, ada):
    assert request.getfixturevalue(who).get(f"/live/read.{ada.pk}/?since=0").status_code == status


def test_only_members_lists_listen(board, thread, as_ada, ada, stranger):
    address = board.get_absolute_url()
    assert f'topic="read.{ada.pk}"' in as_ada.get(address).content.decode()
    assert "live-reads" not in stranger.get(address).content.decode()
