"""What members cost, on the desk: costs and their returns, Meta beside us, posts beside what came of them; and as files."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from community.campaigns.access import open_to
from community.insights import cost_tables, costing
from community.insights.access import may_see_results
from community.insights.lens import FILTERS, MODELS, PERIODS, Lens

PERIOD_NAMES = {
    "7": gettext_lazy("7 days"),
    "28": gettext_lazy("28 days"),
    "90": gettext_lazy("90 days"),
    "month": gettext_lazy("this month"),
    "last_month": gettext_lazy("last month"),
    "year": gettext_lazy("a year"),
    "all": gettext_lazy("from the beginning"),
}
MODEL_NAMES = {
    "first": gettext_lazy("first touch"),
    "last": gettext_lazy("last touch"),
    "last_non_direct": gettext_lazy("last touch that was not direct"),
    "linear": gettext_lazy("all touches alike"),
    "time_decay": gettext_lazy("later touches more"),
    "position": gettext_lazy("first and last 40 % each"),
}
REASONS = {
    "never_arrived": gettext_lazy(
        "clicks that Meta counted never arrived here: tapped by mistake, closed before the page came, or made by machines."
    ),
    "machines": gettext_lazy(
        "visits through these links were previews, scanners and other machines. We left them out."
    ),
    "unproven": gettext_lazy("people joined and have not proved their e-mail yet. Meta may count them, we wait."),
    "refused": gettext_lazy(
        "steps of members who did not agree to sharing. They are true, and Meta never heard of them."
    ),
    "untied": gettext_lazy("groups of ads belong to no link or campaign of ours: claimed there, unknown here."),
    "edge": gettext_lazy(
        "rows of the file reach beyond these days. They cannot be cut, so their results are left out."
    ),
    "view_through": gettext_lazy("Meta also counts people who only saw the ad and came another way."),
    "twice": gettext_lazy("Meta counts results, and one person may be several. We count each person once."),
    "window": gettext_lazy("Meta dates a result by the day of the ad, we by the day somebody joined."),
    "own_credit": gettext_lazy(
        "Meta gives the whole credit to Meta. Here a member is shared among all that led to them, as the model above says."
    ),
}
VERDICTS = {
    "loud": gettext_lazy("seen by many, brought nobody"),
    "quiet": gettext_lazy("seen by few, brought people who stay"),
}


def _page(request, template, lens, **context):
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("insights:overview"), "label": _("Results")},
        {"url": reverse("spending:costs"), "label": _("Costs and returns")},
    ]
    context |= {
        "breadcrumbs_items": trail,
        "header_title": trail[-1]["label"],
        "header_icon": "desktop",
        "lens": lens,
        "periods": [
            (PERIOD_NAMES[period], lens.over(period).query, lens.period == period and not lens.is_range)
            for period in PERIODS
            if period in PERIOD_NAMES
        ],
        "models": [(MODEL_NAMES[model], lens.by_model(model).query, lens.model == model) for model in MODELS],
        "filters": [(name, value, lens.without(name, value).query) for name, value in lens.filters],
        "by": _by(request),
        "kept": [(name, value) for name, value in lens.pairs if name in FILTERS or name == "model"],
    }
    return render(request, template, context)


def _by(request) -> str:
    return request.GET.get("by") if request.GET.get("by") in costing.BYS else "campaign"


@open_to(may_see_results)
@require_safe
def costs(request):
    lens = Lens.of(request.GET)
    rows = costing.spending(lens, _by(request))
    return _page(
        request,
        "insights/costs.html",
        lens,
        rows=rows,
        total=costing.total(rows),
        unplaced=costing.unplaced(lens),
        can_part=costing.can_part(lens),
    )


@open_to(may_see_results)
@require_safe
def truths(request):
    lens = Lens.of(request.GET)
    found = costing.truths(lens)
    reasons = [(reason, REASONS[reason.key]) for reason in found.reasons] if found else []
    return _page(request, "insights/truths.html", lens, truths=found, reasons=reasons)


@open_to(may_see_results)
@require_safe
def posts(request):
    lens = Lens.of(request.GET)
    rows = costing.posts(lens)
    for row in rows:
        row.said = VERDICTS.get(row.verdict, "")
    return _page(request, "insights/posts.html", lens, rows=rows)


@open_to(may_see_results)
@require_safe
def file(request, name):
    """The same numbers, for a spreadsheet."""
    lens = Lens.of(request.GET)
    if name not in cost_tables.TABLES:
        raise Http404
    lines = cost_tables.lines(name, lens, _by(request))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{lens.start}-{lens.end}.csv"'
    return response
