"""What a visitor said before joining: still there, and on its way."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import join_address
from community.commons.pages import page
from community.commons.refusals import Refusal
from community.forum import access, holding
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
        return redirect(held.published_post)
    status, refusal = 200, None
    if request.method == "POST" and request.user.is_authenticated:
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
        is_over=held.expires_at <= now(),
        may_be_seen=access.may_see(request.user, held.thread),
        join=join_address(held.get_absolute_url()),
        status=status,
    )


def _against(person, held):
    if refusal := access.against_being_heard(person):
        return refusal
    if held.kind == Held.Kind.REPLY:
        return access.against_replying(person, held.thread)
    if held.kind == Held.Kind.VOTE:
        return access.against_voting(person, held.thread)
    held.post.thread = held.thread
    return access.against_reacting(person, held.post)
