"""Sums typed in by hand, spread over their days to the last hundredth."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from community.campaigns.models import Cost, Expense

PIECE = Decimal("0.01")


def pieces(amount: Decimal, days: int) -> list[Decimal]:
    """The amount cut into days whose sum is the amount again."""
    upto = [(amount * day / days).quantize(PIECE) for day in range(days + 1)]
    return [upto[day + 1] - upto[day] for day in range(days)]


@transaction.atomic
def enter(*, campaign, link, kind, amount, currency, starts, ends, note="", by=None) -> Expense:
    expense = Expense.objects.create(
        campaign=campaign,
        link=link,
        kind=kind,
        amount=amount,
        currency=currency,
        starts=starts,
        ends=ends,
        note=note,
        by=by,
    )
    _spread(expense)
    return expense


@transaction.atomic
def change(*, expense, **fields) -> Expense:
    for name, value in fields.items():
        setattr(expense, name, value)
    expense.save()
    expense.days.all().delete()
    _spread(expense)
    return expense


@transaction.atomic
def strike(*, expense):
    expense.delete()


def _spread(expense):
    days = (expense.ends - expense.starts).days + 1
    Cost.objects.bulk_create(
        Cost(
            day=expense.starts + timedelta(days=number),
            link=expense.link,
            campaign=expense.campaign,
            kind=expense.kind,
            amount=amount,
            currency=expense.currency,
            expense=expense,
        )
        for number, amount in enumerate(pieces(expense.amount, days))
    )
