"""Questions that are asked all day: their SQL is made once in a process, their plan once in a connection.

Making SQL of a queryset takes Django longer than PostgreSQL takes to answer it; and of that time PostgreSQL needs most for
the plan, with eight tables twenty times as long as for finding the rows. A prepared question is built of the same
named querysets as any other, with a Slot wherever a value is told later; nothing about it can be changed afterwards.

    READ_BY = Prepared(lambda member, since: Thing.objects.of(member).since(since)[:20], member=int, since=datetime)
    READ_BY(member=ada.pk, since=yesterday)  # a list
"""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BigIntegerField, DateTimeField, Expression, Field, QuerySet
from django.db.transaction import TransactionManagementError
from psycopg.types.numeric import Int8

_FIELDS: dict[type, Callable[[], Field]] = {int: BigIntegerField, datetime: DateTimeField}
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


class _Planned(ServerBindingCursor):
    """Has its statement planned once in a connection. Django turns that off for all others, which are never the same."""

    def execute(self, query, params=None):
        wire = self.connection
        before, wire.prepare_threshold = wire.prepare_threshold, 0
        try:
            return super().execute(query, params, prepare=True)
        finally:
            wire.prepare_threshold = before


def _fetched(connection, sql, params) -> list[tuple]:
    # Of a statement that was planned before, psycopg cannot say what it was: where that is written down, it goes as all do.
    if not settings.PREPARED_STATEMENTS or connection.queries_logged:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    wire = connection.connection
    before, wire.cursor_factory = wire.cursor_factory, _Planned
    try:
        cursor = connection.cursor()
    finally:
        wire.cursor_factory = before
    with cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


class Slot(Expression):
    """Stands in a question for a value that is told when it is asked."""

    def __init__(self, name: str, output_field: Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Prepared:
    """`ask` is given a Slot for each of `slots` and gives a queryset; asked, it gives the list of what was found."""

    def __init__(self, ask: Callable[..., QuerySet], **slots: type):
        self.ask = ask
        self.slots = {name: Slot(name, _FIELDS[kind]()) for name, kind in slots.items()}
        self._made: tuple | None = None

    def _make(self) -> tuple:
        """Once, when it is first asked: rooms are imported before all models are there."""
        asked = self.ask(**self.slots)
        if asked._prefetch_related_lookups:
            raise TypeError(
                "What is fetched besides would be made anew each time; ask for it in a question of its own."
            )
        compiler = asked.query.get_compiler(using=asked.db)
        sql, params = compiler.as_sql()
        if missing := self.slots.keys() - {param.name for param in params if isinstance(param, Slot)}:
            raise TypeError(f"Nothing depends on {', '.join(sorted(missing))}.")
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        return asked, compiler, sql, params, converters

    def __call__(self, **told) -> list:
        asked, compiler, sql, params, converters = self._made = self._made or self._make()
        # No column holds such a number, so no row has it; PostgreSQL would look through all of them to say so.
        if any(isinstance(value, int) and not _SMALLEST <= value <= _LARGEST for value in told.values()):
            return []
        connection = connections[asked.db]
        if asked.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("A row is locked for as long as a transaction lasts, and there is none.")
        values = {
            name: slot.output_field.get_db_prep_value(told[name], connection) for name, slot in self.slots.items()
        }
        if settings.PREPARED_STATEMENTS:
            # Always of one type: for psycopg a small number is another than a large one, and another statement.
            values = {name: Int8(value) if isinstance(value, int) else value for name, value in values.items()}
        found = _fetched(connection, sql, [values[one.name] if isinstance(one, Slot) else one for one in params])
        bound = copy(compiler)
        bound.connection = connection  # this thread's own
        bound.execute_sql = lambda *args, **kwargs: [found]
        bound.get_converters = lambda fields: converters
        query = copy(asked.query)
        query.get_compiler = lambda using: bound
        rows: Any = type(asked)(model=asked.model, query=query, using=asked.db)
        rows._iterable_class, rows._fields = asked._iterable_class, asked._fields
        return list(rows)

    def first(self, **told):
        """What was found first, or None."""
        found = self(**told)
        return found[0] if found else None

    def get(self, **told):
        """What was found first; as with a queryset, the model says that there is none."""
        if found := self(**told):
            return found[0]
        asked = self._made[0]
        raise asked.model.DoesNotExist
