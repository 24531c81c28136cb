"""The log of what hosts do, which is also what open pages hear of it; and threads locked in one order."""

from community.forum import access, discussing, signals, streams
from community.forum.models import Act, Thread


def locked_in_order(*threads) -> dict[int, Thread]:
    """These rows, ours until the end of the transaction. Always the smallest key first: two hosts who merge the same
    threads in opposite directions wait for each other once, and never for ever.
    """
    rows = Thread.objects.with_ids([thread.pk for thread in threads]).for_reading().order_by("pk")
    return {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}


def locked(thread, by) -> Thread:
    """The thread's row, for a host alone."""
    access.require(access.against_hosting(by))
    return discussing.locked(thread)


def note(thread, kind, *, by, reason="", before=None, after=None) -> Act:
    """Writes down an act on a locked thread, and tells open pages of it; the caller saves the thread."""
    act = Act.objects.create(
        thread=thread,
        board_id=thread.board_id,
        sequence=discussing.turn(thread),
        kind=kind,
        by=by,
        reason=reason,
        before=before or {},
        after=after or {},
    )
    signals.acted.send(Act, act=act)
    streams.tell_act_on_commit(act)
    return act


def note_board(board, kind, *, by, before=None, after=None) -> Act:
    act = Act.objects.create(board=board, kind=kind, by=by, before=before or {}, after=after or {})
    signals.acted.send(Act, act=act)
    return act
