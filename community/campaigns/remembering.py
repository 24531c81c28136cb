"""What the front door knows of a member: told to them, handed to them, and forgotten when they ask.

Forgetting leaves what reports count. A click and a step stay, an hour wide, under a new name made of chance that leads
nowhere; what could tell whose they were is gone. A step of membership (joined, verified, …) is no arrival and stays the
member's, without the links that led to it: from then on nobody knows, and it is counted as coming directly.
"""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.models import BrowserConsent, Consent
from community.campaigns import crediting, moments, touching
from community.campaigns.channels import Channel
from community.campaigns.models import (
    CLICK_IDS,
    Claim,
    Click,
    Conversion,
    Delivery,
    Dispatch,
    Endpoint,
    Step,
    TrackedLink,
    Whereabouts,
)
from community.commons import browsers

SHOWN = 100  # comings on the page; the file has all
_SYSTEMS = {
    "ios": "iPhone / iPad",
    "android": "Android",
    "windows": "Windows",
    "macos": "Mac",
    "chromeos": "Chromebook",
}
_BLANK = {"address": None, "network": None, "agent_said": "", "query": "", "other_ids": None} | dict.fromkeys(CLICK_IDS)
_TOLD = ("id", "at", "kind", "path", "source", "app", "os", "device", "language", "click", "link_id")
_TAPPED = (
    "id",
    "at",
    "link_id",
    "link__label",
    "link__channel",
    "link__campaign__name",
    "agent",
    "trigger",
    "app",
    "os",
    "device",
    "language",
    "referrer",
    "network",
    "agent_said",
    "query",
    *CLICK_IDS,
    "other_ids",
    "outcome",
)


@dataclass(frozen=True, slots=True)
class Coming:
    at: object
    words: str
    details: list[str]


def history(member) -> dict:
    """How they came, in plain words, the latest first; and the one sentence of how they came to join."""
    touches = touching.touches_of([member])[member.pk]
    shown = touches[-SHOWN:][::-1]
    links = TrackedLink.objects.in_bulk({touch.link for touch in shown if touch.link})
    return {
        "sentence": crediting.sentence(touches, member.joined_at),
        "comings": [Coming(touch.at, _said(touch, links.get(touch.link)), _details(touch)) for touch in shown],
        "more": max(0, len(touches) - SHOWN),
        "browsers": Claim.objects.of_members([member]).count(),
    }


def _said(touch, link) -> str:
    if link is not None:
        told = {"place": str(Channel(link.channel).label), "label": link.label}
        return _("Through our link “%(label)s” (%(place)s)") % told
    if touch.is_direct:
        return _("Directly, through no link")
    return _("From %(host)s") % {"host": touch.source}


def _details(touch) -> list[str]:
    inside = _("read inside %(app)s") % {"app": browsers.NAMES.get(touch.app, touch.app)} if touch.app else ""
    return [word for word in (inside, _SYSTEMS.get(touch.os, touch.os.capitalize()), touch.path) if word]


def export(member) -> dict:
    """Everything that is kept of how they came, as rows."""
    visitors = list(Claim.objects.of_members([member]).values_list("visitor", flat=True))
    return {
        "member": {"handle": member.handle, "joined_at": member.joined_at, "is_minor": member.is_minor},
        "browsers": list(Claim.objects.of_members([member]).values("visitor", "at")),
        "clicks": list(Click.objects.of_visitors(visitors).order_by("id").values("visitor", *_TAPPED)),
        "steps": list(Step.objects.of_visitors(visitors).order_by("id").values("visitor", *_TOLD)),
        "conversions": list(
            Conversion.objects.of_member(member)
            .in_order()
            .values("kind", "at", "amount", "currency", "ref", "first_click", "last_click", "first_link", "last_link")
        ),
        "consents": list(Consent.objects.of_member(member).values("purpose", "version", "given_at", "withdrawn_at")),
        "consents_of_browsers": list(
            BrowserConsent.objects.of_visitors(visitors).values(
                "visitor", "purpose", "version", "given_at", "withdrawn_at"
            )
        ),
    }


@transaction.atomic
def forget(*, member) -> int:
    """Whose clicks and steps these were is forgotten for good; says how many there were. Done twice, it is done."""
    claims = Claim.objects.of_members([member]).select_for_update()
    names = {visitor: uuid.uuid4() for visitor in claims.values_list("visitor", flat=True)}
    clicks = _blurred(Click, names, _BLANK)
    steps = _blurred(Step, names, {}, clicks)
    claims.delete()
    Whereabouts.objects.of_members([member]).delete()
    Conversion.objects.of_member(member).update(
        first_click=None, last_click=None, first_link=None, last_link=None, changed_at=now()
    )
    Delivery.objects.of_member(member).forget()
    Dispatch.objects.telling_of(member).forget()
    _untell(clicks)
    return len(clicks) + len(steps)


def _untell(clicks):
    """Messages to other programs that took these clicks along tell of them as they are now: nobody's, an hour wide."""
    endpoints = list(Endpoint.objects.all()) if clicks else []
    for old, new in clicks.items():
        for endpoint in endpoints:
            for message in Dispatch.objects.select_for_update().telling_click(endpoint, old):
                for told in message.payload.get("data", {}).get("clicks", ()):
                    if told["id"] == str(old):
                        hour = moments.moment_of(new).isoformat(timespec="milliseconds").replace("+00:00", "Z")
                        told |= {"id": str(new), "at": hour}
                        message.save(update_fields=["payload"])


def _blurred(model, names, blank, clicks=None) -> dict:
    """Rows under other names and an hour wide, since a moment tells a person too; their new identifiers by the old."""
    rows = list(model.objects.of_visitors(names))
    model.objects.of_visitors(names).delete()
    told = {}
    for row in rows:
        row.at = row.at.replace(minute=0, second=0, microsecond=0)
        told[row.pk] = row.pk = moments.id_at(row.at)
        row.visitor = names[row.visitor]
        for field, value in blank.items():
            setattr(row, field, value)
        if clicks is not None:
            row.click = clicks.get(row.click)
    model.objects.bulk_create(rows, batch_size=1_000)
    return told
