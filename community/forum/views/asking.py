"""What the views of this room ask of a request, and how they find what it names."""

import hashlib

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accounts.access import join_address
from community.commons import visitors
from community.forum import access, holding
from community.forum.models import Board, Post, Thread


def found_thread(request, pk) -> Thread:
    """What someone may not see does not exist; what they could have seen and is gone, they are told is gone."""
    try:
        return Thread.objects.visible_to(request.user).for_reading().get(pk=pk)
    except Thread.DoesNotExist as missing:
        if Thread.objects.taken_away_from(request.user).with_pk(pk):
            raise access.ThreadGone from missing
        raise Http404 from missing


def found_post(request, pk) -> Post:
    post = Post.objects.for_reading().with_pk(pk)
    if post is None:
        raise Http404
    post.thread = found_thread(request, post.thread_id)
    return post


def found_board(request, slug) -> Board:
    try:
        return Board.objects.visible_to(request.user).one(slug)
    except Board.DoesNotExist as missing:
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


def ask_to_join(request, held):
    return go(request, join_address(held.get_absolute_url()))


def hold_for_a_host(request, reason, **what):
    """What the rules keep for a host: its author is led to where it waits."""
    held = holding.hold_for_a_host(member=request.user, visitor=visitors.ensure(request), reason=reason, **what)
    return go(request, held.get_absolute_url())
