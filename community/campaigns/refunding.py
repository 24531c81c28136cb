"""Taking back revenue, in whole or in part: a step of its own, so that what was earned and what was returned both stand."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.campaigns import converting
from community.campaigns.models import Conversion
from community.commons.refusals import Refusal

PREFIX = "refund:"


class NotThat(Refusal):
    status = 409
    message = gettext_lazy("Only revenue can be refunded, and no more of it than came in.")


@transaction.atomic
def refund(*, conversion, amount: Decimal, ref: str, at) -> tuple[Conversion, bool]:
    """The row of a refund, and whether it is new. The same `ref` again changes nothing, and must say the same amount."""
    paid = Conversion.objects.select_for_update().get(pk=conversion.pk)
    if paid.kind != Conversion.Kind.REVENUE or paid.amount is None or paid.amount <= 0:
        raise NotThat
    whole_ref = f"{PREFIX}{paid.pk}:{ref}"
    before = {row.ref: row for row in Conversion.objects.refunds_of(paid)}
    if whole_ref in before:
        if before[whole_ref].amount != -amount:
            raise NotThat(_("A refund of this reference stands already, with another amount."))
        return before[whole_ref], False
    if amount - sum(row.amount for row in before.values()) > paid.amount:
        raise NotThat
    return converting.record(
        member=paid.member, kind=paid.kind, at=at, ref=whole_ref, amount=-amount, currency=paid.currency
    )
