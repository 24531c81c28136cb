"""Friends whom members brought, at the desk: which of them wait for a decision, and who brought whom."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Member
from community.campaigns import referring
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.models import Referral
from community.commons import paging


def _trail(*more):
    return (reverse("campaigns:friends"), _("Friends of members")), *more


@open_to(may_see_campaigns)
@require_safe
def index(request):
    everyone = bool(request.GET.get("all"))
    shown = Referral.objects.all() if everyone else Referral.objects.held()
    rows = paging.by_key(shown.for_desk(), key=("-at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    held = Referral.objects.held().count() if everyone else None
    context = {"rows": rows, "everyone": everyone, "held": held, "may_decide": may_make_links(request.user)}
    return page(request, "campaigns/desk/friends.html", *_trail(), **context)


@open_to(may_make_links)
@require_POST
def decision(request, pk):
    found = get_object_or_404(Referral.objects.for_desk(), pk=pk)
    allow = request.POST.get("decision") == Referral.Decision.ALLOWED
    if not allow and request.POST.get("decision") != Referral.Decision.REFUSED:
        messages.error(request, _("Nothing was decided: say yes or no."))
        return redirect("campaigns:friends")
    referring.decide(referral=found, by=request.user, allow=allow)
    told = _("%(friend)s may count.") if allow else _("%(friend)s does not count.")
    messages.success(request, told % {"friend": found.friend})
    return redirect("campaigns:friends")


@open_to(may_see_campaigns)
@require_safe
def tree(request, pk):
    """Whom one member brought, and whom these brought in turn."""
    person = get_object_or_404(Member, pk=pk)
    came = Referral.objects.of_friend(person).for_desk().first()
    context = {"person": person, "came": came, "tree": referring.tree_of(person)}
    return page(request, "campaigns/desk/friends_tree.html", *_trail(("", str(person))), **context)
