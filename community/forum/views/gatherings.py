"""What can be done at a gathering: put questions and want their answers, be reminded; and what its hosts do."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_required
from community.commons import visitors
from community.commons.pages import fragment, page
from community.commons.paging import by_key
from community.commons.refusals import Refusal
from community.forum import access, discussing, holding, reading
from community.forum.kinds import calendars, gathering, showing
from community.forum.kinds.forms import AskForm, HourForm, SaidForm
from community.forum.models import Ask, Held, Post, Thread
from community.forum.views.asking import (
    ask_to_join,
    connection_of,
    found_post,
    found_thread,
    go,
    hold_for_a_host,
    sent,
    wants_undo,
)


def _found(request, pk) -> Thread:
    thread = found_thread(request, pk)
    if thread.kind != Thread.Kind.GATHERING:
        raise Http404
    return thread


def _found_ask(request, pk) -> Post:
    post = found_post(request, pk)
    if post.part != Post.Part.ASKED:
        raise Http404
    return post


def _require_host(request, thread):
    if not access.hosts(request.user, showing.gathering_seen(thread, request.user).gathering):
        raise access.HostsOnly


@require_http_methods(["GET", "HEAD", "POST"])
def asks(request, pk):
    """All questions of a gathering, the most wanted first; POST puts one more."""
    thread = _found(request, pk)
    form = AskForm(sent(request))
    if request.method != "POST":
        return _listed(request, thread, form)
    return _put(request, thread, form)


def _put(request, thread, form):
    status = 422
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("body", "source")} | {"kind": Held.Kind.ASK}
        try:
            if not request.user.is_authenticated:
                return _hold(request, thread, told)
            ask = gathering.ask(thread=thread, author=request.user, **form.cleaned_data)
            return go(request, f"{thread.get_absolute_url()}asks/?put={ask.pk}#ask-{ask.pk}")
        except access.AwaitsAHost as reason:
            return hold_for_a_host(request, reason, thread=thread, **told)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
    return _listed(request, thread, form, status)


def _hold(request, thread, told):
    """Kept for a visitor while they join."""
    access.require(access.against_holding_ask(request.user, thread))
    held = holding.hold_reply(visitor=visitors.ensure(request), thread=thread, address=connection_of(request), **told)
    return ask_to_join(request, held)


def _listed(request, thread, form, status=200):
    seen = showing.gathering_seen(thread, request.user)
    rows = Ask.objects.readable_in(thread).for_reading(request.user)
    rows = by_key(rows, key=("-votes", "pk"), after=request.GET.get("after", ""), size=20)
    told = {"thread": thread, "seen": seen, "rows": rows, "form": form, "put": _just_put(request, thread)}
    return page(request, "forum/kinds/asks.html", status=status, **told)


def _just_put(request, thread) -> Ask | None:
    """The reader's own question that this page answers for; among many it stands far below at first."""
    number = reading.number_in(request.GET.get("put", ""))
    ask = Ask.objects.readable_in(thread).for_reading(request.user).with_pk(number) if number else None
    return ask if ask and ask.post.author_id == request.user.pk else None


@member_required
@require_http_methods(["POST", "DELETE"])
def wanting(request, pk):
    """A member would like to hear the answer too; or no longer."""
    post = _found_ask(request, pk)
    gathering.want(post=post, member=request.user, wants=not wants_undo(request))
    if not request.htmx:
        return redirect(f"{post.thread.get_absolute_url()}asks/#ask-{pk}")
    ask = Ask.objects.for_reading(request.user).with_pk(pk)
    return fragment(request, "forum/kinds/_ask.html", ask=ask, thread=post.thread)


@member_required
@require_http_methods(["POST", "DELETE"])
def reminder(request, pk):
    thread = _found(request, pk)
    gathering.remind(thread=thread, member=request.user, wants=not wants_undo(request))
    return go(request, f"{thread.get_absolute_url()}?after=0#gathering-{pk}")


@member_required
@require_http_methods(["POST", "DELETE"])
def turn(request, pk):
    """This question is being answered now; or put aside."""
    post = _found_ask(request, pk)
    if wants_undo(request):
        gathering.put_aside(thread=post.thread, by=request.user)
    else:
        gathering.call(post=post, by=request.user)
    return go(request, f"{post.thread.get_absolute_url()}asks/#ask-{pk}")


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """A host's answer: a reply to the question, which everyone then finds beside it."""
    post = _found_ask(request, pk)
    _require_host(request, post.thread)

    def say(**said):
        return discussing.reply(thread=post.thread, author=request.user, reply_to=post, **said)

    def wait(reason, said):
        words = {name: said[name] for name in ("body", "source")}
        return hold_for_a_host(request, reason, thread=post.thread, post=post, **words)

    return _said(request, "forum/kinds/answer.html", say, wait, thread=post.thread, post=post)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def recap(request, pk):
    """The hosts' words when it is over, which stay on top."""
    thread = _found(request, pk)
    _require_host(request, thread)

    def say(**said):
        return gathering.sum_up(thread=thread, by=request.user, **said)

    return _said(request, "forum/kinds/recap.html", say, thread=thread)


def _said(request, template, say, wait=None, **told):
    """A page with one field of words, and the post that becomes of them; or what `wait` keeps for who reads first."""
    form, status = SaidForm(sent(request)), 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        try:
            return go(request, say(**form.cleaned_data).get_absolute_url())
        except Refusal as refusal:
            if wait and isinstance(refusal, access.AwaitsAHost):
                return wait(refusal, form.cleaned_data)
            form.add_error(None, refusal.message)
            status = refusal.status
    return page(request, template, form=form, status=status, **told)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def hour(request, pk):
    """Another hour for it."""
    thread = _found(request, pk)
    _require_host(request, thread)
    length = int((thread.ends_at - thread.begins_at).total_seconds() // 60)
    form = HourForm(sent(request), initial={"begins_at": localtime(thread.begins_at), "minutes": length})
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return page(request, "forum/kinds/hour.html", thread=thread, form=form, status=status)
    gathering.move(thread=thread, by=request.user, **form.told)
    return go(request, thread.get_absolute_url())


@require_safe
def calendar(request, pk):
    """The gathering as calendars read it."""
    thread = _found(request, pk)
    seen = showing.gathering_seen(thread, request.user)
    answer = HttpResponse(calendars.written(thread, seen.gathering), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{thread.pk}.ics"'
    answer["Cache-Control"] = "private, no-cache"
    return answer
