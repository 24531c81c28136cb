"""One member as hosts see them: what was said and decided, and what can be done."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import recording
from accounts.access import open_to
from accounts.models import Member, MemberNote, Penalty, StaffAct
from community.commons.refusals import Refusal
from community.forum import access, order_forms
from community.forum.models import Case, Post, Sweep
from community.forum.order import handing_over, penalising, sweeping
from community.forum.views.order.asking import desk, done, for_keepers, refused
from community.forum.views.order.log import lines


def _found(pk) -> Member:
    member = Member.objects.select_related("tier").with_pk(pk)
    if member is None:
        raise Http404
    return member


@for_keepers
@require_safe
def member(request, pk):
    return _member(request, _found(pk))


def _member(request, member, *, status=200, **forms):
    told = {
        "member": member,
        "penalties": Penalty.objects.of_member(member).newest_first()[:20],
        "cases": Case.objects.about_member(member).order_by("-pk")[:10],
        "notes": MemberNote.objects.of_member(member)[:20],
        "sweeps": Sweep.objects.of_member(member)[:10],
        "posts": Post.objects.lately_of(member)[:10],
        "acts": lines(StaffAct.objects.for_desk().narrowed(member=member).order_by("-pk")[:15]),
        "refusal": penalising.against_penalising(request.user, member),
        "may_hand_over": access.may_hand_over(request.user),
        "may_read_log": access.may_read_log(request.user),
        "penalty_form": order_forms.PenaltyForm(),
        "note_form": order_forms.NoteForm(),
        "sweep_form": order_forms.WhyForm(prefix="sweep"),
        "record_form": order_forms.RecordForm(prefix="record"),
    }
    return desk(request, "member.html", str(member), icon="user", status=status, **(told | forms))


@for_keepers
@require_POST
def penalties(request, pk):
    member, form = _found(pk), order_forms.PenaltyForm(request.POST)
    if not form.is_valid():
        return _member(request, member, status=422, penalty_form=form)
    try:
        penalising.impose(member=member, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, refusal, "order_desk:member", pk)
    return done(request, _("Done, and they were told why."), "order_desk:member", pk)


@for_keepers
@require_POST
def penalty(request, pk):
    """Takes a penalty back."""
    found = Penalty.objects.select_related("member").with_pk(pk)
    if found is None:
        raise Http404
    form = order_forms.WhyForm(request.POST)
    why = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        penalising.lift(penalty=found, by=request.user, because=why)
    except Refusal as refusal:
        return refused(request, refusal, "order_desk:member", found.member_id)
    return done(request, _("Taken back, and they were told."), "order_desk:member", found.member_id)


@for_keepers
@require_POST
def notes(request, pk):
    member, form = _found(pk), order_forms.NoteForm(request.POST)
    if not form.is_valid():
        return _member(request, member, status=422, note_form=form)
    MemberNote.objects.create(member=member, by=request.user, body=form.cleaned_data["body"])
    recording.record(by=request.user, act="member.noted", member=member, why=form.cleaned_data["body"])
    return done(request, _("Noted."), "order_desk:member", pk)


@for_keepers
@require_POST
def sweeps(request, pk):
    """Everything of a member away, at one stroke."""
    member, form = _found(pk), order_forms.WhyForm(request.POST, prefix="sweep")
    if not form.is_valid():
        return _member(request, member, status=422, sweep_form=form)
    try:
        batch = sweeping.sweep(member=member, by=request.user, reason=form.cleaned_data["reason"][:200])
    except Refusal as refusal:
        return refused(request, refusal, "order_desk:member", pk)
    told = {"posts": batch.posts, "threads": batch.threads, "cases": batch.cases}
    words = _(
        "Taken away: posts %(posts)s, discussions %(threads)s; reports settled: %(cases)s. It can be undone on this page."
    )
    return done(request, words % told, "order_desk:member", pk)


@for_keepers
@require_POST
def sweep(request, pk):
    """And back again."""
    batch = Sweep.objects.select_related("member").with_pk(pk)
    if batch is None:
        raise Http404
    try:
        sweeping.undo(batch=batch, by=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "order_desk:member", batch.member_id)
    return done(request, _("All of it is back as it was."), "order_desk:member", batch.member_id)


@open_to(access.may_hand_over)
@require_http_methods(["POST"])
def record(request, pk):
    """The file for the authorities, and the line in the log."""
    member, form = _found(pk), order_forms.RecordForm(request.POST, prefix="record")
    if not form.is_valid():
        return _member(request, member, status=422, record_form=form)
    told = handing_over.hand_over(member=member, by=request.user, reason=form.cleaned_data["reason"])
    answer = HttpResponse(told, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="member-{member.pk}.csv"'
    return answer
