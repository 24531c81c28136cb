"""Right now: who arrives, joins and writes, told over the wire to whoever may see results.

Nothing here is written down a second time. An event's number is made of its own moment, so that "since" is a question to
the facts; the wire only says that there is something, at most once a second, and open pages ask for it.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.utils.timezone import now

from community.commons import limits
from community.insights import measuring
from community.insights.access import may_see_results
from community.insights.models import questions
from community.live import publishing, topics

TOPIC = "window.now"
SPAN = timedelta(minutes=30)  # what "right now" means
MOST = 60  # events on the page
FINE = 4096  # numbers within a millisecond; all of them together still fit into what JavaScript counts exactly


class Event(NamedTuple):
    """One thing that somebody did a moment ago. Who it was is not told."""

    n: int
    kind: str  # came, joined or wrote
    at: datetime
    about: object = None  # the link they came through, or the thread they wrote in
    detail: str = ""

    @property
    def id(self) -> str:
        return f"now-{self.n}"


def number_of(moment: datetime, fine: int = 0) -> int:
    return int(moment.timestamp() * 1000) * FINE + fine % FINE


def _moment_of(number: int) -> datetime:
    return datetime.fromtimestamp(number / FINE / 1000, UTC)


def events(since: int = 0) -> list[Event]:
    """What happened after a number, but not longer ago than the span, the earliest first."""
    start = max(now() - SPAN, _moment_of(since) if since else now() - SPAN)
    found = [
        Event(number_of(row.at, row.pk.int), "came", row.at, row.link, _seen(row))
        for row in questions.clicks_since(start, MOST)
    ]
    found += [
        Event(
            number_of(row.at, row.pk.int),
            "came",
            row.at,
            None,
            f"{measuring.named('source', row.source)} · {_seen(row)}",
        )
        for row in questions.arrivals_since(start, MOST)
    ]
    found += [
        Event(number_of(row.at, row.pk), "joined", row.at, row.last_link) for row in questions.joined_since(start, MOST)
    ]
    found += [
        Event(number_of(row.made_at, row.pk), "wrote", row.made_at, row.thread)
        for row in questions.posts_since(start, MOST)
    ]
    return sorted((event for event in found if event.n > since), key=lambda event: event.n)[-MOST:]


def _seen(row) -> str:
    names = (measuring.named("app", row.app), measuring.named("os", row.os))
    return " · ".join(str(name) for name in names)


def counts() -> dict[str, int]:
    """How many came, joined and wrote within the span."""
    return questions.counts_since(now() - SPAN)


def tell(sender=None, **_signal):
    """Receiver of whatever happens: says on the wire that there is something to ask for."""
    if limits.allowed("window", "now", most=1, seconds=1):
        publishing.publish_on_commit(topic=TOPIC, number=number_of(now(), FINE - 1), kind="behind")


class WindowTopic(topics.Topic):
    """What happens right now, everywhere on the site."""

    kind = "window"

    def admit(self, person, key):
        if key != "now" or not may_see_results(person):
            raise PermissionDenied
        return key

    def number(self, subject):
        latest = events()
        return latest[-1].n if latest else 0

    def since(self, subject, number):
        for event in events(number):
            html = render_to_string("insights/_event.html", {"event": event})
            yield topics.Frame(n=event.n, kind="now", id=event.id, html=html, extra={"counts": counts()})
