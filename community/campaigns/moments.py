"""Click identifiers and the months they fall into: a version 7 UUID begins with its moment."""

import secrets
import uuid
from datetime import UTC, datetime


def id_at(moment: datetime) -> uuid.UUID:
    """A version 7 UUID for a moment that is not now; for replayed or made-up history."""
    head = int(moment.timestamp() * 1000) << 80
    tail = secrets.randbits(74)
    return uuid.UUID(int=head | 7 << 76 | (tail >> 62) << 64 | 2 << 62 | tail & (2**62 - 1))


def floor(moment: datetime) -> uuid.UUID:
    """Smaller than every identifier made at this moment or later."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)


def moment_of(identifier: uuid.UUID) -> datetime:
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)


def month(moment: datetime, later: int = 0) -> datetime:
    """The first instant, in UTC, of the month `later` months after the one that holds `moment`."""
    moment = moment.astimezone(UTC)
    number = moment.year * 12 + moment.month - 1 + later
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
