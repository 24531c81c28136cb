"""Right now: who arrives, joins and writes."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.campaigns.access import open_to
from community.insights import watching
from community.insights.access import may_see_results
from community.insights.views.pages import page


@open_to(may_see_results)
@require_safe
def live(request):
    """The last half hour; open pages hear of what comes after."""
    events = watching.events()
    crumb = (reverse("insights:live"), _("Right now"))
    context = {"events": events[::-1], "counts": watching.counts(), "topic": watching.TOPIC}
    return page(request, "insights/live.html", crumb, since=events[-1].n if events else 0, **context)
