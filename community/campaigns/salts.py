"""The day's salt: without it a network address is never written down, not even as a hash."""

import secrets
from datetime import UTC, datetime, timedelta

from community.campaigns.models import Salt

KEPT = timedelta(hours=48)


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def end_of(day: str) -> float:
    """The moment from which on another salt holds."""
    return (datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)).timestamp()


def of(day: str) -> bytes:
    """The salt of a day, the same for every process."""
    salt, _made = Salt.objects.get_or_create(day=day, defaults={"secret": secrets.token_bytes(32)})
    return bytes(salt.secret)


def forget() -> int:
    """Destroys what is older than two days; the hashes made with it mean nothing from then on."""
    return Salt.objects.older_than(datetime.now(UTC) - KEPT).delete()[0]
