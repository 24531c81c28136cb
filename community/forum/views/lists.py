"""Where people look around: all boards, one board, what is warm, what is new to them, and their own."""

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.access import member_required
from community.commons.pages import page
from community.commons.paging import by_key
from community.commons.public import shown_to_all
from community.forum import access, looking
from community.forum.models import Board, Thread
from community.forum.views.asking import found_board

LATEST, WARMEST = ("-stirred_at", "-pk"), ("-heat", "-pk")


def _threads(request, threads, key=LATEST):
    rows = threads.visible_to(request.user).for_rows(request.user)
    return by_key(rows, key=key, after=request.GET.get("after", ""), size=20)


def _list(request, kind, threads, key=LATEST):
    return _shown(request, kind, _threads(request, threads, key))


def _shown(request, kind, threads):
    """All lists of threads are one page with another order or choice."""
    boards = Board.objects.visible_to(request.user).in_order()
    watched = looking.watched(request.user)
    told = {"kind": kind, "boards": boards, "threads": threads, "watched": watched}
    return page(request, "forum/index.html", "forum/_threads.html", **told)


@shown_to_all("forum", "people")
@require_safe
def index(request):
    """Every board, and what stirred last in any of them."""
    return _list(request, "latest", Thread.objects)


@shown_to_all("forum", "people")
@require_safe
def hot(request):
    """What is talked about most just now, see warming.py."""
    return _list(request, "hot", Thread.objects, WARMEST)


@member_required
@require_safe
def unread(request):
    """What was said where this member has not read yet."""
    since = looking.new_since(request.user)
    rows = Thread.objects.visible_to(request.user).for_rows(request.user).unread_by(request.user, since)
    threads = by_key(rows, key=LATEST, after=request.GET.get("after", ""), size=20)
    return _shown(request, "unread", threads)


@member_required
@require_safe
def mine(request):
    """What this member started or answered in."""
    return _list(request, "mine", Thread.objects.with_words_of(request.user))


@shown_to_all("forum", "people")
@require_safe
def board(request, slug):
    board = found_board(request, slug)
    threads = _threads(request, Thread.objects.on(board))
    closed = access.against_starting(request.user, board) if request.user.is_authenticated else None
    return page(request, "forum/board.html", "forum/_threads.html", board=board, threads=threads, closed=closed)


@member_required
@require_safe
def new(request):
    """Which board to write on; with only one to choose, it is chosen."""
    boards = [
        each for each in Board.objects.visible_to(request.user).in_order() if access.may_start(request.user, each)
    ]
    if len(boards) == 1:
        return redirect("forum:threads", boards[0].slug)
    return page(request, "forum/new.html", boards=boards)
