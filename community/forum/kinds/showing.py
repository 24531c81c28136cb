"""What one reader sees of a thread beside its posts: the accepted answer, a poll, a gathering."""

from dataclasses import dataclass, field
from functools import cached_property

from community.commons import prose
from community.forum import access
from community.forum.models import Acceptance, Ask, Gathering, Option, Poll, Thread

GIST = 140
MOST_ASKS, MOST_ANSWERED = 5, 20  # on the thread's own page; all of them have a page of their own


@dataclass
class Solved:
    """Where a question stands: the answer that was accepted, or that there is none yet."""

    thread: Thread
    person: object
    posts: list = field(default_factory=list)
    template = "forum/kinds/_solved.html"

    @cached_property
    def answer(self):
        """Its post, which may stand on this very page; asked for only where there is one."""
        number = self.thread.solved_number
        here = next((post for post in self.posts if post.number == number), None)
        if number is None or here:
            return here
        found = Acceptance.objects.of(self.thread)
        return found and found.post

    @property
    def gist(self) -> str:
        return prose.excerpt(prose.plain(self.answer.html), GIST) if self.answer else ""

    @property
    def may_accept(self) -> bool:
        return self.person.is_authenticated and (
            self.thread.author_id == self.person.pk or access.speaks_for_the_house(self.person)
        )


@dataclass
class PollSeen:
    thread: Thread
    person: object
    poll: Poll
    options: list
    error: str = ""
    chosen: frozenset = frozenset()  # what was sent and refused
    template = "forum/kinds/_poll.html"

    @property
    def has_voted(self) -> bool:
        return any(option.is_mine for option in self.options)

    @property
    def ticked(self) -> frozenset:
        return self.chosen or frozenset(option.pk for option in self.options if option.is_mine)

    @cached_property
    def closed(self):
        """Why nothing can be chosen here by this person, as a refusal; None when it can."""
        return access.against_holding_vote(self.person, self.thread)

    @property
    def shows(self) -> bool:
        return access.may_see_results(self.poll, self.has_voted)

    @property
    def asks_again(self) -> bool:
        """What it shows this reader is told to nobody else, so that it is asked for and not sent to all."""
        return self.shows and not access.may_see_results(self.poll, has_voted=False)

    @property
    def may_close(self) -> bool:
        return access.may_close_poll(self.person, self.thread)

    @property
    def may_see_voters(self) -> bool:
        return access.may_see_voters(self.person, self.poll, self.has_voted)


@dataclass
class GatheringSeen:
    thread: Thread
    person: object
    gathering: Gathering
    asks: list
    template = "forum/kinds/_gathering.html"

    @property
    def hosts(self) -> bool:
        return access.hosts(self.person, self.gathering)

    @property
    def may_ask(self) -> bool:
        closed = access.against_holding_reply(self.person, self.thread)
        return closed is None and not self.thread.is_over

    @property
    def recap(self):
        recap = self.gathering.recap
        return recap if recap and not recap.is_gone else None

    @cached_property
    def answered(self) -> list:
        """The most wanted of what was answered; while its hour runs it is asked for only where it is shown."""
        return self.asks if self.thread.is_over else list(_asks(self.thread, self.person).answered()[:MOST_ANSWERED])


def poll_seen(thread, person, **more) -> PollSeen | None:
    options = list(Option.objects.shown_to(person, thread))
    return PollSeen(thread, person, options[0].poll, options, **more) if options else None


def gathering_seen(thread, person) -> GatheringSeen | None:
    gathering = Gathering.objects.shown_to(person, thread)
    if gathering is None:
        return None
    asks = _asks(thread, person)
    # What is not answered yet comes first while people wait; afterwards, what was.
    asks = asks.answered()[:MOST_ANSWERED] if thread.is_over else asks.open()[:MOST_ASKS]
    return GatheringSeen(thread, person, gathering, list(asks))


def _asks(thread, person):
    return Ask.objects.readable_in(thread).for_reading(person).wanted_first()


def seen(thread, person, posts=()):
    """What stands beside the posts of this thread, or None: a plain discussion asks nothing."""
    match thread.kind:
        case Thread.Kind.QUESTION:
            return Solved(thread, person, list(posts))
        case Thread.Kind.POLL:
            return poll_seen(thread, person)
        case Thread.Kind.GATHERING:
            return gathering_seen(thread, person)
    return None
