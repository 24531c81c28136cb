"""What search engines are told of a thread: schema.org's QAPage and Event, on pages that everyone may read."""

from django.conf import settings

from community.commons import prose
from community.forum.models import Thread

LONGEST = 2_000
VIRTUAL = "https://schema.org/OnlineEventAttendanceMode"
SCHEDULED = "https://schema.org/EventScheduled"


def of(seen) -> dict | None:
    """Only for strangers, and only of what this very page shows them."""
    thread = seen.thread
    if seen.person.is_authenticated or thread.board.tier_to_see_id or seen.beside is None:
        return None
    if thread.kind == Thread.Kind.QUESTION:
        return _question(seen)
    return _event(seen) if thread.kind == Thread.Kind.GATHERING else None


def _address(thing) -> str:
    return settings.SITE_URL + thing.get_absolute_url()


def _said(post, kind) -> dict:
    return {
        "@type": kind,
        "text": prose.excerpt(prose.plain(post.html), LONGEST),
        "datePublished": post.made_at.isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": post.author.name, "url": _address(post.author)},
        "upvoteCount": sum(post.tally.values()),
        "url": _address(post),
    }


def _question(seen) -> dict | None:
    posts = [post for post in seen.posts if not post.is_gone]
    if not posts or posts[0].number != 1:
        return None
    told = {**_said(posts[0], "Question"), "name": seen.thread.title, "answerCount": seen.thread.posts_count - 1}
    answer = seen.beside.answer
    if answer:
        told["acceptedAnswer"] = _said(answer, "Answer")
    others = [post for post in posts[1:] if not answer or post.pk != answer.pk]
    if others:
        told["suggestedAnswer"] = [_said(post, "Answer") for post in others]
    return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": told}


def _event(seen) -> dict:
    thread = seen.thread
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": thread.title,
        "startDate": thread.begins_at.isoformat(timespec="seconds"),
        "endDate": thread.ends_at.isoformat(timespec="seconds"),
        "eventAttendanceMode": VIRTUAL,
        "eventStatus": SCHEDULED,
        "location": {"@type": "VirtualLocation", "url": _address(thread)},
        "organizer": [{"@type": "Person", "name": host.name} for host in seen.beside.gathering.hosts.all()],
        "isAccessibleForFree": True,
    }
