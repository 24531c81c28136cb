"""How a post was changed: each change with the time it was made and what it took out and put in."""

from dataclasses import dataclass
from datetime import datetime

from community.commons import differing
from community.commons.paging import by_key
from community.forum import access
from community.forum.models import Revision

AT_ONCE = 10


@dataclass(frozen=True)
class Change:
    """One edit: from the words before it to those after it."""

    at: datetime
    is_early: bool
    pieces: list[differing.Piece]

    @property
    def has_words(self) -> bool:
        return any(piece.kind != differing.SAME for piece in self.pieces)


def changes(post, after="") -> tuple[list[Change], str]:
    """The latest first, and the key that leads to the earlier ones."""
    rows = by_key(post.revisions.all(), key=("-pk",), after=after, size=AT_ONCE)
    made, later = [], None
    for row in rows:
        if later is None:
            newer = Revision.objects.after(row) if after else None
            later = newer.body if newer else post.body
        is_early = row.at - post.made_at <= access.GRACE
        made.append(Change(row.at, is_early, differing.changes(row.body, later)))
        later = row.body
    return made, rows.next


def against(post, words) -> list[differing.Piece]:
    """What somebody's words would take from a post as it stands, and add to it."""
    return differing.changes(post.body, words)
