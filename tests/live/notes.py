"""A topic for tests, kept in Valkey so that every process sees the same notes."""

import json
from types import SimpleNamespace

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import get_language

from accounts import parting
from accounts.tiers import rank_of
from community.commons import valkey
from community.live import publishing, topics

turn = 0  # counts the tests: a server outlives them, and numbers of one topic never go back


def topic(kind="all"):
    """This test's own topic of that kind."""
    return f"note.{kind}-{turn}"


def _shelf(key):
    return f"{settings.VALKEY_PREFIX}notes:{key}"


class Notes(topics.Topic):
    """`note.all-…` is open to everyone, `note.tier2-…` from the second tier on; `note.broken-…` cannot be looked up."""

    kind = "note"

    def admit(self, person, key):
        if key.startswith("broken"):
            raise RuntimeError("the shelf has fallen over")
        if not key.startswith("all") and not (key.startswith("tier2") and rank_of(person) >= 2):
            raise ObjectDoesNotExist
        return SimpleNamespace(key=key, person=person)

    def face(self, person, subject):
        return {"id": person.pk, "name": person.name} if person.is_authenticated and person.is_seen else None

    def apart(self, person, subject):
        return parting.apart_from(person)

    def hears(self, person, subject):
        return not person.is_silenced

    def number(self, subject):
        return valkey.client().llen(_shelf(subject.key))

    def since(self, subject, number):
        kept = valkey.client().lrange(_shelf(subject.key), number, -1)
        for n, text in enumerate(map(json.loads, kept), start=number + 1):
            yield topics.Frame(n=n, kind="note", id=f"note-{n}", html=html(text))


def html(text):
    return f'<p lang="{get_language()}">{text}</p>'


def keep(text, kind="all"):
    """Writes the note without telling anyone, and gives its number."""
    return valkey.client().rpush(_shelf(topic(kind).partition(".")[2]), json.dumps(text))


def tell(text, number, kind="all"):
    publishing.publish_on_commit(
        topic=topic(kind), number=number, kind="note", render=lambda _: html(text), extra={"id": f"note-{number}"}
    )


def say(text, kind="all"):
    number = keep(text, kind)
    tell(text, number, kind)
    return number
