"""Sums of closed hours, kept for an hour under the state of the tallies they were read from.

Whoever looks at results looks again: another period, a filter and back, a colleague. A day that is filled, or whose people
are counted again, changes the state, and with it the name under which a sum is kept: nothing has to be thrown away. The
hour that is not closed is no tally, and is never kept.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b

from django.core.cache import cache
from django.db import connection

KEPT = 3_600  # seconds; by then another hour has closed
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Tallied:
    """How far the tallies go, and in which state they are."""

    day: date | None = None
    until: datetime = BEGINNING
    state: str = ""  # of all days together; nothing where no day was filled

    @classmethod
    def now(cls) -> "Tallied":
        """Both in one question: a state that is older than its horizon would leave out an hour."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT day, until, (SELECT concat_ws(' ', count(*), sum(extract(epoch FROM at)), "
                "sum(extract(epoch FROM bonds_at)), sum(extract(epoch FROM until)), sum(facts)) FROM insights_filled) "
                "FROM insights_filled ORDER BY day DESC LIMIT 1"
            )
            row = cursor.fetchone()
        return cls(*row) if row else cls()

    def sums(self, question: str, told: list) -> list[tuple]:
        """The rows that answer a question about tallies."""
        said = blake2b(f"{self.state}\n{question}\n{told}".encode(), digest_size=20).hexdigest()
        rows = cache.get(f"insights:{said}") if self.state else None
        if rows is None:
            with connection.cursor() as cursor:
                cursor.execute(question, told)
                rows = cursor.fetchall()
            if self.state:
                cache.set(f"insights:{said}", rows, KEPT)
        return rows
