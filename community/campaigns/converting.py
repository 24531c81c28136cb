"""Steps as facts: each is written down once, whoever notices it, and told to the rooms above."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils.timezone import now

from community.campaigns import signals
from community.campaigns.models import Conversion

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Fact:
    """That a member took a step, as the room where it happened knows it."""

    member: int
    kind: str
    at: datetime
    ref: str = ""

    @property
    def key(self) -> tuple:
        return self.member, self.kind, self.ref


@transaction.atomic
def record(*, member, kind: str, at: datetime, ref: str = "", amount: Decimal | None = None, currency: str = ""):
    """The row of a step, and whether it is new. Saying it again changes nothing, not even with another amount."""
    row, made = Conversion.objects.get_or_create(
        member=member, kind=kind, ref=ref, defaults={"at": at, "amount": amount, "currency": currency}
    )
    if made:
        _tell([row])
    return row, made


def _tell(rows):
    for row in rows:
        said = partial(signals.converted.send_robust, Conversion, conversion_id=row.pk, kind=row.kind)
        transaction.on_commit(said)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a comparison with the facts has changed."""

    made: int = 0
    moved: int = 0
    gone: int = 0

    def __add__(self, other):
        return Settled(self.made + other.made, self.moved + other.moved, self.gone + other.gone)

    def __bool__(self):
        return bool(self.made or self.moved or self.gone)


@transaction.atomic
def settle(*, facts, members, kinds, start=None, end=None, tell=True) -> Settled:
    """Makes the rows of these members and kinds say what the facts say: adds, moves, and takes back what is none.

    Only steps between `start` and `end` are looked at. Two queries read, at most three write; a second run writes
    nothing. A row whose moment moved is `changed_at` now, so that what was counted from it is counted again.
    """
    known = {fact.key: fact for fact in facts}
    rows = Conversion.objects.of_members(members).of_kind(*kinds).select_for_update()
    here = {(row.member_id, row.kind, row.ref): row for row in rows}
    gone = [row.pk for key, row in here.items() if key not in known and _within(row.at, start, end)]
    moved = []
    for key, row in here.items():
        if (
            key in known
            and row.at != (at := known[key].at)
            and (_within(row.at, start, end) or _within(at, start, end))
        ):
            row.at, row.changed_at = at, now()
            moved.append(row)
    new = [
        Conversion(member_id=fact.member, kind=fact.kind, at=fact.at, ref=fact.ref)
        for key, fact in known.items()
        if key not in here and _within(fact.at, start, end)
    ]
    Conversion.objects.with_ids(gone).delete()
    Conversion.objects.bulk_update(moved, ["at", "changed_at"], batch_size=BATCH)
    made = _add(new)
    if tell:
        _tell(made)
    return Settled(len(made), len(moved), len(gone))


def _within(moment, start, end) -> bool:
    return (not start or moment >= start) and (not end or moment < end)


def _add(rows) -> list[Conversion]:
    """Those that somebody else wrote at the same moment are theirs to tell of."""
    if not rows:
        return []
    Conversion.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    # A row that met another has no key of ours: what stands there now is asked, with the moment it was made at.
    ours = {(row.member_id, row.kind, row.ref): row.changed_at for row in rows}
    there = Conversion.objects.of_members({row.member_id for row in rows}).of_kind(*{row.kind for row in rows})
    return [row for row in there if ours.get((row.member_id, row.kind, row.ref)) == row.changed_at]


def touch_up(members):
    """The touches of these members are others now: what their steps were credited to must be counted again."""
    Conversion.objects.of_members(members).update(changed_at=now())
