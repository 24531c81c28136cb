"""The links of a campaign at the desk: the list, a new one, one link, and what was changed about it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from community.campaigns import cards, destinations, linking, texts
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.forms import LinkDetailsForm, LinkForm, TextForm, initial_of
from community.campaigns.models import Campaign, Change, Click, TrackedLink
from community.commons import paging

BY_CHANNEL = ("channel", "-made_at", "-pk")


@open_to(may_see_campaigns)
@require_safe
def campaign(request, pk):
    found = get_object_or_404(Campaign, pk=pk)
    return _campaign(request, found, LinkForm(initial={"destination": latest_destination(found)}))


def _campaign(request, found, form, status=200):
    rows = paging.by_key(
        TrackedLink.objects.of(found).for_desk().with_tags(),
        key=BY_CHANNEL,
        after=request.GET.get("after", ""),
        size=SIZE,
    )
    context = {
        "campaign": found,
        "form": form,
        "rows": rows,
        "links": with_figures(rows),
        "may_make": may_make_links(request.user) and found.archived_at is None,
        "may_switch": may_make_links(request.user),
        "pages": pages(),
        "made": request.GET.get("made", ""),
    }
    return page(
        request, "campaigns/desk/campaign.html", (found.get_absolute_url(), found.name), status=status, **context
    )


def with_figures(rows) -> list[tuple]:
    """Links with where they lead and how many came, in two questions for all."""
    counted = {row["link_id"]: row for row in Click.objects.of_links([link.pk for link in rows]).counted()}
    sites = destinations.sites()
    return [(link, destinations.address_of(link, sites), counted.get(link.pk)) for link in rows]


def latest_destination(found) -> str:
    """Links of one campaign mostly lead to one place."""
    latest = TrackedLink.objects.of(found).for_desk().first()
    return destinations.address_of(latest) if latest else ""


def pages():
    """The newest pages, to choose from while typing."""
    sites = destinations.sites()
    newest = Page.objects.live().order_by("-last_published_at")[:40]
    return [(destinations.path_of(each, sites), each.title) for each in newest]


@open_to(may_make_links)
@require_POST
def links(request, pk):
    found = get_object_or_404(Campaign.objects.open(), pk=pk)
    form = LinkForm(request.POST)
    try:
        if form.is_valid():
            link = linking.make_link(campaign=found, by=request.user, owner=request.user, **form.cleaned_data)
            messages.success(request, _("Made: %(url)s") % {"url": link.url})
            return redirect(f"{found.get_absolute_url()}?made={link.pk}#link-{link.pk}")
    except ValidationError as error:  # somebody took the code in between
        form.add_error(None, error)
    return _campaign(request, found, form, status=422)


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, pk):
    found = get_object_or_404(TrackedLink.objects.for_desk().with_tags(), pk=pk)
    form = LinkDetailsForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        linking.change_link(link=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Whoever taps the link from now on goes where you said."))
        return redirect(found)
    crumbs = [(found.campaign.get_absolute_url(), found.campaign.name), (found.get_absolute_url(), found.label)]
    context = {
        "link": found,
        "form": form,
        "pages": pages(),
        "clicks": Click.objects.of_links([pk]).human().count(),
        "changes": Change.objects.of(found).for_desk()[:5],
        **_worded(found),
    }
    return page(request, "campaigns/desk/link.html", *crumbs, status=200 if not form.errors else 422, **context)


def _worded(found) -> dict:
    card = cards.Cards().of(found)
    text = texts.of(found, card)
    return {
        "card": card,
        "shape": cards.shape_of(found.channel, card),
        "text": text,
        "long": texts.length(found.channel, text),
        "room": texts.room(found.channel),
    }


@open_to(may_make_links)
@require_POST
def text(request, pk):
    """What is posted around a link. The proposed text, or none, is not kept: it goes on following the card."""
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    form = TextForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data["text"].strip()
        proposed = texts.propose(found, cards.Cards().of(found))
        linking.keep_text(link=found, text="" if told == proposed or request.POST.get("propose") else told)
        messages.success(request, _("The text is kept."))
    else:
        messages.error(request, " ".join(form.errors["text"]))
    if request.POST.get("from") == "texts":
        return redirect(f"{reverse('campaigns:posts', args=[found.campaign_id])}#text-{found.pk}")
    return redirect(f"{found.get_absolute_url()}#text")


@open_to(may_see_campaigns)
@require_safe
def changes(request, pk):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    rows = paging.by_key(
        Change.objects.of(found).for_desk(), key=("-at", "-pk"), after=request.GET.get("after", ""), size=SIZE
    )
    crumbs = [
        (found.campaign.get_absolute_url(), found.campaign.name),
        (found.get_absolute_url(), found.label),
        ("", _("What was changed")),
    ]
    return page(request, "campaigns/desk/changes.html", *crumbs, link=found, rows=rows)
