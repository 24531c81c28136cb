"""The dashboard, its larger tables, and how single members came."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from community.campaigns.access import may_see_costs, open_to
from community.campaigns.models import Campaign, Conversion
from community.commons.paging import by_key
from community.insights import measuring
from community.insights.access import may_see_results
from community.insights.board import BY_NAMES, PANELS, Board
from community.insights.lens import Lens
from community.insights.views.pages import page


@open_to(may_see_results)
@require_safe
def overview(request):
    """Everything about one look, on one page."""
    board = Board(Lens.of(request.GET))
    return page(request, "insights/overview.html", board=board, may_see_costs=may_see_costs(request.user))


@open_to(may_see_results)
@require_safe
def campaign(request, pk):
    """One campaign's results are the results, looked at through it."""
    found = get_object_or_404(Campaign, pk=pk)
    lens = Lens.of(request.GET).adding("campaign", str(found.pk))
    return redirect(reverse("insights:overview") + lens.query)


@open_to(may_see_results)
@require_safe
def links(request):
    """Which post brought people who stayed: every link."""
    crumb = (reverse("insights:links"), _("Links and who stayed"))
    return page(request, "insights/links.html", crumb, board=Board(Lens.of(request.GET)))


@open_to(may_see_results)
@require_safe
def leaks(request):
    """Where people are lost, in every app on every system."""
    crumb = (reverse("insights:leaks"), _("Where people are lost"))
    return page(request, "insights/leaks.html", crumb, board=Board(Lens.of(request.GET)))


@open_to(may_see_results)
@require_safe
def parted(request, by):
    """One panel of the dashboard, with all of its rows."""
    board = Board(Lens.of(request.GET))
    name = by if by in PANELS else "campaign"
    crumb = (reverse("insights:parted", args=[name]), BY_NAMES[name])
    return page(request, "insights/parted.html", crumb, board=board, panel=board.panel(name, rows=500))


@open_to(may_see_results)
@require_safe
def members(request):
    """Who joined lately, and through which link."""
    rows = by_key(
        Conversion.objects.joined().with_links(), key=("-at", "-pk"), after=request.GET.get("after", ""), size=50
    )
    return page(request, "insights/members.html", (reverse("insights:members"), _("How they came")), rows=rows)


@open_to(may_see_results)
@require_safe
def member(request, pk):
    """How one member came: every touch, in order."""
    person = get_object_or_404(Member.objects.for_desk(), pk=pk)
    crumbs = [(reverse("insights:members"), _("How they came")), ("", str(person))]
    return page(request, "insights/member.html", *crumbs, person=person, **measuring.way_of(person))
