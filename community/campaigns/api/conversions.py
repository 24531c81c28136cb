"""Steps of members over the API: all can be read; revenue and refunds can be recorded."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from accounts.bearing import Bearer
from accounts.models import Member
from community.campaigns import earning, refunding
from community.campaigns.api.plans import Size
from community.campaigns.api.shapes import Moment, Number, Rows, Told
from community.campaigns.models import Conversion
from community.commons import paging
from community.commons.problems import Problem

router = Router(tags=["conversions"])
SKEW = timedelta(minutes=5)  # clocks differ a little
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,11}(\.[0-9]{1,2})?$")]
Ref = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,40}$")]


class Person(Schema):
    id: int
    handle: str


class ConversionOut(Schema):
    id: int
    kind: str
    at: datetime
    member: Person
    ref: str
    amount: str | None = Field(description="Less than nothing: a refund.")
    currency: str
    first_link: int | None
    last_link: int | None
    changed_at: datetime


class RevenueIn(Told):
    """Say who by exactly one of `member`, `handle` and `email`."""

    member: Number | None = None
    handle: Annotated[str, StringConstraints(min_length=1, max_length=30)] | None = None
    email: Annotated[str, StringConstraints(min_length=3, max_length=254)] | None = None
    ref: Ref = Field(description="Your order number: the same number again is the same revenue.")
    amount: Amount
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
    at: Moment | None = None


class RefundIn(Told):
    ref: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,30}$")]
    amount: Amount
    at: Moment | None = None


def shown(row) -> dict:
    told = {name: getattr(row, name) for name in ("id", "kind", "at", "member", "ref", "currency", "changed_at")}
    amount = None if row.amount is None else f"{row.amount:.2f}"
    return told | {"amount": amount, "first_link": row.first_link_id, "last_link": row.last_link_id}


@router.get("/conversions", response=Rows[ConversionOut], auth=Bearer("conversions:read"), summary="List steps")
def conversions(
    request,
    after: str = "",
    size: Size = 50,
    kind: Conversion.Kind | None = None,
    member: Number | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
):
    found = Conversion.objects.narrowed(kind=kind, member=member).between(_sane(since), _sane(until))
    rows = paging.by_key(found.select_related("member"), key=("-at", "-pk"), after=after, size=size)
    return {"items": [shown(row) for row in rows], "next": rows.next or None}


@router.get("/conversions/{int:pk}", response=ConversionOut, auth=Bearer("conversions:read"), summary="One step")
def conversion(request, pk: int):
    return shown(get_object_or_404(Conversion.objects.select_related("member"), pk=pk))


@router.post(
    "/conversions",
    response={200: ConversionOut, 201: ConversionOut},
    auth=Bearer("conversions:write"),
    summary="Record revenue; 200 when it was recorded before",
)
def record_revenue(request, told: RevenueIn):
    if told.ref.startswith(refunding.PREFIX):
        raise Problem("invalid", errors=[("/ref", _("References of this form are kept for refunds."))])
    try:
        row, made = earning.earn(
            member=_member(told), ref=told.ref, amount=_amount(told.amount), currency=told.currency, at=_at(told.at)
        )
    except ValidationError as error:
        if error.code == "other":
            raise Problem("conflict", " ".join(error.messages)) from error
        raise
    return Status(201 if made else 200, shown(row))


@router.post(
    "/conversions/{int:pk}/refunds",
    response={200: ConversionOut, 201: ConversionOut},
    auth=Bearer("conversions:write"),
    summary="Refund revenue, in whole or in part; 200 when it was recorded before",
)
def refund(request, pk: int, told: RefundIn):
    paid = get_object_or_404(Conversion, pk=pk)
    row, made = refunding.refund(conversion=paid, amount=_amount(told.amount), ref=told.ref, at=_at(told.at))
    return Status(201 if made else 200, shown(row))


def _member(told) -> Member:
    said = [name for name in ("member", "handle", "email") if getattr(told, name) is not None]
    if len(said) != 1:
        raise Problem("invalid", errors=[("/", _("Say who by exactly one of member, handle and email."))])
    people = Member.objects.public()
    if said == ["member"]:
        found = people.numbered([told.member])
    elif said == ["handle"]:
        found = people.named(told.handle)
    else:
        found = people.with_email(told.email)
    if (member := found.first()) is None:
        raise Problem("invalid", errors=[(f"/{said[0]}", _("There is no such member."))])
    return member


def _amount(said: str) -> Decimal:
    if (amount := Decimal(said)) == 0:
        raise Problem("invalid", errors=[("/amount", _("Nothing was earned."))])
    return amount.quantize(Decimal("0.01"))


def _at(moment) -> datetime:
    if moment is None:
        return now()
    if not EARLIEST <= moment <= now() + SKEW:
        raise Problem("invalid", errors=[("/at", _("This moment is still to come, or too long ago."))])
    return moment


def _sane(moment):
    """A moment so far off that no calendar of ours reaches it is the beginning or the end."""
    return moment if moment is None else min(max(moment, EARLIEST), EARLIEST.replace(year=3000))
