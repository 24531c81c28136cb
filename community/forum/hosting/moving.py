"""Threads that belong on another board, and boards that become part of another."""

from django.db import transaction
from django.utils.timezone import now

from community.commons import public
from community.forum import access, discussing, drafting, finding, looking, streams
from community.forum.hosting import acting
from community.forum.models import Act, Board, BoardAddress, Findable, Held, ReadMark, Thread


@transaction.atomic
def move(*, thread, by, board, reason=""):
    """Puts a thread on another board. Its address stays; the doors of the new board are its doors at once."""
    thread = acting.locked(thread, by)
    access.require(access.against_taking_from_its_page(thread))
    if thread.board_id == board.pk:
        return thread
    before = {"board": thread.board.slug}
    discussing.put_on(thread, board)
    finding.note_move(thread)
    acting.note(thread, Act.Kind.MOVED, by=by, reason=reason, before=before, after={"board": board.slug})
    thread.save(update_fields=["board", "came_at", "sequence"])
    streams.recheck_on_commit(thread)
    return thread


@transaction.atomic
def merge_boards(*, board, into, by):
    """Puts all threads of a board on another and takes it down; its address leads there."""
    rows = {row.pk: row for row in Board.objects.with_ids([board.pk, into.pk]).order_by("pk").select_for_update()}
    if board.pk == into.pk or board.pk not in rows:
        return into
    into = rows[into.pk]
    # Their rows are taken in one order, as everywhere; whoever is writing in one is waited for.
    threads = list(Thread.objects.on(board).order_by("pk").select_for_update(no_key=True).only("pk"))
    keys = [thread.pk for thread in threads]
    ReadMark.objects.keep_what_boards_say(threads, since=now() - looking.OLD_NEWS)
    Thread.objects.with_ids(keys).update(board=into, came_at=now())
    Findable.objects.on_board(board).update(board=into)
    BoardAddress.objects.of(board).update(board=into)
    Held.objects.on_board(board).update(board=into)
    drafting.move_to_board(former=board, into=into)
    lead_on(former=board.slug, board=into)
    acting.note_board(into, Act.Kind.MERGED, by=by, before={"board": board.slug}, after={"threads": len(keys)})
    board.delete()
    public.purge_on_commit(public.EVERYTHING)
    streams.recheck_all_on_commit()
    return into


def lead_on(*, former: str, board):
    """Whoever asks at a former address finds the board; what is a board's own address now leads nowhere else."""
    BoardAddress.objects.update_or_create(slug=former, defaults={"board": board})
    BoardAddress.objects.at(board.slug).delete()
