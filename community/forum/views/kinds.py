"""What can be done with a question and a poll: accept an answer; vote, close, and see who voted."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_required
from community.commons import visitors
from community.commons.pages import page
from community.commons.paging import by_key
from community.commons.refusals import Refusal
from community.forum import access, holding
from community.forum.kinds import answering, polling, showing
from community.forum.kinds.forms import chosen
from community.forum.models import Thread, Vote
from community.forum.views.asking import ask_to_join, connection_of, found_post, found_thread, go, wants_undo


def _found_poll(request, pk) -> Thread:
    thread = found_thread(request, pk)
    if thread.kind != Thread.Kind.POLL:
        raise Http404
    return thread


@member_required
@require_http_methods(["POST", "DELETE"])
def acceptance(request, pk):
    """This post answered the question; or no longer."""
    post = found_post(request, pk)
    verb = answering.withdraw if wants_undo(request) else answering.accept
    return go(request, verb(post=post, by=request.user).get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def poll(request, pk):
    """A poll alone; POST sets what this member chooses, and is held for a visitor."""
    thread = _found_poll(request, pk)
    if request.method != "POST":
        return _shown(request, thread)
    options = [] if wants_undo(request) else chosen(request.POST)
    try:
        if options is None or not (options or "undo" in request.POST):
            raise polling.NotAChoice
        if not request.user.is_authenticated:
            return _hold(request, thread, options)
        polling.vote(thread=thread, member=request.user, options=options)
    except Refusal as refusal:
        return _shown(request, thread, refusal, options or ())
    return _shown(request, thread) if request.htmx else redirect(_place(thread))


def _shown(request, thread, refusal=None, chosen=()):
    more = {"error": refusal.message, "chosen": frozenset(chosen)} if refusal else {}
    seen = showing.poll_seen(thread, request.user, **more)
    status = (422 if request.htmx else refusal.status) if refusal else 200
    return page(request, "forum/kinds/poll.html", "forum/kinds/_poll.html", seen=seen, thread=thread, status=status)


def _place(thread) -> str:
    return f"{thread.get_absolute_url()}?after=0#poll-{thread.pk}"


def _hold(request, thread, options):
    access.require(access.against_holding_vote(request.user, thread))
    seen = showing.poll_seen(thread, request.user)
    if not set(options) <= {option.pk for option in seen.options} or len(set(options)) > seen.poll.most:
        raise polling.NotAChoice
    visitor, address = visitors.ensure(request), connection_of(request)
    return ask_to_join(request, holding.hold_vote(visitor=visitor, thread=thread, options=options, address=address))


@member_required
@require_POST
def closing(request, pk):
    """Ends a poll before its time."""
    thread = _found_poll(request, pk)
    polling.close(thread=thread, by=request.user)
    return go(request, _place(thread))


@member_required
@require_safe
def voters(request, pk):
    """Who chose what, where everybody knew before voting that it would be seen."""
    thread = _found_poll(request, pk)
    seen = showing.poll_seen(thread, request.user)
    if not seen.may_see_voters:
        raise Http404
    wanted = request.GET.get("option", "")
    option = next((option for option in seen.options if str(option.pk) == wanted), seen.options[0])
    rows = by_key(Vote.objects.for_option(option), key=("at", "pk"), after=request.GET.get("after", ""), size=50)
    return page(request, "forum/kinds/voters.html", thread=thread, seen=seen, option=option, rows=rows)
