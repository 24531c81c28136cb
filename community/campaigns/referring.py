"""Members bring friends: a link of their own, who came through it, and when that counts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.attending import day_of, end_of
from accounts.models import ActiveDay, Member
from community.campaigns import codes, converting, crediting, doubting, linking, touching
from community.campaigns.channels import Channel
from community.campaigns.models import Campaign, Conversion, Referral, TrackedLink
from community.notices import ringing

CAMPAIGN = "invite"  # the key of the campaign that all invitations belong to
ACTIVE, ACTIVES = "campaigns.friend", "campaigns.friends"
BATCH = 1_000
SENTENCES = {
    ACTIVE: _("Thank you: a friend who came through your link is at home here now."),
    ACTIVES: _("Thank you: %(many)s friends who came through your link are at home here now."),
}


def campaign() -> Campaign:
    """All invitations belong to one campaign, so that they stand together in every report."""
    found, _made = Campaign.objects.get_or_create(key=CAMPAIGN, defaults={"name": str(_("Friends of members"))})
    return found


@transaction.atomic
def make_invite(*, member, destination: str = "/") -> TrackedLink:
    """The member's own link; asking again gives the same one."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    here = TrackedLink.objects.of_member(member).first()
    return here or linking.make_link(
        campaign=campaign(),
        channel=Channel.MEMBER,
        label=member.handle,
        destination=destination,
        code=f"hi-{codes.fresh()}",
        by=member,
        member=member,
        utm_content="",
    )


def on_arrival(sender, *, member, visitor=None, **_signal):
    """Receiver of joined and signed_in, once the browser is known to be the member's."""
    note(member=member, visitor=visitor)


@transaction.atomic
def note(*, member, visitor=None) -> Referral | None:
    """Whether a friend's link was the first by which this member came; asked again when a device is added.

    What has counted stays. What has not is as the touches say now: an older device may know of an earlier way.
    """
    row = Referral.objects.of_friend(member).select_for_update().first()
    if row and row.counted_at:
        return row
    first = first_way(member)
    link = TrackedLink.objects.with_ids([first.link]).invitations().first() if first and first.link else None
    if link is None or link.member_id == member.pk:
        if row and not row.decision:
            row.delete()
        return None
    if row is None or row.link_id != link.pk:
        row, _made = Referral.objects.update_or_create(
            friend=member, defaults={"referrer_id": link.member_id, "link": link, "at": member.joined_at}
        )
    doubting.look(row, first, visitor=visitor)
    return row


def first_way(member) -> touching.Touch | None:
    """The first touch before joining of which we know where it came from."""
    touches = crediting.within_reach(touching.touches_of([member])[member.pk], member.joined_at)
    return next((touch for touch in touches if not touch.is_direct), None)


def active_since(members) -> dict[int, datetime]:
    """From when on each of these members is active; those who are not yet are missing.

    Active is who has taken a first act, and was here on another day than the one of joining: at whichever came later,
    the day counting from its end. Three queries, however many members.
    """
    ids = [getattr(member, "pk", member) for member in members]
    acts = dict(Conversion.objects.of_kind(Conversion.Kind.FIRST_ACT).of_members(ids).values_list("member_id", "at"))
    born = dict(Member.objects.with_ids(list(acts)).values_list("pk", "joined_at"))
    if not born:
        return {}
    back: dict[int, datetime] = {}
    days = ActiveDay.objects.of_members(list(born)).between(
        min(map(day_of, born.values())) + timedelta(1), localdate() - timedelta(1)
    )
    for member, day in days.order_by("day").values_list("member_id", "day"):
        if day > day_of(born[member]):
            back.setdefault(member, end_of(day))
    return {member: max(acts[member], returned) for member, returned in back.items()}


def count_due() -> int:
    """Counts the friends who have become active, and thanks those who brought them. Says how many there were."""
    done, after = 0, 0
    while rows := list(Referral.objects.uncounted().clear().after_id(after).for_desk()[:BATCH]):
        active = active_since([row.friend_id for row in rows])
        done += sum(_count(row, active[row.friend_id]) for row in rows if row.friend_id in active)
        after = rows[-1].pk
    return done


@transaction.atomic
def _count(row, at) -> bool:
    row = Referral.objects.uncounted().clear().with_ids([row.pk]).select_for_update().first()
    if row is None:
        return False
    if not row.decision and doubting.look(row):
        return False  # something came to light since they joined
    row.counted_at = at
    row.save(update_fields=["counted_at"])
    converting.record(member=row.referrer, kind=Conversion.Kind.REFERRAL, at=at, ref=str(row.friend_id))
    _thank(row.referrer)
    return True


def _thank(member):
    """One ring for all friends since the member last read of one."""
    rung = ringing.locked(member=member, about=ACTIVE)
    many = 1 + rung.params["many"] if rung and not rung.is_read else 1
    kind, url = ACTIVES if many > 1 else ACTIVE, reverse("campaigns_door:invite")
    ringing.gather(ring=rung, member=member, kind=kind, params={"many": many}, url=url, about=ACTIVE)


@transaction.atomic
def decide(*, referral, by, allow: bool) -> Referral:
    """A marketer's word on a friend something speaks against. Refusing takes back what had counted."""
    row = Referral.objects.select_for_update().get(pk=referral.pk)
    row.decision = Referral.Decision.ALLOWED if allow else Referral.Decision.REFUSED
    row.decided_by, row.decided_at = by, now()
    if not allow and row.counted_at:
        row.counted_at = None
        steps = Conversion.objects.of_member(row.referrer_id).of_kind(Conversion.Kind.REFERRAL)
        steps.named(str(row.friend_id)).delete()
    row.save(update_fields=["decision", "decided_by", "decided_at", "counted_at"])
    if allow and (at := active_since([row.friend_id]).get(row.friend_id)):
        _count(row, at)
        row.refresh_from_db()
    return row


@dataclass(frozen=True)
class Brought:
    """What an inviter may know of their friends: how many, and the names of those who show themselves anyway."""

    friends: int
    active: int
    names: list[str]


def brought_by(member) -> Brought:
    """Names only of those who chose one and have since spoken or reacted where everyone of their tier sees it."""
    rows = [row for row in Referral.objects.by(member).with_friends() if row.decision != Referral.Decision.REFUSED]
    seen = set(
        Conversion.objects.of_kind(Conversion.Kind.FIRST_ACT)
        .of_members([row.friend_id for row in rows])
        .values_list("member_id", flat=True)
    )
    public = [row.friend for row in rows if row.friend_id in seen and row.friend.is_public]
    return Brought(len(rows), sum(row.counted_at is not None for row in rows), [friend.name for friend in public])


def tree_of(member) -> list[tuple[Referral, list[Referral]]]:
    """The friends someone brought, and the friends each of these brought in turn. Two queries."""
    friends = list(Referral.objects.by(member).for_desk().order_by("at", "pk"))
    theirs = defaultdict(list)
    for row in Referral.objects.by_members([row.friend_id for row in friends]).for_desk().order_by("at", "pk"):
        theirs[row.referrer_id].append(row)
    return [(row, theirs[row.friend_id]) for row in friends]
