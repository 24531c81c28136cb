"""Reading while others write: nobody waits for the other in a ring, which the database ends by failing one of the two."""

from threading import Event
from threading import Thread as Worker
from uuid import uuid4

import pytest
from django.db import connection, transaction

from community.forum import discussing, reading
from community.notices import ringing
from community.notices.models import Ring

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 20  # seconds, on a busy machine


@pytest.fixture
def beside():
    """Does something in a connection of its own; the event it gives is set when that is done."""
    workers = []

    def start(work):
        done = Event()

        def run():
            try:
                work()
                done.set()
            finally:
                connection.close()

        workers.append(Worker(target=run))
        workers[-1].start()
        return done

    yield start
    for worker in workers:
        worker.join(WAIT)


def is_waited_for() -> bool:
    """Whether somebody stands still at a lock of ours."""
    for _look in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), pg_sleep(0.02) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return True
    return False


def test_a_first_mark_is_kept_while_the_same_member_replies(thread, chen, beside):
    with transaction.atomic():
        discussing.locked(thread)  # as a reply of theirs does, which is about to keep a mark of its own
        done = beside(lambda: discussing.mark_read(member=chen, thread=thread, number=1))
        assert done.wait(WAIT)
        discussing.reply(thread=thread, author=chen, body="92 度太高，先降到 88 度看看")
    assert reading.reached(chen, thread) == 2


def test_a_discussion_sent_twice_at_the_same_moment_is_opened_once(board, chen, beside):
    def press():
        told = {"title": "水溫該降多少", "body": "92 度，酸還是很衝", "key": key}
        opened.append(discussing.start(board=board, author=chen, **told).pk)

    key, opened = uuid4(), []
    with transaction.atomic():
        press()
        done = beside(press)
        assert is_waited_for()
    assert done.wait(WAIT)
    assert len(opened) == 2
    assert len(set(opened)) == 1


def test_a_bell_is_read_while_a_reaction_gathers_in_it(thread, ada, beside):
    told = {
        "member": ada,
        "kind": "reacted",
        "params": {"name": "Chen"},
        "url": "/forum/posts/1/",
        "about": "reactions-1",
    }
    ringing.ring(**told)
    with transaction.atomic():
        rung = ringing.locked(member=ada, about="reactions-1")
        done = beside(lambda: ringing.read(member=ada, rings=Ring.objects.numbered([rung.pk])))
        assert is_waited_for()
        ringing.gather(ring=rung, **told | {"params": {"name": "Ben"}})
    assert done.wait(WAIT)
    assert not Ring.objects.of(ada).unread().exists()
