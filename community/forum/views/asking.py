"""What the views of this room ask of a request, and how they find what it names."""

import hashlib

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accounts.access import join_address
from community.commons import visitors
from community.forum import access, holding
from community.forum.models import Board, FormerPlace, Post, Thread, asked


def _near(request, thread) -> Thread:
    """Whoever is refused something in a thread they may see is led back to its board."""
    request.near = thread.board
    return thread


def found_thread(request, pk) -> Thread:
    """What someone may not see does not exist; what they could have seen and is gone, they are told is gone."""
    try:
        return _near(request, Thread.objects.visible_to(request.user).for_reading().get(pk=pk))
    except Thread.DoesNotExist as missing:
        if merged := Thread.objects.gone_into_another().with_pk(pk):
            return found_thread(request, merged.merged_into_id)
        if gone := Thread.objects.taken_away_from(request.user).with_pk(pk):
            raise access.ThreadGone(near=gone.board) from missing
        raise Http404 from missing


def found_or_teased(request, pk) -> Thread:
    """The same for a page that tells a little to those whom the board does not let in."""
    if thread := asked.thread_for(request.user, pk):
        return thread
    if merged := Thread.objects.gone_into_another().with_pk(pk):
        return found_or_teased(request, merged.merged_into_id)
    return found_thread(request, pk)


def place_now(thread, former, number):
    """Where a post stands whose number in a thread was this, if it has left it; without one, where those of it begin."""
    if not number:
        return FormerPlace.objects.first_in(former, thread)
    post = FormerPlace.objects.of(former, number)
    return post if post and post.thread_id == thread.pk else None


def left_for(request, seen, number):
    """The post that had a number which nothing on this page has, where it may be read now."""
    if any(post.number == number for post in seen.posts):
        return None
    post = FormerPlace.objects.of(seen.thread, number)
    return post if post and Thread.objects.visible_to(request.user).with_pk(post.thread_id) else None


def found_post(request, pk) -> Post:
    post = Post.objects.for_reading().with_pk(pk)
    if post is None:
        raise Http404
    post.thread = found_thread(request, post.thread_id)
    return post


def found_board(request, slug) -> Board:
    board = request.near = _board(Board.objects.visible_to(request.user), slug)
    return board


def found_or_teased_board(request, slug) -> Board:
    return _board(Board.objects.listed_to(request.user), slug)


def _board(boards, slug) -> Board:
    try:
        return boards.one(slug)
    except Board.DoesNotExist as missing:
        # One that became part of another leads there, to whoever may know of that.
        if into := boards.formerly(slug):
            return into
        raise Http404 from missing


def sent(request):
    """What a form is bound to: an empty one was sent too."""
    return request.POST if request.method == "POST" else None


def wants_undo(request) -> bool:
    """Plain forms can only POST; `undo` in them says what DELETE says."""
    return request.method == "DELETE" or "undo" in request.POST


def connection_of(request) -> str:
    """A name for where a request came from, good for counting and for nothing else."""
    return hashlib.sha256(get_adapter().get_client_ip(request).encode()).hexdigest()[:32]


def go(request, address):
    """On to another page, whether the browser or a script had asked."""
    if not request.htmx:
        return redirect(address)
    answer = HttpResponse()
    answer["HX-Redirect"] = address
    return answer


def has_left(request) -> bool:
    """Whether words come, from a page without script, from somebody whose session ended while they wrote; a page with
    script keeps them itself."""
    return request.method == "POST" and not request.user.is_authenticated and not request.htmx


def ask_to_join(request, held):
    return go(request, join_address(held.place_after_joining))


def hold_for_a_host(request, reason, **what):
    """What the rules keep for a host: its author is led to where it waits."""
    held = holding.hold_for_a_host(member=request.user, visitor=visitors.ensure(request), reason=reason, **what)
    return go(request, held.get_absolute_url())
