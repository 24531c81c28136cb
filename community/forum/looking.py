"""What lists say of threads beyond their rows: what everybody is reading, and from when on something is new."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.forum.models import ReadMark, Talk, Thread

OLD_NEWS = timedelta(days=14)  # what stirred longer ago is not new to somebody who never opened it
LATELY = timedelta(days=2)
KEPT_FOR = 300  # seconds: nobody sees a reader more or less
ANNOUNCED_FOR, MOST_ANNOUNCED = timedelta(days=14), 3
MOST_COUNTED, MOST_SHOWN, FEWEST = 60, 5, 2


def new_since(member):
    return max(member.joined_at, now() - OLD_NEWS)


def watched(person) -> list[tuple[Thread, int]]:
    """What most members read on in these two days, and how many they were; as far as this person may see it.

    Counted once in five minutes for everybody, without regard to rights, and then cut to what this person may see.
    """
    told = cache.get("forum:watched")
    if told is None:
        told = list(ReadMark.objects.most_read_since(now() - LATELY)[:MOST_COUNTED])
        cache.set("forum:watched", told, KEPT_FOR)
    many = {thread: readers for thread, readers in told if readers >= FEWEST}
    if not many:
        return []
    threads = Thread.objects.visible_to(person).with_ids(many)
    order = {pk: place for place, pk in enumerate(many)}
    seen = sorted(threads, key=lambda thread: order[thread.pk])[:MOST_SHOWN]
    return [(thread, many[thread.pk]) for thread in seen]


def talks_of(board) -> dict[str, str]:
    """Kinds of talk that one board can be narrowed down to, with what they are called."""
    told = {Thread.Kind.QUESTION.value: _("questions"), **dict(Talk.choices)}
    del told[Talk.SOLVED]  # all questions, and those that wait, are what people look for
    kind_of = {Talk.UNSOLVED.value: Thread.Kind.QUESTION.value}
    return {talk: name for talk, name in told.items() if not board.kinds or kind_of.get(talk, talk) in board.kinds}


def next_opening():
    """When the next thread opens by the clock: what strangers are shown of any list is true until then."""
    return Thread.objects.to_come().first_opening()


def announced(threads, person) -> list[Thread]:
    """Announcements that stand on top for this person: until their day, else two weeks; for members until they opened them."""
    moment = now()
    rows = threads.announced(person, moment, moment - ANNOUNCED_FOR).select_related("board", "author")
    return list(rows[:MOST_ANNOUNCED])
