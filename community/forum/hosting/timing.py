"""Threads that open and close by the clock.

Reading asks the times themselves, so it is exact to the second; what is done here tells of it. Telling clears the time,
by an update that one worker alone succeeds with.
"""

from datetime import UTC

from django.db import transaction

from community.forum import stirring, streams
from community.forum.hosting import acting
from community.forum.models import Act, Lock, Pin, Thread

AT_ONCE = 200  # of each kind, in one round


def _told(thread) -> dict:
    times = {"opens_at": thread.opens_at, "closes_at": thread.closes_at}
    return {name: at and at.astimezone(UTC).isoformat() for name, at in times.items()}


@transaction.atomic
def schedule(*, thread, by, opens_at=None, closes_at=None, reason=""):
    """Sets when hosts alone stop seeing a thread and when it closes; None for neither."""
    thread = acting.locked(thread, by)
    before = _told(thread)
    thread.opens_at, thread.closes_at = opens_at, closes_at
    if before == _told(thread):
        return thread
    if opens_at:
        # It begins when it opens: lists have it where readers will look for it then.
        thread.started_at = thread.stirred_at = opens_at
    acting.note(thread, Act.Kind.SCHEDULED, by=by, reason=reason, before=before, after=_told(thread))
    thread.save(update_fields=["opens_at", "closes_at", "started_at", "stirred_at", "sequence"])
    streams.recheck_on_commit(thread)
    return thread


@transaction.atomic
def _open(pk, at) -> bool:
    if not Thread.objects.claim_opening(pk):
        return False
    thread = acting.locked_in_order(Thread(pk=pk))[pk]
    thread.stirred_at = max(thread.stirred_at, at)
    acting.note(thread, Act.Kind.OPENED, by=None)
    thread.save(update_fields=["stirred_at", "sequence"])
    stirring.tell_on_commit(thread)
    return True


@transaction.atomic
def _close(pk) -> bool:
    thread = acting.locked_in_order(Thread(pk=pk))[pk]
    if thread.closes_at is None:
        return False
    at, thread.closes_at = thread.closes_at, None
    if not hasattr(thread, "lock"):
        told = Act.objects.on_thread(thread).of_kind(Act.Kind.SCHEDULED).first()
        Lock.objects.create(thread=thread, by=told.by if told else thread.author, at=at)
    acting.note(thread, Act.Kind.CLOSED, by=None, after={"at": at.isoformat()})
    thread.save(update_fields=["closes_at", "sequence"])
    return True


@transaction.atomic
def _take_down(pin) -> bool:
    thread = acting.locked_in_order(pin.thread)[pin.thread_id]
    if not hasattr(thread, "pin") or thread.pin.holds:
        return False
    thread.pin.delete()
    acting.note(thread, Act.Kind.UNPINNED, by=None)
    thread.save(update_fields=["sequence"])
    return True


def tell_what_is_due() -> int:
    """Opens, closes and takes down what is due, each in its own transaction and once; says how many."""
    done = [_open(pk, at) for pk, at in Thread.objects.to_open().values_list("pk", "opens_at")[:AT_ONCE]]
    done += [_close(pk) for pk in Thread.objects.to_close().values_list("pk", flat=True)[:AT_ONCE]]
    done += [_take_down(pin) for pin in Pin.objects.over().select_related("thread")[:AT_ONCE]]
    return sum(done)
