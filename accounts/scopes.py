"""What a key can be allowed to do: each room registers its scopes, and says whether a member has that right at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scope:
    key: str
    label: Any  # lazily translated
    may: Callable[[Any], bool]


_scopes: dict[str, Scope] = {}


def register(key: str, label, may: Callable[[Any], bool]) -> None:
    _scopes[key] = Scope(key, label, may)


def known() -> list[Scope]:
    return [_scopes[key] for key in sorted(_scopes)]


def open_to(member) -> list[Scope]:
    """Those that a key of this member could make use of."""
    return [scope for scope in known() if scope.may(member)]


def may(member, key: str) -> bool:
    """A key never opens more than its member's own rights, asked anew at each request."""
    return key in _scopes and _scopes[key].may(member)
