"""People who come, join and stay, made for the tests of the window."""

import uuid
from datetime import timedelta

from django.utils.timezone import now

from accounts import joining
from community.campaigns import converting, crediting, moments
from community.campaigns.models import Click


def tap(link, *, at=None, visitor=None, agent="human", fresh=None, **fields):
    """A click at a moment; its key is of that moment, as the door's are."""
    at = at or now() - timedelta(hours=2)
    fields = {"app": "facebook", "os": "ios", "device": "phone", "language": "zh-TW"} | fields
    fresh = visitor is None and agent == "human" if fresh is None else fresh
    visitor = visitor or uuid.uuid4()
    Click.objects.create(id=moments.id_at(at), link=link, visitor=visitor, agent=agent, at=at, fresh=fresh, **fields)
    return visitor


def come(link, name, *, at=None, **fields):
    """Taps, and joins a minute later."""
    at = at or now() - timedelta(hours=2)
    visitor = tap(link, at=at, **fields)
    return join(name, visitor, at + timedelta(minutes=1))


def join(name, visitor, at):
    member = joining.admit(email=f"{name}@come.example", name=name, visitor=visitor)
    member.joined_at = at
    member.save(update_fields=["joined_at"])
    row = crediting.claim(member=member, visitor=visitor)
    row.at = at
    row.save(update_fields=["at"])
    return member


def step(member, kind, *, at=None, **fields):
    return converting.record(member=member, kind=kind, at=at or now(), **fields)[0]
