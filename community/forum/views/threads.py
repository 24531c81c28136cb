"""A thread: reading it, starting it, answering in it, and closing it."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_required
from community.commons import public, visitors
from community.commons.pages import fragment, page
from community.commons.public import shown_to_all
from community.commons.refusals import Refusal
from community.forum import access, discussing, drafting, echoing, holding, moderating, reading, teasing
from community.forum.forms import ReasonForm, ReplyForm, TagsForm, begun
from community.forum.framing import may_frame_films
from community.forum.hosting import tagging
from community.forum.kinds import opening, showing, structured
from community.forum.kinds.forms import KindForm
from community.forum.models import Thread
from community.forum.views.asking import (
    ask_to_join,
    connection_of,
    found_board,
    found_or_teased,
    found_or_teased_board,
    found_thread,
    go,
    has_left,
    hold_for_a_host,
    left_for,
    place_now,
    sent,
    wants_undo,
)


@may_frame_films
@shown_to_all("people", pk="thread")
@require_safe
def thread(request, pk):
    thread = found_or_teased(request, pk)
    if thread.pk != pk:
        at = reading.number_in(request.GET.get("at", ""))
        return redirect(place_now(thread, pk, at) or thread, permanent=True)
    if teasing.is_shut(thread, request.user):
        return page(request, "forum/teaser.html", teaser=teasing.of(thread))
    asked = {name: reading.number_in(request.GET.get(name, "")) for name in ("after", "at")}
    seen = reading.read(thread, request.user, **asked)
    if post := asked["at"] and left_for(request, seen, asked["at"]):
        return redirect(post)
    answer_to = reading.number_in(request.GET.get("reply", ""))
    form = ReplyForm.begun(thread, request.user, answer_to=answer_to)
    seen.answer_to = reading.answered(seen, form.initial.get("reply_to", ""))
    seen.beside = showing.seen(thread, request.user, seen.posts) if seen.is_first else None
    told = {"seen": seen, "thread": thread, "form": form, "structured": structured.of(seen)}
    answer = page(request, "forum/thread.html", "forum/_posts.html", **told)
    return public.until(answer, thread.begins_at, thread.ends_at, thread.closes_at)


@never_cache
@require_safe
def dock(request, pk):
    """The place to answer as it is now, for a page that heard of a change."""
    thread = found_thread(request, pk)
    seen = reading.read(thread, request.user, after=thread.last_number)
    told = {"seen": seen, "thread": thread, "form": ReplyForm.begun(thread, request.user)}
    return page(request, "forum/dock.html", "forum/_dock.html", **told)


@require_POST
def posts(request, pk):
    """A new post of this thread: said by a member, held for a visitor."""
    thread = found_thread(request, pk)
    form = ReplyForm(request.POST, thread=thread)
    if not form.is_valid():
        return _again(request, thread, form, 422)
    try:
        if not request.user.is_authenticated:
            return _hold(request, thread, form)
        post = discussing.reply(thread=thread, author=request.user, **form.cleaned_data)
    except access.AwaitsAHost as reason:
        told = {name: form.cleaned_data[name] for name in ("body", "source", "key", "draft")}
        return hold_for_a_host(request, reason, thread=thread, post=form.cleaned_data["reply_to"], **told)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _again(request, thread, form, refusal.status)
    return fragment(request, "forum/_post.html", post=post, status=201) if request.htmx else redirect(post)


def _hold(request, thread, form):
    access.require(access.against_holding_reply(request.user, thread))
    told = form.cleaned_data
    held = holding.hold_reply(
        visitor=visitors.ensure(request),
        thread=thread,
        body=told["body"],
        source=told["source"],
        reply_to=told["reply_to"],
        address=connection_of(request),
    )
    return ask_to_join(request, held)


def _again(request, thread, form, status):
    """The words, still in their field, and what was wrong with them."""
    seen = reading.read(thread, request.user, after=reading.page_start(thread.last_number))
    seen.beside = showing.seen(thread, request.user, seen.posts) if seen.is_first else None
    # htmx swaps 422 and leaves other refusals aside; the sentence is in the field either way.
    status = 422 if request.htmx else status
    answer = page(request, "forum/thread.html", "forum/_dock.html", seen=seen, thread=thread, form=form, status=status)
    if request.htmx:
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#dock-{thread.pk}", "outerHTML"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def start(request, slug):
    """A new thread of this board; sent by somebody whose session has ended, it is held."""
    if has_left(request):
        with suppress(Http404):  # then there is nothing that a stranger could know of
            return _hold_start(request, found_or_teased_board(request, slug))
    return _start(request, slug)


def _hold_start(request, board):
    form, tags = (each(request.POST, person=None, board=board) for each in (KindForm, TagsForm))
    if not all([form.is_valid(), tags.is_valid()]):
        return page(request, "forum/start.html", board=board, form=form, tags=tags, status=422)
    told = form.waits(tags.cleaned_data["tags"])
    del told["key"], told["draft"]  # they belong to pages with script
    held = holding.hold_thread(visitor=visitors.ensure(request), board=board, address=connection_of(request), **told)
    return ask_to_join(request, held)


@member_required
def _start(request, slug):
    board = found_board(request, slug)
    access.require(access.against_starting(request.user, board))
    left = begun(None if request.method == "POST" else drafting.mine(member=request.user, place=board))
    told = {"kind": request.GET.get("kind", ""), "body": board.body_template} | left
    form = KindForm(sent(request), person=request.user, board=board, initial=told)
    tags = TagsForm(sent(request), person=request.user, board=board, initial=told)
    told = {"board": board, "form": form, "tags": tags}
    if request.method != "POST":
        return page(request, "forum/start.html", **told)
    if not all([form.is_valid(), tags.is_valid()]):
        return page(request, "forum/start.html", "forum/_start.html", status=422, **told)
    try:
        thread = opening.start(board=board, author=request.user, **form.told)
        tagging.put(thread=thread, names=tags.cleaned_data["tags"], by=request.user)
    except access.AwaitsAHost as reason:
        return hold_for_a_host(request, reason, board=board, **form.waits(tags.cleaned_data["tags"]))
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        status = 422 if request.htmx else refusal.status
        return page(request, "forum/start.html", "forum/_start.html", status=status, **told)
    return go(request, thread.get_absolute_url())


@require_POST
def readmark(request, pk):
    """How far this member has read; for a visitor there is nobody to remember it for."""
    thread = found_thread(request, pk)
    number = reading.number_in(request.POST.get("number", ""))
    if number and request.user.is_authenticated:
        discussing.mark_read(member=request.user, thread=thread, number=number)
        echoing.heard(member=request.user, thread=thread, number=number)
    return HttpResponse(status=204)


@member_required
@require_http_methods(["POST", "DELETE"])
def lock(request, pk):
    thread = found_thread(request, pk)
    if wants_undo(request):
        moderating.unlock(thread=thread, by=request.user)
    else:
        form = ReasonForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        moderating.lock(thread=thread, by=request.user, reason=reason)
    return go(request, thread.get_absolute_url())


@member_required
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def removal(request, pk):
    """Asks before a thread is taken away, takes it away, and brings it back."""
    thread = Thread.objects.for_reading().with_pk(pk)
    if thread is None or not (thread.is_gone or access.may_remove_thread(request.user, thread)):
        thread = found_thread(request, pk)
        raise access.HostsOnly
    if thread.is_gone and not access.may_restore(request.user, thread.removal):
        return found_thread(request, pk)  # never returns: it answers as it would to any reader
    form = ReasonForm(sent(request))
    if request.method in {"GET", "HEAD"} or (request.method == "POST" and not form.is_valid()):
        status = 200 if request.method != "POST" else 422
        return page(request, "forum/thread_removal.html", thread=thread, form=form, status=status)
    if wants_undo(request):
        moderating.restore_thread(thread=thread, by=request.user)
        return go(request, thread.get_absolute_url())
    moderating.remove_thread(thread=thread, by=request.user, reason=form.cleaned_data["reason"])
    return go(request, thread.board.get_absolute_url())
