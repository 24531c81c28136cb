"""Who goes where, over the API: a link's rules in their order, and the arms of its split."""

from datetime import datetime
from typing import Annotated

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from accounts.bearing import Bearer
from community.campaigns import destinations, rules, steering
from community.campaigns.api.shapes import Address, Destination, Rows, Told, fitting
from community.campaigns.forms import AnyRuleForm, ArmForm, WeightForm
from community.campaigns.models import Rule, Split, TrackedLink
from community.commons.problems import Problem

router = Router(tags=["links"])
Share = Annotated[int, Field(ge=1, le=100)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class RuleOut(Schema):
    id: int
    position: int = Field(description="From 0; rules are asked in this order, and the first that fits decides.")
    kind: str
    value: str
    said: str = Field(description="The value in words, for people.")
    destination: str


class RuleIn(Told):
    kind: Rule.Kind
    value: Value = Field(
        description="device: ios,tablet · app: line,any · language: en,zh-TW · dates: start/end, either may be left out"
        " · query: name or name=value"
    )
    destination: Destination


class Place(Told):
    position: Annotated[int, Field(ge=0, lt=steering.MOST_RULES)]


class ArmOut(Schema):
    id: int
    arm: int
    letter: str
    weight: int
    share: float | None = Field(description="Of a hundred who come this far; null once the arm has ended.")
    destination: str
    made_at: datetime
    ended_at: datetime | None


class ArmIn(Told):
    weight: Share
    destination: Address = Field("", description="Empty: where the link itself leads.")


class Weight(Told):
    weight: Share


def _link(pk) -> TrackedLink:
    return get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)


def _rules(link) -> list[dict]:
    sites = destinations.sites()
    return [
        {"id": rule.pk, "position": place, "kind": rule.kind, "value": rule.value}
        | {"said": rules.said(rule), "destination": destinations.address_of(rule, sites)}
        for place, rule in enumerate(Rule.objects.of(link).in_order())
    ]


def _arms(link) -> list[dict]:
    sites = destinations.sites()
    arms = list(Split.objects.of(link).in_order())
    whole, own = sum(arm.weight for arm in arms if arm.ended_at is None), destinations.address_of(link, sites)
    return [
        {name: getattr(arm, name) for name in ("arm", "letter", "weight", "made_at", "ended_at")}
        | {"id": arm.pk, "share": None if arm.ended_at else round(arm.weight * 100 / whole, 1)}
        | {"destination": destinations.own_address_of(arm, sites) or own}
        for arm in arms
    ]


def _one(rows, pk) -> dict:
    return next(row for row in rows if row["id"] == pk)


@router.get("/links/{int:pk}/rules", response=Rows[RuleOut], auth=Bearer("links:read"), summary="A link's rules")
def rule_list(request, pk: int):
    return {"items": _rules(_link(pk))}


@router.post(
    "/links/{int:pk}/rules", response={201: RuleOut}, auth=Bearer("links:write"), summary="Add a rule, at the end"
)
def add_rule(request, pk: int, told: RuleIn):
    found = _link(pk)
    form = AnyRuleForm(told.dict())
    try:
        rule = steering.add_rule(link=found, by=request.auth.member, **fitting(form))
    except ValidationError as many:
        raise Problem("conflict", " ".join(many.messages)) from many
    return Status(201, _one(_rules(found), rule.pk))


@router.patch("/links/{int:pk}/rules/{int:rule}", response=RuleOut, auth=Bearer("links:write"), summary="Move a rule")
def move_rule(request, pk: int, rule: int, told: Place):
    found = _link(pk)
    moved = get_object_or_404(Rule.objects.of(found), pk=rule)
    steps = told.position - _one(_rules(found), moved.pk)["position"]
    steering.move_rule(rule=moved, steps=steps, by=request.auth.member)
    return _one(_rules(found), moved.pk)


@router.delete(
    "/links/{int:pk}/rules/{int:rule}", response={204: None}, auth=Bearer("links:write"), summary="Remove a rule"
)
def remove_rule(request, pk: int, rule: int):
    found = get_object_or_404(Rule.objects.of(_link(pk)), pk=rule)
    steering.remove_rule(rule=found, by=request.auth.member)
    return Status(204, None)


@router.get("/links/{int:pk}/arms", response=Rows[ArmOut], auth=Bearer("links:read"), summary="The arms of its split")
def arm_list(request, pk: int):
    return {"items": _arms(_link(pk))}


@router.post(
    "/links/{int:pk}/arms",
    response={201: ArmOut},
    auth=Bearer("links:write"),
    summary="Add an arm; the first brings the link's own way with it",
)
def add_arm(request, pk: int, told: ArmIn):
    found = _link(pk)
    form = ArmForm(told.dict())
    try:
        arm = steering.add_arm(link=found, by=request.auth.member, **fitting(form))
    except ValidationError as many:
        raise Problem("conflict", " ".join(many.messages)) from many
    return Status(201, _one(_arms(found), arm.pk))


@router.patch(
    "/links/{int:pk}/arms/{int:arm}", response=ArmOut, auth=Bearer("links:write"), summary="Change an arm's weight"
)
def weigh_arm(request, pk: int, arm: int, told: Weight):
    found = _link(pk)
    weighed = get_object_or_404(Split.objects.of(found).running(), pk=arm)
    steering.weigh_arm(arm=weighed, by=request.auth.member, **fitting(WeightForm(told.dict())))
    return _one(_arms(found), weighed.pk)


@router.delete(
    "/links/{int:pk}/arms/{int:arm}",
    response={204: None},
    auth=Bearer("links:write"),
    summary="End an arm; whoever went that way stays counted under it",
)
def end_arm(request, pk: int, arm: int):
    found = get_object_or_404(Split.objects.of(_link(pk)).running(), pk=arm)
    steering.end_arm(arm=found, by=request.auth.member)
    return Status(204, None)
