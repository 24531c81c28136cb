"""Webhooks over the API: registering endpoints, looking at what they were told, sending it again."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from accounts.bearing import Bearer
from community.campaigns.api.conversions import _sane
from community.campaigns.api.plans import Size
from community.campaigns.api.shapes import Moment, Rows, Told, as_typed, fitting
from community.campaigns.forms import HookForm
from community.campaigns.hooks import keeping, telling
from community.campaigns.models import Dispatch, Endpoint
from community.campaigns.models.hooks import KINDS
from community.commons import paging

router = Router(tags=["webhooks"])
Kind = Literal[tuple(KINDS)]  # type: ignore[valid-type]  # known when it runs: the kinds are listed once
Kinds = Annotated[list[Kind], Field(min_length=1, max_length=20)]  # type: ignore[valid-type]
Label = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Address = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class HookOut(Schema):
    id: int
    label: str
    url: str
    kinds: list[str]
    state: Literal["running", "failing", "stopped", "failed"]
    made_at: datetime
    failing_since: datetime | None
    stopped_at: datetime | None


class HookMade(HookOut):
    secret: str = Field(description="For checking signatures. Shown only now.")


class HookIn(Told):
    label: Label
    url: Address
    kinds: Kinds


class HookChange(Told):
    label: Label | None = None
    url: Address | None = None
    kinds: Kinds | None = None


class TryOut(Schema):
    at: datetime
    status: int | None
    why: str
    words: str
    took: int


class DispatchOut(Schema):
    id: UUID
    kind: str
    state: str
    made_at: datetime
    sent_at: datetime | None
    not_before: datetime
    payload: Any
    log: list[TryOut]


class Replay(Told):
    """One delivery, or all that were made in a span."""

    delivery: UUID | None = None
    since: Moment | None = None
    until: Moment | None = None


class Count(Schema):
    count: int


@router.get("/webhooks", response=Rows[HookOut], auth=Bearer("webhooks:read"), summary="List webhooks")
def hooks(request, after: str = "", size: Size = 50):
    rows = paging.by_key(Endpoint.objects.all(), key=("-pk",), after=after, size=size)
    return {"items": rows.rows, "next": rows.next or None}


@router.post("/webhooks", response={201: HookMade}, auth=Bearer("webhooks:write"), summary="Register a webhook")
def register(request, told: HookIn):
    return Status(201, keeping.register(owner=request.auth.member, **fitting(HookForm(told.dict()))))


@router.get("/webhooks/{int:pk}", response=HookOut, auth=Bearer("webhooks:read"), summary="One webhook")
def hook(request, pk: int):
    return get_object_or_404(Endpoint, pk=pk)


@router.patch("/webhooks/{int:pk}", response=HookOut, auth=Bearer("webhooks:write"), summary="Change a webhook")
def change(request, pk: int, told: HookChange):
    found = get_object_or_404(Endpoint, pk=pk)
    now = HookForm(initial={"label": found.label, "url": found.url, "kinds": found.kinds})
    changes = {name: value for name, value in told.dict(exclude_unset=True).items() if value is not None}
    return keeping.change(endpoint=found, **fitting(HookForm(as_typed(now, changes))))


@router.delete("/webhooks/{int:pk}", response={204: None}, auth=Bearer("webhooks:write"), summary="Forget a webhook")
def forget(request, pk: int):
    keeping.forget(endpoint=get_object_or_404(Endpoint, pk=pk))
    return Status(204, None)


@router.put("/webhooks/{int:pk}/stop", response=HookOut, auth=Bearer("webhooks:write"), summary="Stop telling it")
def stop(request, pk: int):
    found = get_object_or_404(Endpoint, pk=pk)
    keeping.stop(endpoint=found)
    return found


@router.delete("/webhooks/{int:pk}/stop", response=HookOut, auth=Bearer("webhooks:write"), summary="Start again")
def start(request, pk: int):
    found = get_object_or_404(Endpoint, pk=pk)
    keeping.start(endpoint=found)
    return found


@router.post(
    "/webhooks/{int:pk}/secrets",
    response={201: HookMade},
    auth=Bearer("webhooks:write"),
    summary="A new secret; the old one signs beside it for a day",
)
def renew_secret(request, pk: int):
    found = get_object_or_404(Endpoint, pk=pk)
    keeping.renew_secret(endpoint=found)
    return Status(201, found)


@router.post(
    "/webhooks/{int:pk}/tests", response={202: DispatchOut}, auth=Bearer("webhooks:write"), summary="Send a test"
)
def send_test(request, pk: int):
    found = get_object_or_404(Endpoint, pk=pk)
    return Status(202, _shown(telling.tell_test(endpoint=found)))


@router.get(
    "/webhooks/{int:pk}/deliveries",
    response=Rows[DispatchOut],
    auth=Bearer("webhooks:read"),
    summary="What it was told, each with every try",
)
def deliveries(request, pk: int, after: str = "", size: Size = 50):
    found = get_object_or_404(Endpoint, pk=pk)
    rows = paging.by_key(Dispatch.objects.of(found).with_log(), key=("-pk",), after=after, size=size)
    return {"items": [_shown(row) for row in rows], "next": rows.next or None}


@router.post(
    "/webhooks/{int:pk}/replays",
    response={202: Count},
    auth=Bearer("webhooks:write"),
    summary="Send again what is over",
)
def replay(request, pk: int, told: Replay):
    found = Dispatch.objects.of(get_object_or_404(Endpoint, pk=pk))
    if told.delivery:
        found = found.with_id(told.delivery)
    return Status(202, {"count": telling.send_again(dispatches=found.made_in(_sane(told.since), _sane(told.until)))})


def _shown(row) -> dict:
    told = {name: getattr(row, name) for name in DispatchOut.model_fields if name != "log"}
    return told | {"log": list(row.log.all())}
