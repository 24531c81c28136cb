"""Single acts on a link or a campaign: put away, pause, hold newcomers, and look at the destination now."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.campaigns import linking
from community.campaigns.access import may_make_links, open_to
from community.campaigns.models import Campaign, TrackedLink
from community.campaigns.tasks import look_at_link


@open_to(may_make_links)
@require_POST
def link_archive(request, pk):
    found = get_object_or_404(TrackedLink, pk=pk)
    (linking.take_out if request.POST.get("out") else linking.put_away)(found)
    return redirect(found.campaign)


@open_to(may_make_links)
@require_POST
def link_pause(request, pk):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    (linking.resume if request.POST.get("out") else linking.pause)(found, by=request.user)
    return redirect(found)


@open_to(may_make_links)
@require_POST
def link_health(request, pk):
    """Asks now. The answer takes as long as the destination does, so it is not waited for here."""
    found = get_object_or_404(TrackedLink, pk=pk)
    look_at_link.delay_on_commit(found.pk)
    messages.success(request, _("We are asking. Look here again in a moment."))
    return redirect(found)


@open_to(may_make_links)
@require_POST
def pause(request, pk):
    found = get_object_or_404(Campaign, pk=pk)
    (linking.resume if request.POST.get("out") else linking.pause)(found)
    return redirect(found)


@open_to(may_make_links)
@require_POST
def newcomers(request, pk):
    found = get_object_or_404(Campaign, pk=pk)
    linking.hold_newcomers(found, hold=not request.POST.get("out"))
    return redirect(found)
