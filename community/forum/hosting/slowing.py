"""Slow mode: how long one member waits between two posts of a thread."""

from django.db import transaction

from community.forum.hosting import acting
from community.forum.models import Act


@transaction.atomic
def slow(*, thread, by, seconds=None, reason=""):
    """Gives a thread its own pace; None takes it back, and the board's holds again."""
    thread = acting.locked(thread, by)
    if thread.slow_seconds != seconds:
        before, thread.slow_seconds = {"seconds": thread.slow_seconds}, seconds
        acting.note(thread, Act.Kind.SLOWED, by=by, reason=reason, before=before, after={"seconds": seconds})
        thread.save(update_fields=["slow_seconds", "sequence"])
    return thread
