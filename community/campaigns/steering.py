"""The verbs of sending visitors elsewhere: rules in their order, and the arms of a split."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns import keeping, linking, routes, rules
from community.campaigns.models import Rule, Split, TrackedLink

MOST_RULES, MOST_ARMS = 20, 6


def _locked(link) -> TrackedLink:
    """Whoever changes a link's ways does it alone: places and numbers are given under this lock."""
    return TrackedLink.objects.select_for_update(of=("self",)).get(pk=link.pk)


def _changed(link, before, by):
    """Writes down what is different now, and lets every door know."""
    keeping.note(link=link, before=before, after=keeping.ways(link), by=by)
    routes.changed_on_commit(link.code)


@transaction.atomic
def add_rule(*, link, kind, value, destination, by=None) -> Rule:
    """Puts a rule at the end of a link's rules."""
    link = _locked(link)
    before = keeping.ways(link)
    here = list(Rule.objects.of(link).in_order())
    if len(here) >= MOST_RULES:
        raise ValidationError(_("At most %(most)d rules for one link."), params={"most": MOST_RULES}, code="many")
    rule = Rule(link=link, kind=kind, value=rules.check(kind, value), position=len(here))
    linking.aim(rule, destination)
    rule.save()
    _changed(link, before, by)
    return rule


@transaction.atomic
def move_rule(*, rule, steps: int, by=None):
    """Moves a rule up (-1) or down (1) among its link's; at the end of the list it stays."""
    link = _locked(rule.link)
    before = keeping.ways(link)
    here = list(Rule.objects.of(link).in_order())
    place = next((place for place, other in enumerate(here) if other.pk == rule.pk), None)
    if place is None:
        return
    here.insert(min(max(place + steps, 0), len(here) - 1), here.pop(place))
    for position, other in enumerate(here):
        other.position = position
    Rule.objects.bulk_update(here, ["position"])
    _changed(link, before, by)


@transaction.atomic
def remove_rule(*, rule, by=None):
    link = _locked(rule.link)
    before = keeping.ways(link)
    rule.delete()
    _changed(link, before, by)


@transaction.atomic
def add_arm(*, link, weight, destination="", by=None) -> Split:
    """One more arm. The first one a link gets brings another with it: those who go where the link always went."""
    link = _locked(link)
    before = keeping.ways(link)
    here = Split.objects.of(link)
    if here.running().count() >= MOST_ARMS:
        raise ValidationError(_("At most %(most)d arms for one link."), params={"most": MOST_ARMS}, code="many")
    number = (here.aggregate(last=Max("arm"))["last"] + 1) if here.exists() else 0
    if destination and not here.running().exists():
        Split.objects.create(link=link, arm=number, weight=max(1, 100 - weight))
        number += 1
    arm = Split(link=link, arm=number, weight=weight)
    if destination:
        linking.aim(arm, destination)
    arm.save()
    _changed(link, before, by)
    return arm


@transaction.atomic
def weigh_arm(*, arm, weight, by=None):
    link = _locked(arm.link)
    before = keeping.ways(link)
    arm.weight = weight
    arm.save(update_fields=["weight"])
    _changed(link, before, by)


@transaction.atomic
def end_arm(*, arm, by=None):
    """Nobody is sent this way any more; who was stays counted under its letter."""
    link = _locked(arm.link)
    before = keeping.ways(link)
    if arm.ended_at is None:
        arm.ended_at = now()
        arm.save(update_fields=["ended_at"])
        _changed(link, before, by)
