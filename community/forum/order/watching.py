"""Finding watched words in whatever dress they come, in one pass over the text however many words there are.

Each letter of a text is brought to the form that its look-alikes share (full width, case, 台/臺, Traditional and
Simplified, letters of other scripts, nothing invisible), and words are looked for in it with an automaton after Aho and
Corasick, whose work grows with the length of the text and with nothing else. Digits and signs that stand for Latin
letters are read as those, and, for words that ask for it, characters by their sound (see sounds.py).
"""

import html
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from community.commons import chinese
from community.forum.models import WatchedWord
from community.forum.order import sounds

MASK = "●"
_LEET = str.maketrans("01345789@$!|+", "oieastbgasilt")
_TAG = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
# What ends a sentence also ends a word: 「更加，賴先生」 does not say 加賴.
_STOPS = frozenset("，。！？；\n「」『』")
MOST_BETWEEN, MOST_BLANKS = 3, 8  # signs and blanks that may stand between two letters of one word


class Form:
    """How a word was found, as the page that tries words tells it."""

    WRITTEN, SPACED, LEET, SOUND = "written", "spaced", "leet", "sound"


@dataclass(frozen=True)
class Found:
    """A watched word in a text, from one place to another."""

    word: WatchedWord
    start: int
    end: int
    form: str


class Automaton:
    """Aho and Corasick's: a tree of all words, and for each knot the longest other beginning that its end is."""

    def __init__(self, patterns):
        """`patterns`: (sequence of tokens, what it is)."""
        self.next: list[dict] = [{}]
        self.fail = [0]
        self.out: list[list] = [[]]
        for tokens, what in patterns:
            if tokens:
                self._grow(tuple(tokens), what)
        self._tie()

    def _grow(self, tokens, what):
        at = 0
        for token in tokens:
            if token not in self.next[at]:
                self.next.append({})
                self.fail.append(0)
                self.out.append([])
                self.next[at][token] = len(self.next) - 1
            at = self.next[at][token]
        self.out[at].append((len(tokens), what))

    def _tie(self):
        queue = list(self.next[0].values())
        for at in queue:
            for token, child in self.next[at].items():
                queue.append(child)
                back = self.fail[at]
                while back and token not in self.next[back]:
                    back = self.fail[back]
                step = self.next[back].get(token, 0)
                self.fail[child] = step if step != child else 0
                self.out[child] += self.out[self.fail[child]]

    def find(self, tokens):
        """(index of the first token, index of the last, what) of every word that is there."""
        at = 0
        for index, token in enumerate(tokens):
            while at and token not in self.next[at]:
                at = self.fail[at]
            at = self.next[at].get(token, 0)
            for length, what in self.out[at]:
                yield index - length + 1, index, what


def letters_of(text: str) -> tuple[list[str], list[int]]:
    """The letters of a text in their common form, without blanks and signs, and the place of each."""
    letters, places = chinese.sought_letters(text)
    kept = [(letter, place) for letter, place in zip(letters, places, strict=True) if letter.isalnum()]
    return [letter for letter, _ in kept], [place for _, place in kept]


def _leet_of(text: str) -> tuple[list[str], list[int]]:
    letters, places = chinese.sought_letters(text)
    read = [(letter.translate(_LEET), place) for letter, place in zip(letters, places, strict=True)]
    kept = [(letter, place) for letter, place in read if letter.isalnum()]
    return [letter for letter, _ in kept], [place for _, place in kept]


