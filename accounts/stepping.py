"""Each step of joining is told to whoever listens: where people turn back is nothing the door itself must know."""

from django.utils.timezone import now

from accounts import signals
from accounts.models import Member

JOIN_OPENED, CODE_ASKED, CODE_ENTERED, JOINED = "join_opened", "code_asked", "code_entered", "joined"


def step(request, kind: str):
    """Says that the person behind this request has come so far. Nobody's joining ever fails for it."""
    signals.stepped.send_robust(Member, kind=kind, visitor=request.visitor, request=request, at=now())
