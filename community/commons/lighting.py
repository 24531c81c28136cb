"""What was searched, marked where it stands: however it was typed, in whichever script, and never as markup of others."""

import re
from collections.abc import Collection
from itertools import islice, pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from community.commons import chinese

MOST_MARKS = 60  # in one text: a page of nothing but marks says nothing
BEFORE, LENGTH = 28, 120  # letters shown before the first mark, and in all


def parts(question: str) -> list[str]:
    """What stands together in a question, folded to search by; and the runs within, for where it stands apart."""
    return [part for part in chinese.sought(question).split() if chinese.runs(part)]


def _places(letters: str, word: str) -> list[tuple[int, int]]:
    """Where a word stands; a Latin one or a number only where a word begins."""
    found, start = [], letters.find(word)
    while start >= 0 and len(found) < MOST_MARKS:
        if chinese.is_han(word[0]) or _begins(letters, start):
            found.append((start, start + len(word)))
        start = letters.find(word, start + 1)
    return found


def _begins(letters: str, start: int) -> bool:
    before, first = letters[start - 1] if start else " ", letters[start]
    return not (before.isalnum() and before.isdigit() == first.isdigit()) or chinese.is_han(before)


def spans(text: str, question: str) -> list[tuple[int, int]]:
    """Where to light `text`, in order and without overlap: whole parts; where one is missing, its words, then their pairs."""
    letters, places = chinese.sought_letters(text)
    found = []
    for part in parts(question):
        at = _places(letters, part)
        if not at:
            at = [place for word in chinese.words(part) for place in _word_places(letters, word)]
        found += at
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found)[:MOST_MARKS]:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [(places[start], places[end - 1] + 1) for start, end in joined]


def _word_places(letters: str, word: str) -> list[tuple[int, int]]:
    if at := _places(letters, word):
        return at
    if not chinese.is_han(word[0]):
        return _apart(letters, chinese.runs(word))
    pairs = [pair for pair in chinese.tokens(word) if pair not in chinese.FILLERS]
    return [place for pair in pairs for place in _places(letters, pair)]


def _apart(letters: str, runs: list[str]) -> list[tuple[int, int]]:
    """Where V60 is written V-60 or v 60. A v alone is not what was searched."""
    if len(runs) < 2:
        return []
    found = re.finditer(r"[\W_]{0,2}".join(map(re.escape, runs)), letters)
    return [place.span() for place in islice(found, MOST_MARKS) if _begins(letters, place.start())]


def lit(text: str, question: str, *, breaks: Collection[int] = ()) -> SafeString:
    """The text, escaped, with what was searched in <mark>; at `breaks` a line may end."""
    out, at = [], 0
    for start, end in spans(text, question):
        out += [_told(text, at, start, breaks), "<mark>", _told(text, start, end, breaks), "</mark>"]
        at = end
    return mark_safe("".join([*out, _told(text, at, len(text), breaks)]))  # noqa: S308 (every part was escaped)


def _told(text, start, end, breaks) -> str:
    cuts = [start, *(place for place in breaks if start < place < end), end]
    told = "<wbr>".join(escape(text[one:other]) for one, other in pairwise(cuts))
    return f"<wbr>{told}" if start in breaks else told


def around(text: str, question: str) -> SafeString:
    """One line of a longer text: where most of what was searched stands close together."""
    line = " ".join(text.split())
    found = spans(line, question)
    room = LENGTH - BEFORE
    best = max(
        found,
        key=lambda span: (sum(1 for s, e in found if span[0] <= s and e <= span[0] + room), -span[0]),
        default=None,
    )
    start = max(best[0] - BEFORE, 0) if best and best[0] > BEFORE else 0
    cut = line[start : start + LENGTH]
    ends = "…" if start + LENGTH < len(line) else ""
    return mark_safe(("…" if start else "") + lit(cut, question) + ends)  # noqa: S308 (lit escapes)
