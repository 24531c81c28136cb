"""Where people look around: all boards, one board, and search."""

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.access import member_required
from community.commons.pages import page
from community.commons.paging import by_key
from community.commons.public import shown_to_all
from community.forum import access, finding
from community.forum.forms import SearchForm
from community.forum.models import Board, Findable, Thread
from community.forum.views.asking import found_board

LATEST = ("-stirred_at", "-pk")


def _threads(request, threads):
    rows = threads.visible_to(request.user).for_rows(request.user)
    return by_key(rows, key=LATEST, after=request.GET.get("after", ""), size=20)


@shown_to_all("forum", "people")
@require_safe
def index(request):
    """Every board, and what stirred last in any of them."""
    boards = Board.objects.visible_to(request.user).in_order()
    threads = _threads(request, Thread.objects)
    return page(request, "forum/index.html", "forum/_threads.html", boards=boards, threads=threads)


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


@require_safe
def search(request):
    """Titles and posts that say it, the latest first, as far as this reader may see."""
    form = SearchForm(request.GET)
    question = form.cleaned_data["q"] if form.is_valid() else ""
    wanted = finding.wanted(question)
    rows = Findable.objects.visible_to(request.user).saying(wanted).for_rows() if wanted else Findable.objects.none()
    rows = by_key(rows, key=("-at", "-pk"), after=request.GET.get("after", ""), size=20)
    return page(request, "forum/search.html", "forum/_found.html", form=form, question=question, rows=rows)
