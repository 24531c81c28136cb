"""Starting a thread that is more than a discussion."""

from django.db import transaction

from community.forum import access, discussing
from community.forum.kinds import gathering, polling
from community.forum.models import Gathering, Poll, Thread


@transaction.atomic
def start(*, board, author, title, body, source="", kind=Thread.Kind.DISCUSSION, key=None, at=None, begins_at=None, ends_at=None,
          poll=None, hosts=None, took=None, approved=False, draft=None) -> Thread:  # fmt: skip
    """Opens a thread of any kind, whole or not at all; sent twice, it is opened once.

    `poll` holds what polling.lay wants, `hosts` the members who answer at a gathering.
    """
    access.require(access.against_starting_kind(author, board, kind))
    told = {"kind": kind, "begins_at": begins_at, "ends_at": ends_at, "took": took, "approved": approved}
    told["draft"] = draft
    thread = discussing.start(board=board, author=author, title=title, body=body, source=source, key=key, at=at, **told)
    # What was sent twice is the thread it was before, whatever was chosen the second time.
    if thread.kind == Thread.Kind.POLL and Poll.objects.of(thread) is None:
        polling.lay(thread, **poll)
    elif thread.kind == Thread.Kind.GATHERING and Gathering.objects.of(thread) is None:
        gathering.lay(thread, hosts=hosts or [author])
    return thread
