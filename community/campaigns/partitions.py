"""The months of the tables of clicks and of steps."""

from datetime import datetime

from django.db import connection, transaction

from community.campaigns import moments
from community.campaigns.models import Click, Step

AHEAD = 3
CLICKS = Click._meta.db_table
TABLES = {
    model._meta.db_table: ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    for model in (Click, Step)
}


def name_of(first: datetime, table: str = CLICKS) -> str:
    return f"{table}_{first.year}_{first.month:02}"


def existing(table: str = CLICKS) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
        return {row[0] for row in cursor.fetchall()}


def ensure(since: datetime, until: datetime) -> list[str]:
    """Makes the tables of all months from one moment to another; says which were new."""
    made = []
    for table in TABLES:
        here, first = existing(table), moments.month(since)
        while first <= until:
            if name_of(first, table) not in here:
                _make(first, table)
                made.append(name_of(first, table))
            first = moments.month(first, 1)
    return made


@transaction.atomic
def _make(first: datetime, table: str):
    """Moves what had already fallen into the default table, which would otherwise forbid the new one."""
    name, low, high = name_of(first, table), moments.floor(first), moments.floor(moments.month(first, 1))
    columns = TABLES[table]
    with connection.cursor() as cursor:
        # Two workers at once: the second waits here, and finds the work done.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [table])
        if name in existing(table):
            return
        cursor.execute(f"LOCK TABLE {table}_other IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM {table}_other WHERE id >= %s AND id < %s RETURNING {columns}) "  # noqa: S608
            f"INSERT INTO {name} ({columns}) SELECT {columns} FROM moved",
            [low, high],
        )
        cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{low}') TO ('{high}')")
