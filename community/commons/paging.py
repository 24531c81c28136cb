"""Lists paged by key: a page starts after the last row someone saw, so it never skips or repeats."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q


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
    values = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _unpack(key: str, names):
    """The values a key holds, or None when it was damaged on its way: the list then starts at its beginning."""
    try:
        values = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
        if not isinstance(values, list) or len(values) != len(names) or len(key) > 400:
            return None
        read = []
        for value in values:
            if isinstance(value, str):
                value = datetime.fromisoformat(value)
                if value.tzinfo is None:
                    return None
            elif not isinstance(value, int) or abs(value) >= 2**63:
                return None
            read.append(value)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None
    return read


def by_key(queryset, *, key: tuple[str, ...], after: str = "", size: int = 20) -> Slice:
    """Rows of `queryset` in the order of `key` ("-at", "-pk": a unique tail), after the row that `after` names.

    Key columns hold datetimes or integers. Costs one query; a row more than `size` is read to know whether more follow.
    """
    names = [name.lstrip("-") for name in key]
    queryset = queryset.order_by(*key)
    values = _unpack(after, names) if after else None
    if values:
        condition = Q()
        for position, name in enumerate(key):
            equal = {names[i]: values[i] for i in range(position)}
            beyond = "lt" if name.startswith("-") else "gt"
            condition |= Q(**equal, **{f"{names[position]}__{beyond}": values[position]})
        queryset = queryset.filter(condition)
    try:
        rows = list(queryset[: size + 1])
    except TypeError:
        rows = []
    more = len(rows) > size
    rows = rows[:size]
    return Slice(rows, _pack([getattr(rows[-1], name) for name in names]) if more else "")
