"""Where people look around: all boards, one board, what is warm, what is new to them, and their own."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_required
from accounts.tiers import opens
from community.commons import public
from community.commons.pages import page
from community.commons.paging import by_key, sliced
from community.commons.public import shown_to_all
from community.forum import access, discussing, looking, teasing
from community.forum.models import Board, Talk, Thread, listed
from community.forum.refusals import MembersOnly
from community.forum.views.asking import found_board, found_or_teased_board

LATEST, WARMEST = ("-stirred_at", "-pk"), ("-heat", "-pk")
ORDERS = {Board.Sort.LATEST: LATEST, Board.Sort.HOT: WARMEST, Board.Sort.NEWEST: ("-started_at", "-pk")}


def _after(request) -> str:
    return request.GET.get("after", "")


def _threads(request, threads, key=LATEST):
    rows = threads.listed_to(request.user).for_rows(request.user)
    found = by_key(rows, key=key, after=_after(request), size=listed.ROWS)
    return replace(found, rows=teasing.of_all(found.rows, request.user))


def _from_the_top(request, key=LATEST, board=None, *, has_top=True):
    """What stands on top of the first page, as threads, and a page of the others as it is shown."""
    here = Thread.objects.on(board) if board else Thread.objects
    if _after(request):
        return [], _threads(request, here, key)
    if request.user.is_authenticated:
        pinned, rows = listed.first_of(request.user, key=key, board=board, has_top=has_top)
        found = sliced(rows, key=key, size=listed.ROWS)
        return pinned, replace(found, rows=teasing.of_all(found.rows, request.user))
    shown = Thread.objects.listed_to(request.user).for_rows()
    pinned = listed.latest(shown.pinned(now(), board)) if has_top else []
    return pinned, _threads(request, here.but(pinned), key)


def _announced(request, threads):
    """What stands on top of the first page."""
    if _after(request):
        return ()
    return looking.announced(threads.visible_to(request.user), request.user)


def _dated(request, answer, told, pinned=()):
    """Kept for strangers no longer than what it announces, what stands on top, and what is still to open."""
    if request.user.is_authenticated:
        return answer
    ends = [thread.ends_at for thread in told.get("announced", ())] + [thread.pin.until for thread in pinned]
    return public.until(answer, looking.next_opening(), *ends)


def _list(request, kind, threads):
    return _shown(request, kind, _threads(request, threads))


def _shown(request, kind, threads, pinned=()):
    """All lists of threads are one page with another order or choice."""
    boards = Board.objects.listed_to(request.user).in_order()
    watched = looking.watched(request.user)
    told = {"kind": kind, "boards": boards, "threads": threads, "watched": watched, "talks": Talk}
    told["pinned"] = teasing.of_all(pinned, request.user)
    if kind == "latest":
        told["announced"] = _announced(request, Thread.objects)
    return _dated(request, page(request, "forum/index.html", "forum/_threads.html", **told), told, pinned)


@shown_to_all("forum", "people")
@require_safe
def index(request):
    """Every board, and what stirred last in any of them."""
    pinned, threads = _from_the_top(request)
    return _shown(request, "latest", threads, pinned)


@shown_to_all("forum", "people")
@require_safe
def hot(request):
    """What is talked about most just now, see warming.py."""
    _nothing, threads = _from_the_top(request, WARMEST, has_top=False)
    return _shown(request, "hot", threads)


@shown_to_all("forum", "people")
@require_safe
def of_kind(request, talk):
    """Questions that wait or are solved, polls, gatherings, announcements: what stirred last."""
    if talk not in Talk.values:
        raise Http404
    return _list(request, talk, Thread.objects.visible_to(request.user).of_talk(talk))


@member_required
@require_safe
def unread(request):
    """What was said where this member has not read yet."""
    since = looking.new_since(request.user)
    rows = Thread.objects.visible_to(request.user).for_rows(request.user).unread_by(request.user, since)
    threads = by_key(rows, key=LATEST, after=_after(request), size=listed.ROWS)
    return _shown(request, "unread", threads)


@member_required
@require_safe
def mine(request):
    """What this member started or answered in."""
    return _list(request, "mine", Thread.objects.visible_to(request.user).with_words_of(request.user))


@shown_to_all("forum", "people")
@require_safe
def board(request, slug, talk=""):
    """One board: all of it, or one kind of talk alone; what stands on top stands above all of it."""
    board = found_or_teased_board(request, slug)
    if board.slug != slug:
        return redirect(board, permanent=True)
    is_shut = not opens(request.user, board.tier_to_see)
    talks = {} if is_shut else looking.talks_of(board)
    if talk and talk not in talks:
        raise Http404
    key = ORDERS[Board.Sort(board.sort)]
    if talk:
        pinned, threads = [], _threads(request, Thread.objects.on(board).of_talk(talk), key)
    else:
        pinned, threads = _from_the_top(request, key, board)
    told = {"board": board, "is_shut": is_shut, "talks": talks, "talk": talk, "kind": talk and "talk"}
    told["pinned"] = teasing.of_all(pinned, request.user)
    told["threads"] = threads
    told["is_bare"] = not (talk or _after(request) or threads.rows or pinned)  # nothing to choose from
    refused = access.against_starting(request.user, board)
    told["closed"] = None if isinstance(refused, MembersOnly) else refused  # who has yet to join is led to the door
    told["announced"] = () if talk else _announced(request, Thread.objects.on(board))
    return _dated(request, page(request, "forum/board.html", "forum/_threads.html", **told), told, pinned)


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


@member_required
@require_POST
def board_read(request, slug):
    """This member has read what there is on the board."""
    board = found_board(request, slug)
    discussing.mark_boards_read(member=request.user, boards=[board])
    return redirect(board)


@member_required
@require_POST
def all_read(request):
    """The same for every board they may see."""
    discussing.mark_boards_read(member=request.user, boards=Board.objects.visible_to(request.user).in_order())
    return redirect("forum:unread")
