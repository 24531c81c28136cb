"""The months of the table of clicks."""

from datetime import datetime

from django.db import connection, transaction

from community.campaigns import clicks, moments

AHEAD = 3


def name_of(first: datetime) -> str:
    return f"campaigns_click_{first.year}_{first.month:02}"


def existing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'campaigns_click'::regclass")
        return {row[0] for row in cursor.fetchall()}


def ensure(since: datetime, until: datetime) -> list[str]:
    """Makes the tables of all months from one moment to another; says which were new."""
    made, here, first = [], existing(), moments.month(since)
    while first <= until:
        if name_of(first) not in here:
            _make(first)
            made.append(name_of(first))
        first = moments.month(first, 1)
    return made


@transaction.atomic
def _make(first: datetime):
    """Moves what had already fallen into the default table, which would otherwise forbid the new one."""
    name, low, high = name_of(first), moments.floor(first), moments.floor(moments.month(first, 1))
    with connection.cursor() as cursor:
        # Two workers at once: the second waits here, and finds the work done.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('campaigns_click'))")
        if name in existing():
            return
        cursor.execute("LOCK TABLE campaigns_click_other IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {name} (LIKE campaigns_click INCLUDING DEFAULTS)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM campaigns_click_other WHERE id >= %s AND id < %s RETURNING {clicks.NAMES}) "  # noqa: S608
            f"INSERT INTO {name} ({clicks.NAMES}) SELECT {clicks.NAMES} FROM moved",
            [low, high],
        )
        cursor.execute(f"ALTER TABLE campaigns_click ATTACH PARTITION {name} FOR VALUES FROM ('{low}') TO ('{high}')")
