"""What members see first of a list of discussions: questions whose SQL is made once in a process (commons/prepared.py).

Further pages, and lists that few open, are asked for the plain way; strangers are shown what is kept for all of them.
"""

from datetime import UTC, datetime
from functools import cache

from django.db.models import prefetch_related_objects
from django.utils.timezone import now

from accounts.tiers import rank_of
from community.commons.prepared import Prepared
from community.forum.models.boards import sees_scheduled
from community.forum.models.rooms import Thread

ROWS, MOST_PINNED = 20, 5
WHENEVER = datetime(9999, 1, 1, tzinfo=UTC)  # hosts see what is still to open
_READER = {"rank": int, "opened": datetime, "member": int}


def _listed(has_blocks, rank, opened, member):
    shown = Thread.objects.standing_at(opened).let_in_or_teased(rank)
    return shown.in_rows().with_news_for(member, has_blocks=has_blocks)


@cache
def _rows(key: tuple[str, ...], is_of_board: bool, has_blocks: bool) -> Prepared:
    def ask(board=None, **reader):
        rows = _listed(has_blocks, **reader)
        # So many more than are shown that whatever stands on top may be missing among them.
        return (rows.on(board) if is_of_board else rows).order_by(*key)[: ROWS + 1 + MOST_PINNED]

    return Prepared(ask, **_READER, **({"board": int} if is_of_board else {}))


@cache
def _pinned(is_of_board: bool, has_blocks: bool) -> Prepared:
    def ask(moment, board=None, **reader):
        return _listed(has_blocks, **reader).pinned(moment, board).unfolded_by(reader["member"])

    return Prepared(ask, moment=datetime, **_READER, **({"board": int} if is_of_board else {}))


def first_of(member, *, key, board=None, has_top=True) -> tuple[list[Thread], list[Thread]]:
    """What stands on top of a list until this member folds it away, and its first rows, with one more if there is one."""
    moment = now()
    told = {"rank": rank_of(member), "opened": WHENEVER if sees_scheduled(member) else moment, "member": member.pk}
    if board:
        told["board"] = board.pk
    sort = board is not None, member.has_blocks
    pinned = latest(_pinned(*sort)(moment=moment, **told)) if has_top else []
    above = {thread.pk for thread in pinned}
    rows = [thread for thread in _rows(key, *sort)(**told) if thread.pk not in above][: ROWS + 1]
    prefetch_related_objects([*pinned, *rows], "tags")
    return pinned, rows


def latest(pinned) -> list[Thread]:
    """What stands on top, in order.

    Asked to put them in order and to stop after a few, the database would read all threads there are in that order, and
    look for a pin on each.
    """
    return sorted(pinned, key=lambda thread: (thread.stirred_at, thread.pk), reverse=True)[:MOST_PINNED]
