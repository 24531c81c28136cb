"""The reactions of this house: which are offered, how they are called, and what is shown of those a post was given."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction

from accounts import parting
from community.commons import public
from community.commons.bilingual import said
from community.commons.paging import by_key
from community.forum.models import Reaction, ReactionKind

KEPT, KEPT_FOR = "forum:reactions", 60
AT_ONCE = 50


@dataclass(frozen=True)
class Kind:
    """One of them, as pages show it."""

    key: str
    sign: str
    name_zh: str
    name_en: str
    is_offered: bool

    @property
    def name(self) -> str:
        return said(self.name_zh, self.name_en)


@dataclass(frozen=True)
class Kinds:
    """All there ever were, the offered ones first, in their order."""

    every: tuple[Kind, ...]

    @property
    def offered(self) -> list[Kind]:
        return [kind for kind in self.every if kind.is_offered]

    def named(self, key) -> Kind | None:
        return next((kind for kind in self.every if kind.key == key), None)


def _find() -> Kinds:
    rows = ReactionKind.objects.in_order()
    return Kinds(tuple(Kind(row.key, row.sign, row.name_zh, row.name_en, row.place is not None) for row in rows))


_remembered = public.Remembered(_find)


def kinds() -> Kinds:
    """Known to every process until the brand changes them; where word of that does not come, for a minute."""
    if public.Ear.is_open:
        return _remembered()
    told = cache.get(KEPT)
    if told is None:
        cache.set(KEPT, told := _find(), KEPT_FOR)
    return told


def offered_to(mine) -> list[Kind]:
    """What somebody may choose; the one they chose while it was offered stands there too, to be taken back."""
    return [kind for kind in kinds().every if kind.is_offered or kind.key == mine]


def is_offered(key) -> bool:
    known = kinds().named(key)
    return known is not None and known.is_offered


def forget():
    """They have changed: every page that shows them is made anew."""
    cache.delete(KEPT)
    transaction.on_commit(lambda: cache.delete(KEPT))
    public.purge_on_commit(public.EVERYTHING)


def shown(post) -> list[tuple[Kind, int]]:
    """(kind, how many) for those a post was given, the most given first; the first kind is always offered.

    What the brand no longer offers is still told: people gave it.
    """
    known = kinds()
    given = [(kind, post.tally.get(kind.key, 0)) for kind in known.every]
    chosen = sorted((each for each in given if each[1]), key=lambda each: -each[1])
    return chosen or [(kind, 0) for kind in known.offered[:1]]


def given_to(post, person, *, kind=None, after=""):
    """Who reacted, the latest first, as far as this person wants to see them: not those they have blocked."""
    rows = Reaction.objects.to(post).by_those_here().with_faces()
    if kind:
        rows = rows.of_kind(kind.key)
    if away := parting.folded_for(person):
        rows = rows.but_of(away)
    return by_key(rows, key=("-pk",), after=after, size=AT_ONCE)


@transaction.atomic
def place(kind, at):
    """Puts a reaction at one of the six places; whichever stood there takes the place this one had, or none."""
    rows = {row.pk: row for row in ReactionKind.objects.select_for_update().order_by("pk")}
    before = rows[kind.pk].place if kind.pk in rows else None
    for row in rows.values():
        if at is not None and row.place == at and row.pk != kind.pk:
            row.place = before
            row.save(update_fields=["place"])
    kind.place = at
    kind.save()
    forget()


def against_letting_go(kind) -> bool:
    """Whether it is offered, or was ever given."""
    return kind.place is not None or Reaction.objects.of_kind(kind.key).exists()
