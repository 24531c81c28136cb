"""The words a team puts into addresses: small letters, never a person's data, and one spelling for one thing."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from community.campaigns import channels
from community.campaigns.models import Campaign, Closed, Place, TrackedLink, Word

LONGEST = 100
_PARTS = re.compile(r"[-_.+\s]+")
_MAIL = re.compile(r"[^\s@]+(?:@|%40)[^\s@]+\.[^\s@]+|@|%40")
# Taiwan's mobile and fixed numbers, written with or without blanks and country code; other countries with their plus.
_PHONE = re.compile(r"(?<!\d)(?:(?:\+?8860?|0)9\d{8}|(?:\+?886|0)[2-8]\d{7,8}|\+[1-9]\d{9,13})(?!\d)")
# Identity cards and residence permits of Taiwan: one letter, then a digit or letter that says what it is, eight digits.
_IDENTITY = re.compile(r"(?<![a-z0-9])[a-z][1289a-d]\d{8}(?![a-z0-9])")
_JOINTS = re.compile(r"[\s().\-_/]+")


def plain(word: str) -> str:
    """A word as machines compare it: one width, small letters, no blanks."""
    return re.sub(r"\s+", "-", unicodedata.normalize("NFKC", word or "").strip().lower())


def person_in(word: str) -> str:
    """What of a person a word seems to hold; nothing when it holds none."""
    plainly = plain(word)
    if _MAIL.search(plainly):
        return _("No e-mail addresses here: everyone can read a link.")
    joined = _JOINTS.sub("", plainly)
    if _PHONE.search(joined) and not re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", plainly):
        return _("This looks like a phone number, and everyone can read a link.")
    if _IDENTITY.search(plainly) or _IDENTITY.fullmatch(joined):
        return _("This looks like an identity number, and everyone can read a link.")
    return ""


def is_near(one: str, other: str) -> bool:
    """Whether two words are one that was spelled twice. Words that differ in their numbers are meant to differ."""
    if one == other:
        return False
    bare, bare_other = _PARTS.sub("", one), _PARTS.sub("", other)
    if bare == bare_other:
        return True
    if re.findall(r"\d+", bare) != re.findall(r"\d+", bare_other):
        return False
    shorter = min(len(bare), len(bare_other))
    slips = 0 if shorter < 4 else 1 if shorter < 8 else 2
    return bool(slips) and distance(bare, bare_other, slips) <= slips


def distance(one: str, other: str, most: int) -> int:
    """How many letters were left out, put in, mistaken or swapped; anything above `most` is `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


@dataclass(frozen=True)
class Finding:
    """What is to be said of one word: `error` must be put right, `near` is the known word it may have been meant as."""

    place: str
    word: str
    error: str = ""
    near: str = ""


class Vocabulary:
    """The words known now, read once for as many words as there are to judge."""

    @cached_property
    def words(self) -> dict[str, set[str]]:
        known = {place: set() for place in Place.values}
        for place, word in Word.objects.values_list("place", "word"):
            known.setdefault(place, set()).add(word)
        for source, medium in channels.WORDS.values():
            known[Place.SOURCE].add(source)
            known[Place.MEDIUM].add(medium)
        known[Place.CAMPAIGN].update(key.lower() for key in Campaign.objects.newest_keys())
        return known

    @cached_property
    def closed(self) -> set[str]:
        return set(Closed.objects.values_list("place", flat=True))

    def judge(self, place: str, word: str, keep: bool = False) -> Finding:
        """Looks at a word as it will be written. `keep` is "keep mine", said of a near one."""
        if not word:
            return Finding(place, word)
        if len(word) > LONGEST:
            return Finding(place, word, error=_("At most %(most)d characters.") % {"most": LONGEST})
        if any(unicodedata.category(letter).startswith("C") for letter in word):
            return Finding(place, word, error=_("There are signs in this that nobody can see."))
        if told := person_in(word):
            return Finding(place, word, error=told)
        known = self.words.get(place, set())
        if word in known:
            return Finding(place, word)
        if not keep and (alike := self.near(place, word)):
            return Finding(place, word, near=alike)
        if place in self.closed:
            return Finding(place, word, error=_("The team takes only words it knows here. Add it to the words first."))
        return Finding(place, word)

    def near(self, place: str, word: str) -> str:
        alike = [each for each in self.words.get(place, ()) if is_near(word, each)]
        return min(alike, key=lambda each: (distance(word, each, 8), each), default="")


@transaction.atomic
def learn(*, words: dict[str, str], by=None):
    """Words that were used are known from now on."""
    Word.objects.bulk_create(
        [Word(place=place, word=word, by=by) for place, word in words.items() if word], ignore_conflicts=True
    )


@transaction.atomic
def learn_from_links(*, by=None) -> int:
    """Takes in what links made before carry, except what must not stand in any."""
    before = Word.objects.count()
    for place in Place.values:
        for word in TrackedLink.objects.words_in(place):
            if not person_in(word):
                learn(words={place: plain(word)}, by=by)
    return Word.objects.count() - before


@transaction.atomic
def forget(word: Word):
    """The word is no longer known. Links that carry it go on carrying it."""
    word.delete()


@transaction.atomic
def close(*, places):
    """In these places, and only in these, known words alone are taken."""
    Closed.objects.all().delete()
    Closed.objects.bulk_create([Closed(place=place) for place in places])
