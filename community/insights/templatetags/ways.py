"""How members came, told on the desk's pages: a sentence for each step, and who is thanked for joining by each model."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.timezone import now

from community.campaigns import crediting, touching
from community.campaigns.crediting import MODELS, WHOLE
from community.campaigns.models import Conversion, TrackedLink

register = template.Library()


@dataclass(frozen=True)
class Coming:
    """One touch, and what each model thanks it with for the joining: per cent, in the order of MODELS."""

    touch: touching.Touch
    link: TrackedLink | None
    shares: list[float]

    @property
    def name(self) -> Any:
        return self.link or crediting.name_of(self.touch)


@register.simple_tag
def tell_ways(rows) -> str:
    """Gives each of these conversions its sentence, as `told`. Three questions, however many rows."""
    rows = list(rows)
    touches = touching.touches_of({row.member_id for row in rows})
    for row in rows:
        row.told = crediting.sentence(touches[row.member_id], row.at, row.kind)
    return ""


@register.simple_tag
def way_of(member) -> dict:
    """Everything that is known of one member's coming: the steps, each in a sentence, and the touches. Five questions."""
    touches = touching.touches_of([member])[member.pk]
    steps = list(Conversion.objects.of_member(member).in_order())
    for row in steps:
        row.told = crediting.sentence(touches, row.at, row.kind)
    joined = next((row.at for row in steps if row.kind == Conversion.Kind.JOINED), now())
    links = TrackedLink.objects.with_ids({touch.link for touch in touches if touch.link}).for_desk().in_bulk()
    shared = [dict(_by_place(touches, joined, model)) for model in MODELS]
    comings = [
        Coming(touch, links.get(touch.link), [of_model.get(place, 0) / WHOLE * 100 for of_model in shared])
        for place, touch in enumerate(touches)
    ]
    return {"steps": steps, "comings": comings, "is_shared": any(any(coming.shares) for coming in comings)}


def _by_place(touches, at, model):
    """(which touch, its part); two touches may look alike, so they are told apart by being the very same thing."""
    place = {id(touch): number for number, touch in enumerate(touches)}
    for touch, part in crediting.parts(touches, at, model):
        if id(touch) in place:
            yield place[id(touch)], part
