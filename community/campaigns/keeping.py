"""What was changed about a link is written down: who did it, when, from what, and to what."""

from django.db import transaction
from django.utils.timezone import localtime

from community.campaigns import destinations
from community.campaigns.models import Change, Click, Rule, Split, TrackedLink

_AS_THEY_ARE = (
    *("channel", "label", "before_address", "after_address", "full_address", "most_visits"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"),
)
_MOMENTS = ("starts_at", "ends_at", "paused_at")


def _said(value) -> str:
    return "" if value is None else str(value)


def picture(link: TrackedLink) -> dict[str, str]:
    """All that a change is told of, in words."""
    told = {name: _said(getattr(link, name)) for name in _AS_THEY_ARE}
    for name in _MOMENTS:
        moment = getattr(link, name)
        told["paused" if name == "paused_at" else name] = f"{localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
    told["destination"] = destinations.address_of(link)
    return told


def ways(link) -> dict[str, str]:
    """Who goes elsewhere, a line for each rule and each running arm, in words that are the same in every language."""
    sites = destinations.sites()
    rules = [
        f"{rule.kind}: {rule.value} → {destinations.address_of(rule, sites)}"
        for rule in Rule.objects.of(link).in_order()
    ]
    arms = [
        f"{arm.letter} {arm.weight} → {destinations.own_address_of(arm, sites) or '–'}"
        for arm in Split.objects.of(link).running().in_order()
    ]
    return {"rules": "\n".join(rules), "split": "\n".join(arms)}


@transaction.atomic
def note(*, link, before: dict[str, str], after: dict[str, str], by=None) -> int:
    """Writes down what differs between two pictures of a link; gives how much that was."""
    changed = [name for name in after if before.get(name, "") != after[name]]
    if not changed:
        return 0
    visits = Click.objects.of_links([link.pk]).human().count()
    Change.objects.bulk_create(
        Change(link=link, by=by, field=name, before=before.get(name, ""), after=after[name], visits=visits)
        for name in changed
    )
    return len(changed)
