"""Writes down how far people come after the door, each time with the link that had brought them."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from community.campaigns import agents, clicks, moments
from community.campaigns.models import Click, Step

REACH = timedelta(hours=24)  # for how long a step belongs to the link somebody tapped
SKEW = timedelta(minutes=5)  # another machine of ours, whose clock is ahead, may have let them in
_AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ", "HTTP_X_PURPOSE")


def agent_of(request) -> agents.Agent | None:
    """Whose browser this is; None for machines, and for pages fetched before anybody looks."""
    meta = request.META
    agent = agents.read(meta.get("HTTP_USER_AGENT", ""))
    purpose = " ".join(meta[name] for name in _AHEAD if name in meta).lower()
    return agent if agents.kind_of(agent, method=request.method, purpose=purpose) == agents.HUMAN else None


def latest_click(visitor, at, reach=REACH) -> dict | None:
    """The link this browser tapped last, if that was not too long ago."""
    if visitor is None:
        return None
    near = Click.objects.human().of_visitor(visitor).between(at - reach, at + SKEW)
    return near.order_by("-id").values("id", "link_id", "at").first()


def note(*, kind, visitor, agent, language="", path="", source="", at=None) -> Step:
    """One row; `agent` is what agents.read said of the browser."""
    at = at or now()
    click = latest_click(visitor, at) or {"id": None, "link_id": None}
    return Step.objects.create(
        id=moments.id_at(at),
        visitor=visitor,
        at=at,
        kind=kind,
        click=click["id"],
        link_id=click["link_id"],
        path=path[:200],
        source=source,
        app=agent.app,
        os=agent.os,
        device=agent.device,
        language=clicks.language_of(language),
    )


def on_step(sender, *, kind, visitor, request, at, **_signal):
    """Receiver of stepped."""
    if agent := agent_of(request):
        with transaction.atomic():
            note(
                kind=kind,
                visitor=visitor,
                agent=agent,
                language=request.META.get("HTTP_ACCEPT_LANGUAGE", ""),
                path=request.path,
                at=at,
            )
