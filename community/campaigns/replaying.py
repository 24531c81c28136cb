"""Brings spooled clicks into the table, each once, whatever happened in between."""

import logging
from pathlib import Path

import psycopg
from django.db import DatabaseError, connection, transaction

from community.campaigns import clicks, counting, signals, spool

log = logging.getLogger(__name__)


def replay() -> int:
    """How many clicks came in. A file is removed only after its lines are committed; a second try adds nothing."""
    return sum(_replay(path) for path in spool.waiting())


def _replay(path: Path) -> int:
    with spool.taken(path) as found:
        if found is None:
            return 0
        columns, lines = found
        if not set(columns) <= set(clicks.COLUMNS):
            lines, bad = [], lines
            _set_aside(path, bad)
        done = _insert(columns, lines, path) if lines else 0
        path.unlink(missing_ok=True)
    if done:
        log.info("spooled clicks came in", extra={"clicks": done, "file": path.name})
    return done


def _insert(columns: list[str], lines: list[bytes], path: Path) -> int:
    try:
        return _insert_all(columns, lines)
    except (DatabaseError, psycopg.Error) as error:  # Django does not translate what happens inside a COPY
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        if getattr(cause, "sqlstate", None) is None or not connection.is_usable():
            raise  # the database went away again; the file stays
        if len(lines) == 1:
            _set_aside(path, lines)
            return 0
    # One damaged line must not hold back the others: halve until it stands alone.
    middle = len(lines) // 2
    return _insert(columns, lines[:middle], path) + _insert(columns, lines[middle:], path)


def _insert_all(columns: list[str], lines: list[bytes]) -> int:
    names = ", ".join(f'"{name}"' for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE spooled ON COMMIT DROP AS SELECT {names} FROM campaigns_click WITH NO DATA"  # noqa: S608
        )
        with cursor.copy(f"COPY spooled ({names}) FROM STDIN") as copy:
            copy.write(b"".join(lines))
        cursor.execute(
            f"INSERT INTO campaigns_click ({names}) SELECT {names} FROM spooled ON CONFLICT DO NOTHING "  # noqa: S608
            "RETURNING id, agent = 'human'"
        )
        came = cursor.fetchall()
        cursor.execute("SELECT DISTINCT link_id FROM spooled WHERE agent = 'human'")
        counting.forget([link for (link,) in cursor.fetchall()])
        # Inside a transaction of somebody else's, the table would outlive this one.
        cursor.execute("DROP TABLE spooled")
        if people := sorted(pk for pk, is_human in came if is_human):
            signals.came_late.send(None, clicks=people)
        return len(came)


def _set_aside(path: Path, lines: list[bytes]):
    """What no table takes is kept for a person to look at."""
    with open(path.with_suffix(".unreadable"), "ab") as file:
        file.writelines(lines)
    log.error("spooled clicks could not be read", extra={"clicks": len(lines), "file": path.name})
