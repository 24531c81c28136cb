"""Questions that are asked all day: their SQL is made once in a process, and from then on only values are put in.

Making SQL of a queryset takes Django longer than PostgreSQL takes to answer it. A prepared question is built of the same
named querysets as any other, with a Slot wherever a value is told later; nothing about it can be changed afterwards.

    READ_BY = Prepared(lambda member, since: Thing.objects.of(member).since(since)[:20], member=int, since=datetime)
    READ_BY(member=ada.pk, since=yesterday)  # a list
"""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, DateTimeField, Expression, Field, QuerySet
from django.db.transaction import TransactionManagementError

_FIELDS: dict[type, Callable[[], Field]] = {int: BigIntegerField, datetime: DateTimeField}
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


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
        bound = copy(compiler)
        bound.connection = connection  # this thread's own
        bound.as_sql = lambda: (sql, tuple(values[one.name] if isinstance(one, Slot) else one for one in params))
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
