"""The order of boards, each a place up or down among those it stands with; and whether there is anything in one."""

from django.db import transaction

from community.forum.models import Board, Draft, Held


@transaction.atomic
def shift(*, board, by: int):
    """Moves a board one place up (-1) or down (1) in its group; at the end of it, nothing happens."""
    rows = list(Board.objects.in_group(board.group_id).order_by("position", "pk").select_for_update())
    place = next((n for n, row in enumerate(rows) if row.pk == board.pk), None)
    if place is None or not 0 <= place + by < len(rows):
        return
    rows.insert(place + by, rows.pop(place))
    for position, row in enumerate(rows, start=1):
        if row.position != position * 10:
            row.position = position * 10
            row.save(update_fields=["position"])


def is_used(board) -> bool:
    """Whether somebody has said something on a board, or has begun to."""
    begun = (Held.objects.on_board(board), Draft.objects.at_place(board))
    return board.threads.exists() or any(rows.exists() for rows in begun)
