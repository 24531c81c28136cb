"""What a discussion shows to those whom its board does not let in: never more than stands here.

Title, first lines, how many posts, when somebody spoke last, and the faces of members who are public. Lists and the
thread's own page take a Teaser in place of the thread, so that a template cannot show what was not put into it.
"""

from dataclasses import dataclass
from datetime import datetime

from accounts.tiers import opens
from community.forum.models.readers import seen_by_all


@dataclass(frozen=True)
class Teaser:
    """A thread before the door."""

    pk: int
    address: str
    title: str
    first_lines: str
    posts_count: int
    stirred_at: datetime
    tier: object
    people: tuple = ()
    is_teaser = True

    def get_absolute_url(self) -> str:
        return self.address


def is_shut(thread, person) -> bool:
    return not opens(person, thread.board.tier_to_see)


def of_all(threads, person) -> list:
    """Rows of a list, with a Teaser for each that this person may not read; one query, where there is any."""
    shut = [thread for thread in threads if is_shut(thread, person)]
    people = seen_by_all({pk for thread in shut for pk in thread.faces}) if shut else {}
    return [_of(thread, people) if thread in shut else thread for thread in threads]


def of(thread) -> Teaser:
    return _of(thread, seen_by_all(thread.faces))


def words_of(thread) -> Teaser:
    """Without faces, which change with every post."""
    return _of(thread, {})


def _of(thread, people) -> Teaser:
    return Teaser(
        pk=thread.pk,
        address=thread.get_absolute_url(),
        title=thread.title,
        first_lines=thread.first_lines,
        posts_count=thread.posts_count,
        stirred_at=thread.stirred_at,
        tier=thread.board.tier_to_see,
        people=tuple(people[pk] for pk in thread.faces if pk in people),
    )
