"""Newcomers who wait for a host, at the desk: what they wrote, and the two answers to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import appointing, recording
from accounts.access import open_to
from accounts.holding import let_through
from accounts.models import Member
from community.commons import paging
from community.commons.refusals import Refusal
from community.forum import holding
from community.forum.access import keeps_order
from community.forum.models import Held
from community.forum.order_forms import WhyForm

SIZE = 30


def is_anybody_waiting() -> bool:
    return Member.objects.held().public().exists() or Held.objects.for_a_host().exists()


def _waiting():
    """Those a host has yet to look at, and those of whom some words wait."""
    return Member.objects.held_or(Held.objects.whose_wait())


for_keepers = open_to(keeps_order)


@for_keepers
@require_safe
def newcomers(request):
    """Members who are held, and members of whom some words are; the latest who came first, with all that waits."""
    rows = paging.by_key(_waiting(), key=("-joined_at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    words: dict[int, list[Held]] = {}
    for held in Held.objects.waiting().of_members([member.pk for member in rows]):
        words.setdefault(held.member_id, []).append(held)
    title = _("Newcomers who wait")
    return render(
        request,
        "forum/desk/newcomers.html",
        {
            "people": [(member, words.get(member.pk, [])) for member in rows],
            "rows": rows,
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": title},
            ],
            "header_title": title,
            "header_icon": "user",
        },
    )


@for_keepers
@require_POST
def newcomer(request, pk):
    """Lets one through, and publishes what they wrote; or shuts them out, and nobody hears it."""
    member = get_object_or_404(Member.objects.public(), pk=pk)
    if request.POST.get("act") == "shut_out":
        if member.held_at and not member.is_staff:
            appointing.shut_out(member=member)
            recording.record(by=request.user, act="member.shut_out", member=member)
            messages.success(request, _("%(name)s is shut out. Nothing of it was heard.") % {"name": member})
    elif request.POST.get("act") == "approve":
        for held in Held.objects.for_a_host().of_members([member.pk]):
            _approve(request, held)
    elif let_through(member=member):
        recording.record(by=request.user, act="member.let_through", member=member)
        messages.success(request, _("%(name)s is heard from now on.") % {"name": member})
    return redirect("newcomers")


def _approve(request, held):
    """One that meets a closed door meanwhile keeps no other back."""
    try:
        holding.approve(held=held, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Published, and %(name)s was told.") % {"name": held.member})


@for_keepers
@require_POST
def held(request, pk):
    """Publishes one of the words that wait, or does not, with a reason."""
    found = get_object_or_404(Held.objects.select_related("member"), pk=pk)
    if not found.awaits_a_host:  # two hosts had the same page before them
        messages.info(request, _("This was decided meanwhile, or taken back by whoever wrote it."))
    elif request.POST.get("act") == "refuse":
        form = WhyForm(request.POST)
        if not form.is_valid():
            messages.error(request, form.errors["reason"][0])
        elif holding.refuse(held=found, by=request.user, reason=form.cleaned_data["reason"]):
            messages.success(request, _("Not published, and %(name)s was told why.") % {"name": found.member})
    else:
        _approve(request, found)
    return redirect("newcomers")
