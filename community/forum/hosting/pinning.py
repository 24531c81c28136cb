"""Threads on top of a list, until a day or until a host takes them down; and readers who have read them."""

from datetime import UTC

from django.db import transaction
from django.utils.timezone import now

from community.commons.refusals import Refusal
from community.forum import access, reading
from community.forum.hosting import acting
from community.forum.models import Act, Fold, Pin


def _told(pin) -> dict:
    return {"until": pin.until and pin.until.astimezone(UTC).isoformat(), "everywhere": pin.everywhere}


@transaction.atomic
def pin(*, thread, by, until=None, everywhere=False, reason=""):
    """Puts a thread on top of its board's list, or of all boards' list as well. Pinned so already, nothing happens."""
    thread = acting.locked(thread, by)
    before = _told(thread.pin) if thread.is_pinned else {}
    wanted = Pin(thread=thread, until=until, everywhere=everywhere, by=by, at=now())
    if before == _told(wanted) or not wanted.holds:
        return thread
    Pin.objects.of(thread).delete()  # with the folds of whoever had read the old one
    wanted.save()
    acting.note(thread, Act.Kind.PINNED, by=by, reason=reason, before=before, after=_told(wanted))
    thread.save(update_fields=["sequence"])
    return thread


@transaction.atomic
def unpin(*, thread, by, reason=""):
    thread = acting.locked(thread, by)
    if hasattr(thread, "pin"):
        acting.note(thread, Act.Kind.UNPINNED, by=by, reason=reason, before=_told(thread.pin))
        thread.pin.delete()
        thread.save(update_fields=["sequence"])
    return thread


def fold(*, thread, member):
    """Puts a pinned thread that a member has read back among the others, for them alone."""
    if not thread.is_pinned:
        return
    if reading.reached(member, thread) < thread.last_number:
        raise Refusal(access.READ_FIRST, status=409)
    Fold.objects.bulk_create([Fold(pin=thread.pin, member=member)], ignore_conflicts=True)


def unfold(*, thread, member):
    Fold.objects.of(thread, member).delete()
