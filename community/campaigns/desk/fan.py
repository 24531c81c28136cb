"""One post for many channels at the desk: tick, look over, make; then the texts to paste and the cards they show."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from community.campaigns import cards, fanning, texts
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk.frame import page
from community.campaigns.desk.links import BY_CHANNEL, latest_destination, pages
from community.campaigns.forms import FanForm
from community.campaigns.models import Campaign, TrackedLink
from community.commons import paging

TEXTS = 18


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def fan(request, pk):
    found = get_object_or_404(Campaign.objects.open(), pk=pk)
    form = FanForm(request.POST or None, initial=_initial(request, found))
    if request.method != "POST" or not form.is_valid():
        return _form(request, found, form, 422 if request.method == "POST" else 200)
    told = form.cleaned_data
    planned = fanning.plan(
        campaign=found,
        ticked=told["channels"],
        label=told["label"],
        template=told["template"] or fanning.usual(),
        told=form.told(),
        kept=form.kept(),
    )
    stands = any(each.errors or each.doubts for each in planned)
    if stands or request.POST.get("act") != "make":
        return _look(request, found, form, planned, 422 if stands else 200)
    made = fanning.fan_out(
        campaign=found,
        planned=planned,
        label=told["label"],
        destination=told["destination"],
        tags=told["tags"],
        by=request.user,
    )
    said = ngettext("%(count)d link is made.", "%(count)d links are made.", len(made)) % {"count": len(made)}
    messages.success(request, said)
    return redirect("campaigns:posts", pk=found.pk)


def _initial(request, found) -> dict:
    usual = fanning.usual()
    return {
        "destination": request.GET.get("destination") or latest_destination(found),
        "label": request.GET.get("label", "")[:80],
        "template": usual.pk,
    }


def _crumbs(found, last):
    return (found.get_absolute_url(), found.name), ("", last)


def _form(request, found, form, status):
    crumbs = _crumbs(found, _("One post, many channels"))
    return page(request, "campaigns/desk/fan.html", *crumbs, status=status, campaign=found, form=form, pages=pages())


def _look(request, found, form, planned, status):
    crumbs = _crumbs(found, _("Look over the links"))
    context = {"campaign": found, "form": form, "planned": planned}
    return page(request, "campaigns/desk/fan_look.html", *crumbs, status=status, **context)


@open_to(may_see_campaigns)
@require_safe
def posts(request, pk):
    """The text for each link of a campaign, ready to paste, with the card its channel will show."""
    found = get_object_or_404(Campaign, pk=pk)
    rows = paging.by_key(
        TrackedLink.objects.of(found).open().for_desk(),
        key=BY_CHANNEL,
        after=request.GET.get("after", ""),
        size=TEXTS,
    )
    read = cards.Cards()
    drawn = []
    for link in rows:
        card = read.of(link)
        text = texts.of(link, card)
        drawn.append(
            {
                "link": link,
                "card": card,
                "shape": cards.shape_of(link.channel, card),
                "text": text,
                "long": texts.length(link.channel, text),
                "room": texts.room(link.channel),
            }
        )
    context = {"campaign": found, "rows": rows, "drawn": drawn, "may_make": may_make_links(request.user)}
    return page(request, "campaigns/desk/posts.html", *_crumbs(found, _("Texts to paste")), **context)
