"""The links of a campaign at the desk: the list, a new one, one link, and its code for paper."""

import io

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from community.campaigns import destinations, linking
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.forms import UTM, LinkDetailsForm, LinkForm
from community.campaigns.models import Campaign, Click, TrackedLink
from community.commons import paging


@open_to(may_see_campaigns)
@require_safe
def campaign(request, pk):
    found = get_object_or_404(Campaign, pk=pk)
    return _campaign(request, found, LinkForm(initial={"destination": _latest_destination(found)}))


def _campaign(request, found, form, status=200):
    rows = paging.by_key(
        TrackedLink.objects.of(found).for_desk(),
        key=("-made_at", "-pk"),
        after=request.GET.get("after", ""),
        size=SIZE,
    )
    counted = {row["link_id"]: row for row in Click.objects.of_links([link.pk for link in rows]).counted()}
    sites = destinations.sites()
    context = {
        "campaign": found,
        "form": form,
        "rows": rows,
        "links": [(link, destinations.address_of(link, sites), counted.get(link.pk)) for link in rows],
        "may_make": may_make_links(request.user) and found.archived_at is None,
        "pages": pages(),
    }
    return page(
        request, "campaigns/desk/campaign.html", (found.get_absolute_url(), found.name), status=status, **context
    )


def _latest_destination(found) -> str:
    """Links of one campaign mostly lead to one place."""
    latest = TrackedLink.objects.of(found).for_desk().first()
    return destinations.address_of(latest) if latest else ""


def pages():
    """The newest pages, to choose from while typing."""
    return [
        (destinations.path_of(each), each.title) for each in Page.objects.live().order_by("-last_published_at")[:40]
    ]


@open_to(may_make_links)
@require_POST
def links(request, pk):
    found = get_object_or_404(Campaign.objects.open(), pk=pk)
    form = LinkForm(request.POST)
    try:
        if form.is_valid():
            link = linking.make_link(campaign=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Made: %(url)s") % {"url": link.url})
            return redirect(f"{found.get_absolute_url()}?made={link.pk}#link-{link.pk}")
    except ValidationError as error:  # somebody took the code in between
        form.add_error(None, error)
    return _campaign(request, found, form, status=422)


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, pk):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    now = {name: getattr(found, name) for name in ("channel", "label", "card_title", "card_text", *UTM)}
    form = LinkDetailsForm(request.POST or None, initial={**now, "destination": destinations.address_of(found)})
    if request.method == "POST" and form.is_valid():
        linking.change_link(link=found, **form.cleaned_data)
        messages.success(request, _("Kept. Whoever taps the link from now on goes where you said."))
        return redirect(found)
    crumbs = [(found.campaign.get_absolute_url(), found.campaign.name), (found.get_absolute_url(), found.label)]
    context = {"link": found, "form": form, "pages": pages(), "clicks": Click.objects.of_links([pk]).human().count()}
    return page(request, "campaigns/desk/link.html", *crumbs, status=200 if not form.errors else 422, **context)


@open_to(may_make_links)
@require_POST
def link_archive(request, pk):
    found = get_object_or_404(TrackedLink, pk=pk)
    (linking.take_out if request.POST.get("out") else linking.put_away)(found)
    return redirect(found.campaign)


@open_to(may_see_campaigns)
@require_safe
def qr(request, pk):
    """The link as a code for paper; a scanned one is told from a tapped one."""
    found = get_object_or_404(TrackedLink, pk=pk)
    drawn = io.BytesIO()
    segno.make(f"{found.url}?qr=1", error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, title=found.label
    )
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="qr-{found.pk}.svg"'
    return response
