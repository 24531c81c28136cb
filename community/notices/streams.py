"""What open pages hear of the bell: how many rings are unread, told to the member alone."""

from functools import cache

from django.core.exceptions import ObjectDoesNotExist
from django.template.loader import render_to_string

from community.commons.prepared import Prepared
from community.live import publishing, topics
from community.notices.models import Bell

_SHOWN = Prepared(lambda member: Bell.objects.of(member).with_count(), member=int)


def shown(member_id) -> Bell:
    """The bell with its `unread` count; one that never rang is quiet."""
    bell = _SHOWN.first(member=member_id)
    if bell is None:
        bell = Bell(member_id=member_id)
        bell.unread = 0
    return bell


def fragment(bell) -> str:
    return render_to_string("notices/_bell.html", {"bell": bell})


def tell_on_commit(member_id, number):
    """Shows the present count on every page the member has open."""
    present = cache(lambda: shown(member_id))
    publishing.publish_on_commit(
        topic=f"bell.{member_id}", number=number, kind="bell", render=lambda language: fragment(present())
    )


class BellTopic(topics.Topic):
    """One member's bell, numbered by its own sequence; nobody else is let in."""

    kind = "bell"

    def admit(self, person, key):
        if not person.is_authenticated or not person.is_active or str(person.pk) != key:
            raise ObjectDoesNotExist
        return shown(person.pk)

    def number(self, subject):
        return subject.sequence

    def since(self, subject, number):
        yield topics.Frame(n=subject.sequence, kind="bell", html=fragment(subject))
