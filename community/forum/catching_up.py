"""What a member has read on one device is read on all of them: open lists and the bell hear of it."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import merge
from itertools import groupby
from operator import attrgetter

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from community.commons.prepared import Prepared
from community.forum.models import BoardRead, Post, ReadMark
from community.forum.models.readers import read_last
from community.live import publishing, topics
from community.notices import ringing
from community.notices.models import Ring

_UNREAD = Prepared(
    lambda member: Ring.objects.of(member).unread().about_something().values_list("pk", "about"), member=int
)
_ABOUT_POST = re.compile(r"(?:mention|post)-(\d{1,18})")
_BEGIN = datetime.fromtimestamp(0, UTC)
_FAR = 4_000_000_000_000_000  # microseconds: what is later than the year 2096 was not said by our own pages


def told(*, member, thread, number, at):
    """The member has seen a thread up to this post; their other devices and their bell hear of it.

    The bell after all else stands: who writes may hold other bells until then, and nobody waits for one with a row in hand.
    """
    tell_on_commit(member=member, at=at)
    transaction.on_commit(partial(_silence, member, thread, number), robust=True)


def _silence(member, thread, number):
    """Rings about single posts there have done their work; those about the thread as a whole fall silent in echoing.py."""
    unread = _UNREAD(member=member.pk)
    about = {pk: int(match[1]) for pk, what in unread if (match := _ABOUT_POST.fullmatch(what))}
    if not about:
        return
    seen = set(Post.objects.in_thread(thread).with_ids(about.values()).seen_up_to(number))
    if read := [pk for pk, post in about.items() if post in seen]:
        ringing.read(member=member, rings=Ring.objects.numbered(read))


def tell_on_commit(*, member, at):
    """Rings on the member's own pages, which ask what was read."""
    publishing.publish_on_commit(topic=f"read.{member.pk}", number=moment(at), kind="read")


def moment(at) -> int:
    """Microseconds: the number of what has no other order than its time."""
    return int(at.timestamp()) * 1_000_000 + at.microsecond if at else 0


def moment_of(number: int) -> datetime:
    """The time that such a number stands for."""
    return _BEGIN + timedelta(microseconds=min(number, _FAR))


class ReadTopic(topics.Topic):
    """How far one member has read, in threads and by whole boards, by the time of each step; nobody else is let in.

    A frame only rings, and is asked for over HTTP: numbers are moments, so none follows the other by one.
    """

    kind = "read"

    def admit(self, person, key):
        if not person.is_authenticated or not person.is_active or str(person.pk) != key:
            raise ObjectDoesNotExist
        return person

    def number(self, subject):
        return moment(read_last(subject))

    def since(self, subject, number):
        after = moment_of(number)
        told = (self.threads(subject, after), self.boards(subject, after))
        return merge(*told, key=lambda frame: frame.n)

    def threads(self, subject, after):
        for mark in ReadMark.objects.of(subject).moved_since(after):
            yield topics.Frame(n=moment(mark.at), kind="read", extra={"thread": mark.thread_id, "number": mark.number})

    def boards(self, subject, after):
        """Boards that were read at one stroke are one step."""
        rows = BoardRead.objects.of_member(subject).moved_since(after)
        for at, same in groupby(rows, key=attrgetter("at")):
            yield topics.Frame(n=moment(at), kind="read", extra={"boards": [row.board_id for row in same]})
