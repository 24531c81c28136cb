"""What open pages hear of a thread's kind: each change is one frame, alike for every reader and numbered like the posts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import merge

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from community.forum import access
from community.forum.models import Ask, Gathering, Option, Poll, Thread
from community.live import topics

NOBODY = AnonymousUser()  # what everybody sees is what somebody sees who is nobody in particular


@dataclass
class Part:
    """Something of a thread that is not a post, as it is when it is first looked at."""

    thread_id: int
    number: int
    kind: str
    id: str
    template: str
    read: Callable[[], dict]

    @cached_property
    def told(self) -> dict:
        return self.read()

    def html(self) -> str:
        return render_to_string(self.template, self.told)

    def frame(self) -> topics.Frame:
        return topics.Frame(n=self.number, kind=self.kind, id=self.id, html=self.html())


def of_poll(thread, number) -> Part:
    """How many voted; and for what, where that is told to everyone just now."""

    def read():
        options = list(Option.objects.shown_to(NOBODY, thread))
        poll = options[0].poll
        shows = access.may_see_results(poll, has_voted=False)
        return {"poll": poll, "options": options if shows else []}

    # "poll" is the wire's own word, for pages that shall ask again and again.
    return Part(thread.pk, number, "votes", f"poll-{thread.pk}", "forum/kinds/_poll_counts.html", read)


def of_gathering(thread, number) -> Part:
    """Its hour, and which question is being answered now."""

    def read():
        fresh = Thread.objects.with_pk(thread.pk)
        return {"thread": fresh, "gathering": Gathering.objects.shown_to(NOBODY, fresh)}

    return Part(thread.pk, number, "gathering", f"gathering-{thread.pk}", "forum/kinds/_gathering_now.html", read)


def of_ask(thread, ask, number) -> Part:
    """One question for the hosts: its votes, and its answer."""

    def read():
        return {"ask": Ask.objects.for_reading(NOBODY).with_pk(ask.pk), "thread": thread}

    return Part(thread.pk, number, "ask", f"ask-{ask.pk}", "forum/kinds/_ask.html", read)


def since(thread, number) -> Iterator[topics.Frame]:
    """What happened to a thread beside its posts, oldest first; a plain discussion asks nothing."""
    if thread.kind == Thread.Kind.POLL:
        poll = Poll.objects.of(thread)
        if poll and poll.sequence > number:
            yield of_poll(thread, poll.sequence).frame()
    elif thread.kind == Thread.Kind.GATHERING:
        yield from merge(_gathering_since(thread, number), _asks_since(thread, number), key=lambda frame: frame.n)


def _gathering_since(thread, number):
    gathering = Gathering.objects.of(thread)
    if gathering and gathering.sequence > number:
        yield of_gathering(thread, gathering.sequence).frame()


def _asks_since(thread, number):
    for ask in Ask.objects.readable_in(thread).changed_since(number):
        yield of_ask(thread, ask, ask.sequence).frame()
