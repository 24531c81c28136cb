"""The nouns of the living room."""

from community.forum.models.answers import Acceptance
from community.forum.models.gatherings import Ask, AskVote, Gathering, Reminder
from community.forum.models.index import Findable, MissedSearch
from community.forum.models.polls import FEWEST_OPTIONS, LONGEST_OPTION, MOST_OPTIONS, Option, Poll, Vote
from community.forum.models.readers import Held, ReadMark
from community.forum.models.rooms import LONGEST_TITLE, SHORTEST_TITLE, Board, Lock, Talk, Thread
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
    "FEWEST_OPTIONS",
    "LONGEST_OPTION",
    "LONGEST_POST",
    "LONGEST_TITLE",
    "MOST_OPTIONS",
    "PAGE_SIZE",
    "SHORTEST_OPENING",
    "SHORTEST_REPLY",
    "SHORTEST_TITLE",
    "Acceptance",
    "Ask",
    "AskVote",
    "Board",
    "Findable",
    "Gathering",
    "Held",
    "Lock",
    "MissedSearch",
    "Option",
    "Poll",
    "Post",
    "Reaction",
    "ReadMark",
    "Reminder",
    "Removal",
    "Revision",
    "Talk",
    "Thread",
    "Vote",
]
