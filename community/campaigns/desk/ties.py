"""Which ad and which post stands behind which link: what is still open, in one click, and what was tied."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.campaigns.access import may_keep_costs, may_see_costs, open_to
from community.campaigns.costing import looking, tying
from community.campaigns.costing.forms import NEWEST, PostTieForm, TieForm
from community.campaigns.desk.costs import page
from community.campaigns.desk.frame import SIZE
from community.campaigns.models import Tie, TrackedLink
from community.commons import paging


def _links():
    return TrackedLink.objects.open().of_the_brand().for_desk()[:NEWEST]


@open_to(may_see_costs)
@require_safe
def ties(request):
    return _ties(request, PostTieForm(links=_links(), initial={"place": request.GET.get("link", "")}))


def _ties(request, form, status=200):
    rows = paging.by_key(Tie.objects.for_desk(), key=("-at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    crumb = (reverse("costs:ties"), _("Ads, posts and their links"))
    return page(
        request, "campaigns/desk/ties.html", crumb, status=status, form=form, rows=rows, open=looking.Open.now()
    )


@open_to(may_keep_costs)
@require_POST
def tie(request):
    form = TieForm(request.POST)
    if form.is_valid():
        tying.tie(by=request.user, **form.told)
        messages.success(request, _("Tied, for the files you brought and for those to come."))
    else:
        messages.error(request, _("Choose a link or a campaign first."))
    return redirect("costs:ties")


@open_to(may_keep_costs)
@require_POST
def tie_post(request):
    form = PostTieForm(request.POST, links=_links())
    if not form.is_valid():
        return _ties(request, form, status=422)
    tying.tie_post(link=form.cleaned_data["place"], address=form.cleaned_data["address"], by=request.user)
    messages.success(request, _("Tied. Figures of this post now stand beside the link's."))
    return redirect("costs:ties")


@open_to(may_keep_costs)
@require_POST
def untie(request, pk):
    tying.untie(tie=get_object_or_404(Tie, pk=pk))
    messages.success(request, _("Untied."))
    return redirect("costs:ties")
