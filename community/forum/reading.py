"""What one reader sees of a thread: which posts, where the new ones begin, and what is their own."""

import json
from dataclasses import dataclass, field
from functools import cached_property

from accounts import parting
from community.forum import access, pacing
from community.forum.models import PAGE_SIZE, Post, Reaction, Tag, Thread, asked

MOST = 2**31 - 1


def number_in(text: str) -> int | None:
    """A post's number as it stands in an address, or None for anything else."""
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 12 else None


def page_start(number: int) -> int:
    """The number before the page that shows `number`: pages have fixed places, so that one address is one page."""
    return max(number - 1, 0) // PAGE_SIZE * PAGE_SIZE


@dataclass
class Reading:
    """A page of a thread for a person."""

    thread: Thread
    person: object
    after: int
    posts: list[Post]
    reached: int = 0  # the number of the last post they had seen before; 0 when they are new here
    answer_to: Post | None = None
    beside: object = None  # the accepted answer, poll or gathering that stands beside the posts, see kinds/showing.py
    mine: dict = field(default_factory=dict)
    is_end: bool = True  # nothing follows these posts
    waits_until: object = None  # when this person may write again, where the discussion is slow
    is_panel: bool = False  # the last few posts on another page: whoever sees them has not read the thread

    @property
    def is_first(self) -> bool:
        return self.after == 0

    @property
    def is_last(self) -> bool:
        return self.is_panel or self.is_end

    @property
    def last_number(self) -> int:
        return self.posts[-1].number if self.posts else self.after

    @property
    def earlier(self) -> int:
        return max(self.after - PAGE_SIZE, 0)

    @property
    def later(self) -> int:
        return self.last_number

    @cached_property
    def unread_from(self) -> int:
        """The number above which the line stands; 0 for no line: on a first visit everything is new."""
        if not 0 < self.reached < self.thread.last_number:
            return 0
        return next(
            (post.number for post in self.posts if post.number > self.reached and self.after <= self.reached), 0
        )

    @property
    def unread_count(self) -> int:
        """Of posts that can still be read: numbers of those that left or were taken away are no news."""
        if self.is_end and self.after <= self.reached:
            return sum(post.number > self.reached and not post.is_gone for post in self.posts)
        return asked.new_in(self.thread, self.reached)

    @cached_property
    def tags(self) -> list[Tag]:
        return asked.tags_of(self.thread)

    @property
    def last_seams(self) -> list:
        """Where posts left at the end, behind the last one that is there."""
        return [seam for seam in self.thread.seams if seam["above"] > self.last_number] if self.is_last else []

    @property
    def mine_json(self) -> str:
        return json.dumps(self.mine)

    @cached_property
    def folded(self) -> frozenset[int]:
        """Whose posts this person keeps folded; asks nothing for whoever blocks nobody."""
        return parting.folded_for(self.person)

    @property
    def folded_json(self) -> str:
        return json.dumps(sorted(self.folded))

    @cached_property
    def closed(self):
        """Why nothing can be written here by this person, as a refusal; None when it can."""
        return access.against_holding_reply(self.person, self.thread)

    @property
    def may_lock(self) -> bool:
        check = access.may_unlock if self.thread.is_locked else access.may_lock
        return check(self.person, self.thread)

    @property
    def may_tag(self) -> bool:
        return access.against_tagging(self.person, self.thread) is None

    @property
    def may_host(self) -> bool:
        return access.keeps_order(self.person)

    @property
    def may_remove(self) -> bool:
        return access.may_remove_thread(self.person, self.thread)


def answered(seen, text) -> Post | None:
    """The post that a reply on its way answers, wherever in the thread it stands."""
    number = number_in(str(text))
    if not number:
        return None
    shown = next((post for post in seen.posts if post.pk == number), None)
    return shown or seen.thread.posts.readable().select_related("author").with_pk(number)


def reached(person, thread) -> int:
    """The number of the last post a person has seen, in the thread or by saying that its board is read; 0 for none."""
    if not person.is_authenticated:
        return 0
    number, moment = asked.reading_of(person, thread)
    number = number or 0
    if moment is None or number >= thread.last_number:
        return number
    if thread.stirred_at <= moment:
        return thread.last_number
    if not thread.seams:
        return max(number, thread.posts.last_before(moment))
    first = thread.posts.first_since(moment, number)
    return thread.last_number if first is None else first - 1


def own_reactions(person, posts) -> dict:
    if not person.is_authenticated:
        return {}
    return dict(Reaction.objects.of(person, posts).values_list("post_id", "kind"))


def read(thread, person, *, after=None, at=None) -> Reading:
    """The page that was asked for; else where this member stopped; else the beginning."""
    seen_to = reached(person, thread)
    if after is None:
        at = at or min(seen_to + 1 if seen_to else 1, thread.last_number)
        after = page_start(min(at, thread.last_number))
    posts = asked.page_of(thread, person, after)
    is_end, posts = len(posts) <= PAGE_SIZE, posts[:PAGE_SIZE]
    _sew(posts, thread.seams, after)
    return Reading(
        thread=thread,
        person=person,
        after=after,
        posts=posts,
        reached=seen_to,
        mine={post.pk: post.own_reaction for post in posts if post.own_reaction},
        is_end=is_end,
        waits_until=pacing.next_at(person, thread),
    )


def _sew(posts, seams, after):
    """Gives each post the lines that stand above it: of posts that went from here, or came."""
    for post in posts:
        post.seams = [seam for seam in seams if after < seam["above"] <= post.number]
        after = post.number


def latest(thread, person, count) -> Reading:
    """The last few posts, as a panel on another page shows them."""
    posts = list(thread.posts.for_reading().readable().latest_first()[:count])[::-1]
    after = posts[0].number - 1 if posts else 0
    mine = own_reactions(person, posts)
    return Reading(thread=thread, person=person, after=after, posts=posts, mine=mine, is_panel=True)
