"""When somebody may write again where a discussion is slow."""

from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.commons.refusals import Refusal
from community.forum import access


class TooSoon(Refusal):
    """Slow mode: what was typed is kept."""

    status = 429
    message = _("This discussion is slow just now. Your words are kept; send them in a moment.")

    def __init__(self, at, *, kept=""):
        super().__init__(sentence(at), kept=kept)
        self.at = at


def sentence(at) -> str:
    seconds = max(int((at - now()).total_seconds()) + 1, 1)
    if seconds < 60:
        told = ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    else:
        minutes = -(-seconds // 60)
        told = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return _("This discussion is slow just now: you can write again in %(time)s. Your words are kept.") % {"time": told}


def next_at(person, thread):
    """The moment from which this person may write in the thread; None when that is now. One query, where it is slow."""
    if not thread.slowness or not person.is_authenticated or access.keeps_order(person):
        return None
    last = thread.posts.last_said_by(person)
    at = last and last + timedelta(seconds=thread.slowness)
    return at if at and at > now() else None


def against_haste(person, thread, kept="") -> Refusal | None:
    at = next_at(person, thread)
    return TooSoon(at, kept=kept) if at else None
