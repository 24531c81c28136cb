"""The nouns of the living room."""

from community.forum.models.acts import Act, Fold, FormerPlace, Pin
from community.forum.models.answers import Acceptance
from community.forum.models.boards import LONGEST_SLOWNESS, LONGEST_TITLE, Board, BoardAddress, BoardGroup
from community.forum.models.bookmarks import LONGEST_NOTE, Bookmark
from community.forum.models.choices import TalkSettings
from community.forum.models.drafts import DRAFTS_KEPT_FOR, Draft
from community.forum.models.gatherings import Ask, AskVote, Gathering, Reminder
from community.forum.models.index import Findable, MissedSearch
from community.forum.models.links import LONGEST_CARD_URL, LinkCard, Reference
from community.forum.models.naming import Mention
from community.forum.models.order import Case, Report, Rules, Sweep, WatchedWord
from community.forum.models.pictures import Picture
from community.forum.models.polls import FEWEST_OPTIONS, LONGEST_OPTION, MOST_OPTIONS, Option, Poll, Vote
from community.forum.models.reactions import PLACES, Reaction, ReactionKind
from community.forum.models.readers import BoardRead, Held, ReadMark
from community.forum.models.rooms import MOST_TAGS, MOST_UNREAD, SHORTEST_TITLE, Lock, Talk, Thread
from community.forum.models.tags import LONGEST_TAG, Tag, TagFormer, TagSynonym, ThreadTag
from community.forum.models.words import (
    LONGEST_POST,
    PAGE_SIZE,
    SHORTEST_OPENING,
    SHORTEST_REPLY,
    Post,
    Removal,
    Revision,
)

__all__ = [
    "DRAFTS_KEPT_FOR",
    "FEWEST_OPTIONS",
    "LONGEST_CARD_URL",
    "LONGEST_NOTE",
    "LONGEST_OPTION",
    "LONGEST_POST",
    "LONGEST_SLOWNESS",
    "LONGEST_TAG",
    "LONGEST_TITLE",
    "MOST_OPTIONS",
    "MOST_TAGS",
    "MOST_UNREAD",
    "PAGE_SIZE",
    "PLACES",
    "SHORTEST_OPENING",
    "SHORTEST_REPLY",
    "SHORTEST_TITLE",
    "Acceptance",
    "Act",
    "Ask",
    "AskVote",
    "Board",
    "BoardAddress",
    "BoardGroup",
    "BoardRead",
    "Bookmark",
    "Case",
    "Draft",
    "Findable",
    "Fold",
    "FormerPlace",
    "Gathering",
    "Held",
    "LinkCard",
    "Lock",
    "Mention",
    "MissedSearch",
    "Option",
    "Picture",
    "Pin",
    "Poll",
    "Post",
    "Reaction",
    "ReactionKind",
    "ReadMark",
    "Reference",
    "Reminder",
    "Removal",
    "Report",
    "Revision",
    "Rules",
    "Sweep",
    "Tag",
    "TagFormer",
    "TagSynonym",
    "Talk",
    "TalkSettings",
    "Thread",
    "ThreadTag",
    "Vote",
    "WatchedWord",
]
