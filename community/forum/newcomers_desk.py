"""Newcomers who wait for a host, at the desk: what they wrote, and the two answers to it."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import appointing
from accounts.holding import let_through
from accounts.models import Member
from community.commons import paging
from community.forum.access import keeps_order
from community.forum.models import Held

SIZE = 30


def is_anybody_waiting() -> bool:
    return Member.objects.held().public().exists()


def for_keepers(view):
    @wraps(view)
    def asked(request, *args, **kwargs):
        if not keeps_order(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


@for_keepers
@require_safe
def newcomers(request):
    """Those who came by a campaign that holds its newcomers, the latest first, with all they wrote."""
    waiting = Member.objects.held().public()
    rows = paging.by_key(waiting, key=("-held_at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
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
            messages.success(request, _("%(name)s is shut out. Nothing of it was heard.") % {"name": member})
    elif let_through(member=member):
        messages.success(request, _("%(name)s is heard from now on.") % {"name": member})
    return redirect("newcomers")
