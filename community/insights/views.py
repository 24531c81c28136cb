"""The desk's results: which link brought whom, and what became of them."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from community.campaigns.access import open_to
from community.campaigns.models import Campaign, Conversion, TrackedLink
from community.commons.paging import by_key
from community.insights import measuring, plain
from community.insights.access import may_see_results


def _page(request, template, *crumbs, **context):
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("insights:overview"), "label": _("Results")},
        *({"url": url, "label": label} for url, label in crumbs),
    ]
    context |= {
        "breadcrumbs_items": trail,
        "header_title": trail[-1]["label"],
        "header_icon": "desktop",
        "lens": plain.Lens.of(request.GET),
        "spans": [*plain.SPANS, 0],
        "with_others": request.GET.get("all") == "1",
    }
    return render(request, template, context)


@open_to(may_see_results)
@require_safe
def overview(request):
    """Every campaign on one line."""
    rows = plain.by_campaign(plain.Lens.of(request.GET))
    return _page(request, "insights/overview.html", rows=rows, total=plain.total(rows))


@open_to(may_see_results)
@require_safe
def campaign(request, pk):
    """Each link of one campaign: which post brought people, and which of them stayed to talk."""
    found = get_object_or_404(Campaign, pk=pk)
    links = list(TrackedLink.objects.of(found).for_desk())
    rows = plain.by_link(links, plain.Lens.of(request.GET))
    crumb = (reverse("insights:campaign", args=[pk]), found.name)
    return _page(request, "insights/campaign.html", crumb, campaign=found, rows=rows, total=plain.total(rows))


@open_to(may_see_results)
@require_safe
def members(request):
    """Who joined lately, and through which link."""
    rows = by_key(
        Conversion.objects.joined().with_links(), key=("-at", "-pk"), after=request.GET.get("after", ""), size=50
    )
    return _page(request, "insights/members.html", (reverse("insights:members"), _("How they came")), rows=rows)


@open_to(may_see_results)
@require_safe
def member(request, pk):
    """How one member came: every touch, in order."""
    person = get_object_or_404(Member.objects.for_desk(), pk=pk)
    crumbs = [(reverse("insights:members"), _("How they came")), ("", str(person))]
    return _page(request, "insights/member.html", *crumbs, person=person, **measuring.way_of(person))
