"""What open pages of a board hear: which thread has something new, and nothing of what it says."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from community.forum import discussing
from community.forum.catching_up import moment
from community.forum.hosting import timing
from community.forum.models import Thread
from community.live import publishing

WORDS = "92 度太高，先降到 88 度看看"


@pytest.fixture
def stirred(django_capture_on_commit_callbacks):
    """The frames of boards that come of doing something."""

    def of(work):
        with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
            work()
        return [(topic, told["en"]) for topic, told in frames if topic.startswith("board.")]

    return of


def test_a_board_hears_which_thread_goes_on_and_never_the_words(thread, friends_thread, chen, stirred):
    [(topic, frame)] = stirred(lambda: discussing.reply(thread=thread, author=chen, body=WORDS))
    thread.refresh_from_db()
    assert topic == f"board.{thread.board_id}"
    assert frame.pop("n") == moment(thread.stirred_at)
    assert frame == {"topic": topic, "kind": "stirred", "loose": True, "thread": thread.pk, "number": 2}


def test_what_stirred_meanwhile_is_asked_for_by_whoever_may_look_in(
    thread, friends_thread, ada, stranger, as_chen, as_ben, as_ada, mod
):
    before = moment(friends_thread.stirred_at) - 1
    shut, open_to_all = f"/live/board.{friends_thread.board_id}/", f"/live/board.{thread.board_id}/"
    for visitor, status in ((stranger, 404), (as_chen, 404), (as_ben, 404), (as_ada, 200)):
        assert visitor.get(f"{shut}?since={before}").status_code == status
    assert [each["thread"] for each in as_ada.get(f"{shut}?since={before}").json()["frames"]] == [friends_thread.pk]
    told = stranger.get(f"{open_to_all}?since=0").json()
    assert [(each["thread"], each["number"]) for each in told["frames"]] == [(thread.pk, 1)]
    assert stranger.get(f"{open_to_all}?since={told['n']}").json()["frames"] == []
    assert stranger.get("/live/board.0/?since=0").status_code == 404


def test_a_thread_that_waits_for_its_hour_is_not_heard_of_before(thread, mod, stranger, stirred):
    timing.schedule(thread=thread, by=mod, opens_at=now() + timedelta(hours=1), closes_at=None)
    thread.refresh_from_db()
    assert stirred(lambda: discussing.reply(thread=thread, author=mod, body=WORDS)) == []
    assert stranger.get(f"/live/board.{thread.board_id}/?since=0").json()["frames"] == []
    Thread.objects.with_ids([thread.pk]).update(opens_at=now() - timedelta(seconds=1))
    assert [frame["thread"] for _topic, frame in stirred(timing.tell_what_is_due)] == [thread.pk]
