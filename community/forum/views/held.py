"""What a visitor said before joining: still there, and on its way."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import join_address, member_required
from community.commons.pages import page
from community.commons.refusals import Refusal
from community.forum import access, holding
from community.forum.forms import EditForm
from community.forum.models import Held, Option


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def held(request, pk):
    """Leads to the post it became; until then shows the words, and what they are waiting for.

    POST tries again to publish them, for a member whose words met a closed door.
    """
    held = Held.objects.reachable_by(request.user, request.visitor).for_reading().with_pk(pk)
    if held is None:
        raise Http404
    if held.published_post:
        return redirect("forum:words", held.post_id) if held.is_in_form else redirect(held.published_post)
    status, refusal = 200, None
    if request.method == "POST" and request.user.is_authenticated and not (held.refused_at or held.withdrawn_at):
        try:
            return redirect(holding.publish(held=held, member=request.user).published_post)
        except Refusal as reason:
            status, refusal = reason.status, reason
    refusal = refusal or (_against(request.user, held) if request.user.is_authenticated else None)
    return page(
        request,
        "forum/held.html",
        held=held,
        chosen=Option.objects.with_ids(held.choices) if held.choices else (),
        refusal=refusal,
        awaits_a_host=isinstance(refusal, access.AwaitsAHost),
        is_ours=request.user.is_authenticated and held.member_id == request.user.pk,
        form=EditForm(initial={"body": held.body}),
        is_over=held.expires_at <= now(),
        may_be_seen=held.thread is None or access.may_see(request.user, held.thread),
        join=join_address(held.place_after_joining),
        status=status,
    )


def _against(person, held):
    if refusal := access.against_being_heard(person):
        return refusal
    if held.awaits_a_host:
        return access.NeedsAHost(held.because, held.detail)
    if held.kind == Held.Kind.THREAD:
        return access.against_starting(person, held.board)
    if held.kind == Held.Kind.EDIT:
        held.post.thread = held.thread
        return access.against_editing(person, held.post)
    if held.kind == Held.Kind.REPLY:
        return access.against_replying(person, held.thread)
    if held.kind == Held.Kind.ASK:
        return access.against_asking(person, held.thread)
    if held.kind == Held.Kind.VOTE:
        return access.against_voting(person, held.thread)
    held.post.thread = held.thread
    return access.against_reacting(person, held.post)


def _own(request, pk) -> Held:
    held = Held.objects.of_member(request.user).for_reading().with_pk(pk)
    if held is None:
        raise Http404
    return held


@never_cache
@member_required
@require_POST
def words(request, pk):
    """Other words in the place of those that wait for a host."""
    held = _own(request, pk)
    form = EditForm(request.POST)
    if form.is_valid():
        holding.reword(held=held, member=request.user, body=form.cleaned_data["body"])
        messages.success(request, _("Saved. A host reads it as it is now."))
        return redirect(held)
    told = {"held": held, "form": form, "awaits_a_host": True, "is_ours": True, "refusal": _against(request.user, held)}
    return page(request, "forum/held.html", status=422, may_be_seen=True, is_over=False, **told)


@never_cache
@member_required
@require_POST
def withdrawal(request, pk):
    """Takes the words back before anybody has read them."""
    held = _own(request, pk)
    if holding.withdraw(held=held, member=request.user):
        messages.success(request, _("Taken back. Nobody has read it."))
    return redirect(held)
