"""A host's decision on a case: one form, one transaction, and everybody who should hear of it hears."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import holding as ground
from accounts import recording
from accounts.models import Penalty
from community.commons.refusals import Refusal
from community.forum import access, moderating
from community.forum.models import Case, Post, Thread
from community.forum.order import penalising, telling

Decision = Case.Decision
STEPS = {
    Decision.NOTE: Penalty.Kind.NOTE,
    Decision.WARN: Penalty.Kind.WARNING,
    Decision.SILENCE: Penalty.Kind.SILENCE,
    Decision.SUSPEND: Penalty.Kind.SUSPENSION,
    Decision.BAN: Penalty.Kind.BAN,
}


class SettledAlready(Refusal):
    status = 409
    message = _("Another host has this in hand, or has settled it already. Nothing was done twice.")


@dataclass(frozen=True)
class Verdict:
    """What a host chose on the form."""

    decision: str
    reason: str = ""
    hours: int | None = None
    remove_too: bool = False


@transaction.atomic
def settle(*, case, by, verdict: Verdict) -> Case:
    """Settles a case once. Of two hosts who decide at the same moment the second is told, and changes nothing."""
    if not access.keeps_order(by):
        raise access.HostsOnly
    decision = Decision(verdict.decision)
    if decision in STEPS:
        access.require(penalising.against_penalising(by, case.about))
    if not Case.objects.settle(case.pk, by=by, decision=decision, reason=verdict.reason):
        raise SettledAlready
    case = Case.objects.for_desk().get(pk=case.pk)
    told = _deal_with_thing(case, by, verdict, decision)
    _end_silence(case, by, decision)
    if decision in STEPS:
        case.penalty = penalising.impose(
            member=case.about,
            kind=STEPS[decision],
            reason=verdict.reason,
            by=by,
            hours=verdict.hours,
            taken=verdict.remove_too and bool(case.post_id or case.thread_id),
            said=case.words,
        )
        case.save(update_fields=["penalty"])
    elif decision == Decision.HOLD:
        ground.hold(member=case.about, because=verdict.reason)
        telling.tell(case.about, "order_held", about=f"case-{case.pk}", reason=verdict.reason)
    elif told:
        heard = {"url": _place(case, told), "about": f"case-{case.pk}", "said": case.words}
        telling.tell(case.about, told, reason=verdict.reason, **heard)
    recording.record(
        by=by,
        act="case.settled",
        member=case.about,
        thing=f"case-{case.pk}",
        why=verdict.reason,
        after={"decision": decision.value, "thing": case.thing, "hours": verdict.hours, "removed": verdict.remove_too},
    )
    thank(case, decision)
    return case


def _deal_with_thing(case, by, verdict, decision) -> str:
    """Takes the thing away, or brings back what reports hid; gives what its author is told of that."""
    goes = decision == Decision.REMOVE or verdict.remove_too
    reason = verdict.reason[:200]
    if case.post_id:
        post = Post.objects.for_reading().get(pk=case.post_id)
        post.thread = case.post.thread
        if goes:
            moderating.remove(post=post, by=by, reason=reason, tells=False)
        elif case.hid_at and post.is_gone and post.removal.hand == post.removal.Hand.REPORTS:
            moderating.restore(post=post, by=by)
    elif case.thread_id:
        thread = Thread.objects.for_reading().get(pk=case.thread_id)
        if goes:
            moderating.remove_thread(thread=thread, by=by, reason=reason, tells=False)
        elif case.hid_at and thread.is_gone and thread.removal.hand == thread.removal.Hand.REPORTS:
            moderating.restore_thread(thread=thread, by=by)
    if goes and decision == Decision.REMOVE and (case.post_id or case.thread_id):
        return "order_removed"
    # Who never heard of the reports need not hear that they were nothing.
    return "order_shown" if decision == Decision.FINE and case.hid_at else ""


def _end_silence(case, by, decision):
    """What the rule began until a host decides, ends with the decision; a silence of the host's own takes its place."""
    if case.silence_id and decision != Decision.HOLD:
        penalising.lift(penalty=case.silence, by=by, tell=decision == Decision.FINE)


def _place(case, told) -> str:
    thing = case.post or case.thread
    return thing.get_absolute_url() if told == "order_shown" else ""


def thank(case, decision):
    """Each reporter hears once, in kind words, and nobody else learns who they were."""
    was_right = decision != Decision.FINE
    kind = "order_report_acted" if was_right else "order_report_fine"
    for report in case.reports.in_order():
        report.was_right = was_right
        report.save(update_fields=["was_right"])
        if report.reporter_id:
            telling.tell(
                report.reporter, kind, url="/me/standing/#reports", about=f"case-{case.pk}", mail=report.wants_mail
            )
