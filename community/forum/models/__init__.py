"""The nouns of the living room."""

from community.forum.models.index import Findable, MissedSearch
from community.forum.models.readers import Held, ReadMark
from community.forum.models.rooms import LONGEST_TITLE, SHORTEST_TITLE, Board, Lock, Thread
from community.forum.models.words import (
    LONGEST_POST,
    PAGE_SIZE,
    SHORTEST_OPENING,
    SHORTEST_REPLY,
    Post,
    Reaction,
    Removal,
    Revision,
)

__all__ = [
    "LONGEST_POST",
    "LONGEST_TITLE",
    "PAGE_SIZE",
    "SHORTEST_OPENING",
    "SHORTEST_REPLY",
    "SHORTEST_TITLE",
    "Board",
    "Findable",
    "Held",
    "Lock",
    "MissedSearch",
    "Post",
    "Reaction",
    "ReadMark",
    "Removal",
    "Revision",
    "Thread",
]