class Watch:
    """All watched words, made ready once for each change of them."""

    def __init__(self, words):
        self.words = list(words)
        plain = [(letters_of(word.words)[0], word) for word in self.words]
        self.plain = Automaton(plain)
        # Only words of Latin letters alone are disguised with digits; a number is a number.
        self.leet = Automaton([(letters, word) for letters, word in plain if letters and _is_latin("".join(letters))])
        self.sound = Automaton([(sounds.of(word.words)[0], word) for word in self.words if word.by_sound])

    @cached_property
    def is_idle(self) -> bool:
        return not self.words

    def find(self, text: str) -> list[Found]:
        """Every watched word in a text, in its order; one that is found in several ways is told once."""
        if self.is_idle:
            return []
        found: dict[tuple, Found] = {}
        for form, machine, (tokens, places) in (
            (Form.WRITTEN, self.plain, letters_of(text)),
            (Form.LEET, self.leet, _leet_of(text)),
            (Form.SOUND, self.sound, sounds.of(text)),
        ):
            for first, last, word in machine.find(tokens):
                where = places[first : last + 1]
                if (gaps := _gaps(text, where)) is None:
                    continue
                if "".join(letters_of(word.words)[0]).isascii() and not _stands_alone(text, where, gaps):
                    continue
                shown = Form.SPACED if form == Form.WRITTEN and any(gaps) else form
                found.setdefault((word.pk, where[0]), Found(word, where[0], where[-1] + 1, shown))
        return sorted(found.values(), key=lambda each: (each.start, each.end))


def _is_latin(letters: str) -> bool:
    return letters.isascii() and any(letter.isalpha() for letter in letters)


def _gaps(text, places) -> list[int] | None:
    """How many signs stand between each two letters; None where the text in between ends a sentence, or is long."""
    gaps = []
    for one, other in pairwise(places):
        between = text[one + 1 : other]
        seen = chinese.visible(between)
        blanks = sum(letter.isspace() for letter in between)
        if len(seen) > MOST_BETWEEN or blanks > MOST_BLANKS or not _STOPS.isdisjoint(between):
            return None
        gaps.append(len(seen) + blanks)
    return gaps


def _stands_alone(text, places, gaps) -> bool:
    """A Latin word is one between blanks and signs, not a part of a longer one; spread out, it is so all through."""
    if any(gaps) and not all(gaps):
        return False
    before, after = text[: places[0]][-1:], text[places[-1] + 1 :][:1]
    return not _joins(before) and not _joins(after)


def _joins(letter) -> bool:
    return bool(letter) and letter.isalnum() and not chinese.is_han(letter)


_ready: tuple[tuple, Watch] | None = None


def watch() -> Watch:
    """The words of now; costs one small question, and is made anew only when they have changed."""
    global _ready
    version = WatchedWord.objects.version()
    if _ready is None or _ready[0] != version:
        _ready = version, Watch(WatchedWord.objects.all())
    return _ready[1]


def masked(text: str, found) -> str:
    """Plain text with dots in the place of what was found."""
    letters = list(text)
    for each in found:
        for place in range(each.start, each.end):
            if not letters[place].isspace():
                letters[place] = MASK
    return "".join(letters)


def masked_markup(markup: str, watch_now: Watch) -> str:
    """The same for HTML: only what is read is looked at, and no tag is touched."""
    pieces = list(_pieces(markup))
    text = "".join(letter for letter, _raw in pieces if letter)
    hidden: set[int] = set()
    for each in watch_now.find(text):
        if each.word.action == WatchedWord.Action.MASK:
            hidden.update(range(each.start, each.end))
    out, place = [], 0
    for letter, raw in pieces:
        out.append(MASK if letter and place in hidden and not letter.isspace() else raw)
        place += bool(letter)
    return "".join(out)


def _pieces(markup):
    """(the letter that is read, or "", and how it stands in the markup)."""
    at = 0
    while at < len(markup):
        if match := _TAG.match(markup, at):
            piece = ("\n" if match[0].startswith(("</p", "<br", "</li", "</blockquote")) else "", match[0])
            at = match.end()
        elif (match := _ENTITY.match(markup, at)) and len(html.unescape(match[0])) == 1:
            piece = (html.unescape(match[0]), match[0])
            at = match.end()
        else:
            piece = (markup[at], markup[at])
            at += 1
        yield piece
