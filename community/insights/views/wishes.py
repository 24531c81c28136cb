"""What one person at the desk wants to be told of."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.campaigns.access import open_to
from community.insights.access import may_see_results
from community.insights.forms import WishForm
from community.insights.models import Alarm, Wish
from community.insights.views.pages import page


@open_to(may_see_results)
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request):
    """Alarms and letters: one's own choices, and the latest alarms."""
    form = WishForm(request.POST or None, instance=Wish.objects.of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("insights:wishes")
    crumb = (reverse("insights:wishes"), _("Alarms and letters"))
    return page(request, "insights/wishes.html", crumb, form=form, alarms=Alarm.objects.latest_first()[:20])
