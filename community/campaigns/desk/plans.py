"""Campaigns at the desk: the list, a new one, its words, and putting it away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.campaigns import linking
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.forms import CampaignForm
from community.campaigns.models import Campaign
from community.commons import paging


@open_to(may_see_campaigns)
@require_safe
def index(request):
    shown = Campaign.objects.archived() if request.GET.get("archived") else Campaign.objects.open()
    rows = paging.by_key(shown.for_desk(), key=("-made_at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    return page(request, "campaigns/desk/index.html", rows=rows, archived=bool(request.GET.get("archived")))


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        campaign = linking.open_campaign(by=request.user, **form.cleaned_data)
        messages.success(request, _("“%(name)s” is open. Make its first link below.") % {"name": campaign.name})
        return redirect(campaign)
    status = 422 if request.method == "POST" else 200
    crumb = ("", _("New campaign"))
    return page(request, "campaigns/desk/form.html", crumb, status=status, form=form, button=_("Open the campaign"))


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request, pk):
    found = get_object_or_404(Campaign, pk=pk)
    form = CampaignForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        linking.change_campaign(campaign=found, **form.cleaned_data)
        return redirect(found)
    status = 422 if request.method == "POST" else 200
    crumbs = [(reverse("campaigns:campaign", args=[pk]), str(Campaign.objects.get(pk=pk))), ("", _("Words and days"))]
    return page(request, "campaigns/desk/form.html", *crumbs, status=status, form=form, button=_("Keep this"))


@open_to(may_make_links)
@require_POST
def archive(request, pk):
    found = get_object_or_404(Campaign, pk=pk)
    (linking.take_out if request.POST.get("out") else linking.put_away)(found)
    return redirect(found)
