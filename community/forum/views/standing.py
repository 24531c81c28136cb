"""A member's own page of order: what stands against them and why, what waits for a host, and whom they keep away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access as ground
from accounts import parting
from accounts.access import member_required
from accounts.models import Distance, Member, Penalty
from community.commons.pages import page
from community.commons.paging import by_key
from community.commons.refusals import Refusal
from community.forum import access
from community.forum.forms import AppealForm
from community.forum.models import Case, Held, Removal, Report
from community.forum.order import measures, penalising

MOST_SHOWN, MOST_TAKEN = 50, 10


@never_cache
@member_required
@require_safe
def index(request):
    """All that was decided about a member, the latest first; and what became of what they reported."""
    return _standing(request, request.user)


def _standing(request, member, *, form=None, wrong=None, token="", status=200):
    told = {
        "member": member,
        "penalties": Penalty.objects.of_member(member).newest_first().prefetch_related("cases")[:MOST_SHOWN],
        "holding": Case.objects.that_holds(member) if member.held_at else None,
        "taken": Removal.objects.taken_from(member)[:MOST_TAKEN],
        "held": Held.objects.of_their_own(member)[:MOST_SHOWN],
        "reports": Report.objects.by(member).select_related("case__about").order_by("-at")[:MOST_SHOWN],
        "form": form or AppealForm(),
        "wrong": wrong,
        "token": token,
    }
    return page(request, "forum/standing.html", status=status, **told)


@never_cache
@member_required
@require_POST
def appeal(request, pk):
    return _object(request, request.user, pk)


def _object(request, member, pk, token=""):
    penalty = get_object_or_404(Penalty.objects.of_member(member), pk=pk)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _standing(request, member, form=form, wrong=pk, token=token, status=422)
    try:
        penalising.object_to(penalty=penalty, words=form.cleaned_data["words"])
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _standing(request, member, form=form, wrong=pk, token=token, status=refusal.status)
    messages.success(request, _("A host who did not decide it reads your words, wherever there is one. You will hear."))
    return redirect("standing:closed", token) if token else redirect("standing:index")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def closed(request, token):
    """For those who may not come in: why, until when, and a place to object. The address itself says who they are."""
    member = Member.objects.with_pk(ground.member_behind(token) or 0)
    if member is None or not member.is_active:
        raise Http404
    if not member.is_banned:
        return redirect("standing:index")
    if request.method != "POST":
        return _standing(request, member, token=token)
    number = request.POST.get("penalty", "")
    return _object(
        request, member, int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0, token
    )


@never_cache
@member_required
@require_safe
def apart(request):
    """Whom this member blocked or muted; nobody else ever sees it."""
    kept = Distance.objects.kept_by(request.user)
    after = request.GET.get("after", "")
    return page(request, "forum/apart.html", kept=by_key(kept, key=("-at", "-pk"), after=after, size=50), after=after)


@never_cache
@member_required
@require_POST
def distance(request, handle):
    """Blocks, mutes, or lets near again."""
    other = Member.objects.public().with_handle(handle)
    if other is None:
        raise Http404
    kind = request.POST.get("kind", "")
    access.require(access.against_acting(request.user))
    measures.require(request.user, "distance")
    if kind in Distance.Kind.values:
        parting.keep_away(member=request.user, other=other, kind=kind)
        messages.success(request, _("Done. %(name)s does not learn of it.") % {"name": other})
    else:
        parting.let_near(member=request.user, other=other)
        messages.success(request, _("%(name)s is as near as everybody again.") % {"name": other})
    place = ground.safe_next(request, request.POST.get("next", ""), default="")
    return redirect(place or "standing:apart")
