"""Pages of the shop window that links in posts lead to. The room above that owns them says what every stranger is shown."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A page at an address of ours; without a title it is not for every stranger just now, and stays a link."""

    pk: int
    title: str = ""
    words: str = ""
    site: str = ""
    picture: tuple[str, str, int, int] | None = None  # as AVIF, as JPEG, and its measures


_owners: list[Callable[[Collection[str]], dict[str, Told]]] = []


def said_by(owner):
    """`owner(paths)` gives what there is at these paths, from its own tables alone."""
    _owners.append(owner)


def at(paths: Collection[str]) -> dict[str, Told]:
    return {path: told for owner in _owners for path, told in owner(paths).items()} if paths else {}
