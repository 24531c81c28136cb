"""The ladder: note, warning, silence, suspension, ban; taking a step back; and what members say to it."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts import recording
from accounts.models import FOREVER, Appeal, Member, Penalty
from community.commons.refusals import Refusal
from community.forum import access
from community.forum.order import measures, telling

HOURS = (24, 72, 168, 720)  # what the desk offers
COLUMNS = {Penalty.Kind.SILENCE: "silenced_until", Penalty.Kind.SUSPENSION: "suspended_until"} | {
    Penalty.Kind.BAN: "banned_until"
}


class NoAppeal(Refusal):
    status = 409
    message = _("You have objected to this already, or it was taken back.")


class AnotherHostAnswers(Refusal):
    status = 403
    message = _("Another host answers this: it is about your own decision.")


class NotUnderTheLadder(Refusal):
    status = 403
    message = _("That is for an administrator to decide.")


def against_penalising(by, member) -> Refusal | None:
    """Nobody judges themselves; those who work here are judged by administrators alone."""
    if by is None:
        return None if not member.is_staff else NotUnderTheLadder()
    if not access.keeps_order(by):
        return access.HostsOnly()
    if by.pk == member.pk or member.is_superuser or (member.is_staff and not by.is_superuser):
        return NotUnderTheLadder()
    return None


def _copy_ends(member):
    """Carries the ends of what stands onto the member's own row, where every page reads them."""
    ends = dict.fromkeys(COLUMNS.values())
    for penalty in Penalty.objects.of_member(member).standing():
        if column := COLUMNS.get(Penalty.Kind(penalty.kind)):
            ends[column] = max(ends[column] or penalty.at, penalty.until or FOREVER)
    for column, until in ends.items():
        setattr(member, column, until)
    member.save(update_fields=list(ends))  # open sockets ask again who this is


@transaction.atomic
def impose(*, member, kind, reason, by, hours=None, tell=True, taken=False, said="") -> Penalty:
    """Takes a step of the ladder, and tells the member why. The same step, asked for twice at once, is taken once.

    With `taken`, they hear in the same breath that what it is about was taken away; `said` are its words.
    """
    access.require(against_penalising(by, member))
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    kind = Penalty.Kind(kind)
    until = now() + timedelta(hours=hours) if hours and kind.lasts else None
    same = Penalty.objects.of_member(member).of_kind(kind).standing().said_lately(by=by, reason=reason).first()
    if same:
        return same
    penalty = Penalty.objects.create(member=member, kind=kind, reason=reason, by=by, until=until)
    if kind == Penalty.Kind.BAN:
        member.set_unusable_password()  # every session is sealed with it: all of them end
        member.save(update_fields=["password"])
    if kind.lasts:
        _copy_ends(member)
    recording.record(
        by=by,
        act=f"penalty.{kind.value}",
        member=member,
        thing=f"penalty-{penalty.pk}",
        why=reason,
        after={"until": until.isoformat() if until else None},
    )
    if tell:
        about = f"penalty-{penalty.pk}"
        told = f"order_{kind.value}_taken" if taken else f"order_{kind.value}"
        telling.tell(member, told, about=about, reason=reason, said=said, until=until, may_object=True)
    return penalty


@transaction.atomic
def lift(*, penalty, by, because="", tell=True) -> bool:
    """Takes a step back; says whether it still stood."""
    if by is None or not access.keeps_order(by):
        raise access.HostsOnly
    access.require(against_penalising(by, penalty.member))
    done = Penalty.objects.lift(penalty.pk, by=by, because=because)
    if done:
        member = Member.objects.select_for_update(no_key=True).get(pk=penalty.member_id)
        _copy_ends(member)
        recording.record(
            by=by,
            act="penalty.lifted",
            member=member,
            thing=f"penalty-{penalty.pk}",
            why=because,
            before={"kind": penalty.kind, "until": penalty.until.isoformat() if penalty.until else None},
        )
        if tell:
            telling.tell(member, "order_lifted", about=f"penalty-{penalty.pk}", reason=because)
    return done


@transaction.atomic
def object_to(*, penalty, words) -> Appeal:
    """A member's own words to a penalty: once for each. The same words again are the same objection."""
    penalty = Penalty.objects.select_for_update().get(pk=penalty.pk)
    if hasattr(penalty, "appeal") and penalty.appeal.words == words:
        return penalty.appeal
    if not penalty.may_be_appealed:
        raise NoAppeal
    measures.require(penalty.member, "appeal", kept=words)
    made = Appeal.objects.create(penalty=penalty, words=words)
    told = {"url": reverse("order_desk:appeals"), "about": f"penalty-{penalty.pk}", "name": str(penalty.member)}
    telling.call_hosts_on_commit("order_objected", but=[penalty.by_id] if penalty.by_id else [], **told)
    return made


def against_answering(by, appeal) -> Refusal | None:
    """Another host's eyes, wherever there is another host."""
    if not access.keeps_order(by):
        return access.HostsOnly()
    if appeal.penalty.by_id == by.pk and Member.objects.keepers("keep_order").exclude(pk=by.pk).exists():
        return AnotherHostAnswers()
    return None


@transaction.atomic
def answer(*, appeal, by, is_granted, words) -> bool:
    """Answers once, whoever asks at once; a granted objection lifts the penalty. Says whether this was the answer."""
    appeal = Appeal.objects.for_desk().select_for_update(of=("self",)).get(pk=appeal.pk)
    access.require(against_answering(by, appeal))
    if appeal.answered_at is not None:
        return False
    appeal.answered_at, appeal.answered_by, appeal.is_granted, appeal.answer = now(), by, is_granted, words
    appeal.save()
    member = appeal.penalty.member
    recording.record(
        by=by,
        act="appeal.granted" if is_granted else "appeal.refused",
        member=member,
        thing=f"penalty-{appeal.penalty_id}",
        why=words,
    )
    if is_granted and Penalty.objects.lift(appeal.penalty_id, by=by, because=words):
        _copy_ends(Member.objects.select_for_update(no_key=True).get(pk=member.pk))
    member.refresh_from_db()
    kind = "order_appeal_granted" if is_granted else "order_appeal_refused"
    telling.tell(member, kind, about=f"penalty-{appeal.penalty_id}", reason=words)
    return True
