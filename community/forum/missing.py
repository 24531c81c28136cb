"""What people search in vain: counted by words and day, so that somebody writes what is missed. Nothing of who asked."""

import re
from datetime import timedelta

from django.utils.timezone import localdate

from community.commons import chinese
from community.forum import tasks
from community.forum.models import MissedSearch

LONGEST, SHORTEST = 30, 2  # letters: longer ones are pasted, and may tell of somebody
SHOWN_FOR = timedelta(days=30)
_PERSONAL = re.compile(r"@|://|\d[\d\s().-]{5,}\d")  # addresses of mail and of pages, numbers of telephones and orders


def note(words: str):
    """One more search that found nothing; what may tell of a person is not written down."""
    folded = chinese.fold(words)
    if not SHORTEST <= len(folded) <= LONGEST or _PERSONAL.search(folded) or not chinese.runs(folded):
        return
    tasks.count_missed.delay_on_commit(folded)  # asking writes nothing; whoever counts does


def lately():
    """(words, how often, last on) of the last thirty days, the most frequent first."""
    return MissedSearch.objects.since(localdate() - SHOWN_FOR).by_words()
