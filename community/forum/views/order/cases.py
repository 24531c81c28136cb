"""The queue of reports: open, in work, settled; one case with all one needs to decide; and the decision."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import MemberNote, Penalty, StaffAct
from community.commons.paging import by_key
from community.commons.refusals import Refusal
from community.forum import order_forms
from community.forum.models import Case, Post, Report
from community.forum.order import penalising, reporting, settling
from community.forum.views.order.asking import desk, done, for_keepers, refused
from community.forum.views.order.log import lines

SIZE, NEAR = 20, 2
KEYS = {Case.State.SETTLED: ("-settled_at", "-pk")}


@for_keepers
@require_safe
def cases(request):
    """The heaviest first; of the settled the latest."""
    asked = request.GET.get("state", "")
    state = Case.State(asked) if asked in Case.State.values else Case.State.OPEN
    after = request.GET.get("after", "")
    found = Case.objects.in_state(state).for_desk()
    rows = by_key(found, key=KEYS.get(state, ("-weight", "-pk")), after=after, size=SIZE)
    kinds: dict[int, list[str]] = {}
    for case, kind in Report.objects.kinds_in([case.pk for case in rows]):
        kinds.setdefault(case, []).append(Report.Kind(kind).label)
    waiting = Case.objects.waiting_counts()
    states = [(each, waiting.get(each, 0)) for each in Case.State]
    told = {"rows": rows, "cases": [(case, kinds.get(case.pk, [])) for case in rows], "after": after}
    return desk(request, "cases.html", pgettext("by members", "Reports"), states=states, state=state, **told)


def _found(pk) -> Case:
    case = Case.objects.for_desk().with_pk(pk)
    if case is None:
        raise Http404
    return case


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def case(request, pk):
    """One case, in its context; POST settles it."""
    case = _found(pk)
    if request.method != "POST":
        return _case(request, case, order_forms.DecisionForm())
    form = order_forms.DecisionForm(request.POST)
    if not form.is_valid():
        return _case(request, case, form, status=422)
    try:
        settling.settle(case=case, by=request.user, verdict=form.verdict())
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _case(request, _found(pk), form, status=refusal.status)
    return done(request, _("Settled. Everybody who should hear of it hears."), "order_desk:cases")


def _case(request, case, form, *, status=200):
    told = {
        "case": case,
        "form": form,
        "reports": case.reports.in_order(),
        "around": _around(case),
        "may_decide": case.assignee_id in {None, request.user.pk} and not case.is_settled,
        "refusal": penalising.against_penalising(request.user, case.about),
        "history": lines(StaffAct.objects.of_case(case.pk, case.thing).for_desk()),
        "penalties": Penalty.objects.of_member(case.about).newest_first()[:5],
        "earlier": Case.objects.about_member(case.about).exclude(pk=case.pk).order_by("-pk")[:5],
        "notes": MemberNote.objects.of_member(case.about)[:3],
        "posts": Post.objects.standing_of(case.about, most=1000),
    }
    return desk(
        request,
        "case.html",
        _("Report"),
        above=[("order_desk:cases", pgettext("by members", "Reports"))],
        status=status,
        **told,
    )


def _around(case) -> list[Post]:
    """The post among its neighbours, as a reader met it; of a thread its first posts; of a member the latest."""
    if case.post:
        return list(case.post.thread.posts.for_context(case.post.number, NEAR))
    if case.thread:
        return list(case.thread.posts.for_context(1, NEAR))
    return list(Post.objects.lately_of(case.about)[:5])


@for_keepers
@require_POST
def assignee(request, pk):
    """Takes a case in hand, or lets go of it."""
    case = _found(pk)
    if "undo" in request.POST:
        reporting.release(case=case, by=request.user)
        return done(request, _("Anybody may take it now."), "order_desk:case", pk)
    if not reporting.take(case=case, by=request.user):
        return refused(request, settling.SettledAlready(), "order_desk:case", pk)
    return done(request, _("It is in your hands."), "order_desk:case", pk)
