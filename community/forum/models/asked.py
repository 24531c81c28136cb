"""What every page of a thread asks, and every reply: questions whose SQL is made once in a process (commons/prepared.py).

They are put together of the same named questions as all others, so that what a reader may see is said in one place.
"""

from datetime import datetime

from django.utils.timezone import now

from accounts.tiers import rank_of
from community.commons.prepared import Prepared
from community.forum.models.boards import sees_scheduled
from community.forum.models.drafts import Draft
from community.forum.models.rooms import Thread
from community.forum.models.tags import Tag
from community.forum.models.words import PAGE_SIZE, Post

MOST_BESIDE = 5  # other discussions of a board, beside one of them

_threads = Thread.objects
_FOR_HOSTS = Prepared(
    lambda pk, rank: _threads.standing_at(None).let_in_or_teased(rank).for_reading().with_ids([pk]), pk=int, rank=int
)
_FOR_READERS = Prepared(
    lambda pk, rank, moment: _threads.standing_at(moment).let_in_or_teased(rank).for_reading().with_ids([pk]),
    pk=int,
    rank=int,
    moment=datetime,
)
_READING = Prepared(
    lambda thread, member: (
        _threads.with_ids([thread]).with_reading_of(member).values_list("read_number", "board_read_at")
    ),
    thread=int,
    member=int,
)
_TAGS = Prepared(lambda thread: Tag.objects.on(thread), thread=int)


def _on_page(thread, after):
    """Keys of a page and one more. Found before anything is joined to them: of a long thread PostgreSQL would join all."""
    return Post.objects.of(thread).numbered_after(after).values("pk")[: PAGE_SIZE + 1]


_PAGE = Prepared(
    lambda thread, after, member: (
        Post.objects.with_ids(_on_page(thread, after)).for_page().with_reaction_of(member).order_by("number")
    ),
    thread=int,
    after=int,
    member=int,
)
_NEW = Prepared(lambda thread, number: Post.objects.of(thread).readable().numbered_after(number).many(), thread=int, number=int)  # fmt: skip
_DRAFT = Prepared(lambda member, thread: Draft.objects.of_member(member).in_thread(thread), member=int, thread=int)
_BESIDE = Prepared(
    lambda board, moment: _threads.standing_at(moment).on(board).latest_first()[: MOST_BESIDE + 1],
    board=int,
    moment=datetime,
)
# Not against those who only point at the thread: whoever writes down how far they have read waits for nobody's reply.
_LOCKED = Prepared(
    lambda pk: _threads.with_ids([pk]).for_reading().select_for_update(of=("self",), no_key=True), pk=int
)
_POST = Prepared(lambda pk: Post.objects.with_ids([pk]).for_page(), pk=int)


def locked(pk) -> Thread:
    """The thread with its row locked until the end of the transaction."""
    return _LOCKED.get(pk=pk)


def post_as_shown(pk) -> Post:
    """A post with all that its fragment shows, as it is now."""
    return _POST.get(pk=pk)


def thread_for(person, pk) -> Thread | None:
    """What this person may read, or is shown a little of; see ThreadQuerySet.listed_to."""
    if sees_scheduled(person):
        return _FOR_HOSTS.first(pk=pk, rank=rank_of(person))
    return _FOR_READERS.first(pk=pk, rank=rank_of(person), moment=now())


def reading_of(member, thread) -> tuple:
    """(up to which number, up to which moment) a member has read a thread and its board; None for never."""
    return _READING.first(thread=thread.pk, member=member.pk) or (None, None)


def tags_of(thread) -> list[Tag]:
    return _TAGS(thread=thread.pk)


def page_of(thread, person, after) -> list[Post]:
    """The posts of a page and one more, each with the `own_reaction` of this person."""
    posts = _PAGE(thread=thread.pk, after=after, member=person.pk or 0)
    for post in posts:
        post.thread = thread
    return posts


def new_in(thread, number) -> int:
    """How many posts after this one can still be read."""
    return _NEW.first(thread=thread.pk, number=number) or 0


def draft_of(member, thread) -> Draft | None:
    return _DRAFT.first(member=member.pk, thread=thread.pk)


def beside(thread) -> list[Thread]:
    """Other discussions of its board; whoever reads one of its threads may see them all."""
    found = _BESIDE(board=thread.board_id, moment=now())
    return [each for each in found if each.pk != thread.pk][:MOST_BESIDE]
