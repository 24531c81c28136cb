"""A link's split at the desk: who came by which arm, who joined, and who was still there a week later."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.campaigns.access import open_to
from community.campaigns.desk.frame import page
from community.campaigns.models import TrackedLink
from community.insights import arms, judging
from community.insights.access import may_see_results


@open_to(may_see_results)
@require_safe
def split(request, pk):
    link = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    rows, verdict = arms.results(link)
    crumbs = [
        (link.campaign.get_absolute_url(), link.campaign.name),
        (link.get_absolute_url(), link.label),
        ("", _("How the arms do")),
    ]
    context = {
        "link": link,
        "rows": rows,
        "verdict": verdict,
        "best": rows[verdict.best] if verdict.best is not None else None,
        "level": f"{judging.LEVEL * 100:g}",
        "fewest": judging.FEWEST_PEOPLE,
        "fewest_stayed": judging.FEWEST_STAYED,
        "first_day": arms.FIRST_DAY,
        "last_day": arms.LAST_DAY,
        "ripe_days": arms.LAST_DAY + 1,
    }
    return page(request, "insights/split.html", *crumbs, **context)
