"""Every table of the results as a file."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from community.campaigns.access import open_to
from community.insights import tables
from community.insights.access import may_see_results
from community.insights.lens import Lens


@open_to(may_see_results)
@require_safe
def table(request, name):
    """As CSV, through the same lens as the page it was asked from."""
    if name not in tables.TABLES:
        raise Http404
    return as_file(Lens.of(request.GET), name)


def as_file(lens: Lens, name: str) -> HttpResponse:
    answer = HttpResponse(tables.as_csv(*tables.table(lens, name)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{lens.start}-{lens.end}.csv"'
    return answer
