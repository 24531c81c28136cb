"""Whose clicks these were, and which link is thanked for a member."""

from django.db import transaction

from community.campaigns.models import Claim, Click, Conversion


@transaction.atomic
def claim(*, member, visitor) -> Conversion:
    """This browser is that member's: what came through it counts as theirs from now on, on every device they use.

    A browser belongs to the first who signed in with it; leaving gives it a new name.
    """
    if visitor is not None:
        Claim.objects.bulk_create([Claim(visitor=visitor, member=member)], ignore_conflicts=True)
    return credit(member=member)


@transaction.atomic
def credit(*, member) -> Conversion:
    """Writes down which links had led to a member's joining, as far as is known today.

    Computed from the clicks themselves, so it may run any number of times. A device that signs in later brings its
    earlier clicks; nothing known is ever replaced by nothing, so coming directly changes nobody's credit.
    """
    row, _made = Conversion.objects.get_or_create(
        member=member, kind=Conversion.Kind.JOINED, defaults={"at": member.joined_at}
    )
    touches = Click.objects.of_member(member).until(row.at)
    first, last = touches.first(), touches.last()
    if first is None or last is None or (row.first_click, row.last_click) == (first.pk, last.pk):
        return row
    row.first_click, row.first_link_id = first.pk, first.link_id
    row.last_click, row.last_link_id = last.pk, last.link_id
    row.save(update_fields=["first_click", "first_link", "last_click", "last_link"])
    return row


def on_arrival(sender, *, member, visitor=None, **_signal):
    """Receiver of joined and signed_in."""
    claim(member=member, visitor=visitor)
