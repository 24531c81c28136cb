"""Keeping others away: blocking and muting. It is written on one's own list alone, and nobody else learns of it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Distance, Member
from community.commons.refusals import Refusal

MOST = 1_000  # nobody needs more; a script would


class NotFromOneself(Refusal):
    status = 409
    message = _("You cannot keep yourself away.")


class TooMany(Refusal):
    status = 409
    message = _("Your list is full. Take somebody off it first.")


@transaction.atomic
def keep_away(*, member, other, kind) -> Distance:
    """Blocks or mutes; asked again with the other kind, it becomes that one."""
    if member.pk == other.pk:
        raise NotFromOneself
    if Distance.objects.of_member(member).count() >= MOST:
        raise TooMany
    row, _made = Distance.objects.update_or_create(
        member=member, other=other, defaults={"kind": Distance.Kind(kind).value}
    )
    _note(member)
    return row


@transaction.atomic
def let_near(*, member, other):
    Distance.objects.of_member(member).towards(other).delete()
    _note(member)


def _note(member):
    """Whoever blocks nobody pays no question for it on any page."""
    has = Distance.objects.of_member(member).blocks().exists()
    Member.objects.one(member.pk).update(has_blocks=has)
    member.has_blocks = has


def folded_for(person) -> frozenset[int]:
    """Ids of those whose posts this person wants folded; costs one question, and none for most people."""
    if not person.is_authenticated or not person.has_blocks:
        return frozenset()
    return frozenset(Distance.objects.of_member(person).blocks().values_list("other", flat=True))


def apart_from(person) -> frozenset[int]:
    """Ids of all who are kept apart from somebody by a block, whoever of the two set it; in one question."""
    if not person.is_authenticated:
        return frozenset()
    pairs = Distance.objects.blocks_around(person).values_list("member", "other")
    return frozenset(pk for pair in pairs for pk in pair) - {person.pk}
