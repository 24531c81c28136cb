"""Who goes where: a link's rules and split at the desk, and the try-out of them."""

import time

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.campaigns import choosing, destinations, routes, rules, steering
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.agents import HUMAN, Agent
from community.campaigns.desk.frame import page
from community.campaigns.desk.links import pages
from community.campaigns.forms import ways as ways_forms
from community.campaigns.models import Rule, Split, TrackedLink
from community.campaigns.models.ways import letter_of
from community.campaigns.queries import Asked

SYSTEMS = {
    "ios": ("ios", "phone"),
    "android": ("android", "phone"),
    "tablet": ("ios", "tablet"),
    "windows": ("windows", "desktop"),
    "macos": ("macos", "desktop"),
}


@open_to(may_see_campaigns)
@require_safe
def ways(request, pk):
    return _ways(request, get_object_or_404(TrackedLink.objects.for_the_door(), pk=pk))


def _ways(request, link, status=200, forms=None, arm_form=None):
    sites = destinations.sites()
    here = list(Rule.objects.of(link).in_order())
    asked = ways_forms.TryForm(request.GET if "device" in request.GET else None)
    context = {
        "link": link,
        "leads_to": destinations.address_of(link, sites),
        "rules": [(rule, rules.said(rule), destinations.address_of(rule, sites)) for rule in here],
        "arms": _arms(link, sites),
        "forms": [
            (kind, Rule.Kind(kind).label, (forms or {}).get(kind) or form(prefix=kind))
            for kind, form in ways_forms.RULES.items()
        ],
        "arm_form": arm_form or ways_forms.ArmForm(prefix="arm"),
        "try_form": asked,
        "tried": _tried(link, asked.cleaned_data, here) if asked.is_bound and asked.is_valid() else None,
        "may_make": may_make_links(request.user),
        "pages": pages(),
    }
    crumbs = [
        (link.campaign.get_absolute_url(), link.campaign.name),
        (link.get_absolute_url(), link.label),
        ("", _("Who goes where")),
    ]
    return page(request, "campaigns/desk/ways.html", *crumbs, status=status, **context)


def _arms(link, sites):
    """(arm, where it leads, its share in a hundred) for each; those that ended have no share."""
    arms = list(Split.objects.of(link).in_order())
    whole = sum(arm.weight for arm in arms if arm.ended_at is None) or 1
    own = destinations.address_of(link, sites)
    return [
        (
            arm,
            destinations.own_address_of(arm, sites) or own,
            None if arm.ended_at else round(arm.weight * 100 / whole),
        )
        for arm in arms
    ]


def _tried(link, told, here) -> list[dict]:
    """What the door itself would decide for this visitor; of a split every arm, with its share."""
    system, device = SYSTEMS.get(told["device"], ("", ""))
    agent = Agent(HUMAN, told["app"], system, device)
    at = told["at"].timestamp() if told["at"] else time.time()
    query = told["query"].lstrip("?").encode()
    route = routes.route_of(link)
    choice = choosing.shut(route, at=at) or choosing.open_way(
        route, agent=agent, language=told["language"], asked=Asked(query), at=at, visitor=None
    )
    if choice.outcome:
        return [{"why": choice.outcome, "where": choice.way.with_query(query).decode() if choice.way else ""}]
    if choice.rule is not None:
        why = f"{here[choice.rule].get_kind_display()}: {rules.said(here[choice.rule])}"
        return [{"why": "rule", "rule": why, "where": choice.way.with_query(query).decode()}]
    if not route.arms:
        return [{"why": "", "where": choice.way.with_query(query).decode()}]
    whole = sum(arm.weight for arm in route.arms)
    return [
        {
            "why": "arm",
            "letter": letter_of(arm.number),
            "share": round(arm.weight * 100 / whole),
            "where": arm.choice.way.with_query(query).decode(),
        }
        for arm in route.arms
    ]


def _back(link):
    return redirect("campaigns:ways", link.pk)


@open_to(may_make_links)
@require_POST
def rule_list(request, pk):
    """A new rule, at the end."""
    link = get_object_or_404(TrackedLink.objects.for_the_door(), pk=pk)
    kind = request.POST.get("kind", "")
    if kind not in ways_forms.RULES:
        return _ways(request, link, status=422)
    form = ways_forms.RULES[kind](request.POST, prefix=kind)
    try:
        if form.is_valid():
            told = form.cleaned_data
            steering.add_rule(
                link=link, kind=kind, value=told["value"], destination=told["destination"], by=request.user
            )
            messages.success(request, _("The rule holds from now on."))
            return _back(link)
    except ValidationError as error:
        form.add_error(None, error)
    return _ways(request, link, status=422, forms={kind: form})


@open_to(may_make_links)
@require_POST
def rule(request, pk):
    """Up, down, or away."""
    found = get_object_or_404(Rule.objects.select_related("link"), pk=pk)
    match request.POST.get("act"):
        case "up":
            steering.move_rule(rule=found, steps=-1, by=request.user)
        case "down":
            steering.move_rule(rule=found, steps=1, by=request.user)
        case "remove":
            steering.remove_rule(rule=found, by=request.user)
            messages.success(request, _("The rule is gone."))
    return _back(found.link)


@open_to(may_make_links)
@require_POST
def arm_list(request, pk):
    """A new arm of the split."""
    link = get_object_or_404(TrackedLink.objects.for_the_door(), pk=pk)
    form = ways_forms.ArmForm(request.POST, prefix="arm")
    try:
        if form.is_valid():
            steering.add_arm(link=link, by=request.user, **form.cleaned_data)
            messages.success(request, _("From now on people are sent this way as well."))
            return _back(link)
    except ValidationError as error:
        form.add_error(None, error)
    return _ways(request, link, status=422, arm_form=form)


@open_to(may_make_links)
@require_POST
def arm(request, pk):
    """Another share, or the end."""
    found = get_object_or_404(Split.objects.running().select_related("link"), pk=pk)
    if request.POST.get("act") == "end":
        steering.end_arm(arm=found, by=request.user)
        messages.success(request, _("Nobody is sent this way any more."))
        return _back(found.link)
    form = ways_forms.WeightForm(request.POST)
    if form.is_valid():
        steering.weigh_arm(arm=found, weight=form.cleaned_data["weight"], by=request.user)
    else:
        messages.error(request, _("A share is a whole number from 1 to 100."))
    return _back(found.link)
