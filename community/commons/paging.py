"""Lists paged by key: a page starts after the last row someone saw, so it never skips or repeats."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Max, Q
from django.utils.functional import cached_property


@dataclass(frozen=True)
class Slice:
    """Some rows, and the key that continues after them (an empty string at the end)."""

    rows: list
    next: str

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def _pack(values) -> str:
    values = [value if isinstance(value, int) else str(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _field(queryset, name):
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    return queryset.model._meta.pk if name == "pk" else queryset.model._meta.get_field(name)


def _unpack(key: str, fields):
    """The values a key holds, or None when it was damaged on its way: the list then starts at its beginning."""
    try:
        packed = json.loads(base64.urlsafe_b64decode(key[:400] + "=" * (-len(key) % 4)))
        if not isinstance(packed, list) or len(packed) != len(fields):
            return None
        values = [field.to_python(value) for field, value in zip(fields, packed, strict=True)]
    except (ValueError, TypeError, RecursionError, ValidationError):
        return None
    for value in values:
        if value is None or (isinstance(value, int) and abs(value) >= 2**63):
            return None
        if isinstance(value, datetime) and value.tzinfo is None:
            return None
    return values


def by_key(queryset, *, key: tuple[str, ...], after: str = "", size: int = 20) -> Slice:
    """Rows of `queryset` in the order of `key` ("-at", "-pk": a unique tail), after the row that `after` names.

    Key columns are never null. Costs one query; a row more than `size` is read to know whether more follow.
    """
    names = [name.lstrip("-") for name in key]
    queryset = queryset.order_by(*key)
    values = _unpack(after, [_field(queryset, name) for name in names]) if after else None
    if values:
        condition = Q()
        for position, name in enumerate(key):
            equal = {names[i]: values[i] for i in range(position)}
            beyond = "lt" if name.startswith("-") else "gt"
            condition |= Q(**equal, **{f"{names[position]}__{beyond}": values[position]})
        queryset = queryset.filter(condition)
    return sliced(list(queryset[: size + 1]), key=key, size=size)


def sliced(rows: list, *, key: tuple[str, ...], size: int) -> Slice:
    """A slice of rows that were found in the order of `key`, one more than `size` if more follow."""
    names = [name.lstrip("-") for name in key]
    more = len(rows) > size
    rows = rows[:size]
    last = rows[-1] if more else None
    # Rows may be of a table, or of what is said of its groups.
    return Slice(rows, _pack([last[n] if isinstance(last, dict) else getattr(last, n) for n in names]) if more else "")


class ByRange(Paginator):
    """What Django wants a paginator for, of rows in the order of their keys: a page is so many keys, however many of
    those still have a row.

    A row stays on its page for good, and the last page costs what the first one does.
    """

    @cached_property
    def num_pages(self) -> int:
        last = self.object_list.aggregate(last=Max("pk"))["last"] or 1
        return (last - 1) // self.per_page + 1

    def page(self, number) -> Page:
        number = self.validate_number(number)
        last = number * self.per_page
        rows = self.object_list.filter(pk__gt=last - self.per_page, pk__lte=last)
        return Page(rows, number, self)
