"""What changed between two texts: by words where words are written apart, by characters in Han text."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

TOKEN = re.compile(r"[a-z0-9À-ɏ'’]+|\s+|.", re.IGNORECASE | re.DOTALL)
LINES = re.compile(r"[^\n。！？!?]*(?:[\n。！？!?]+|$)")
MOST_PAIRS = (
    100_000  # of parts that are alike: beyond that, texts made to be slow would be; they have changed as a whole
)
SAME, GONE, COME = "same", "gone", "come"


@dataclass(frozen=True)
class Piece:
    """Some text, and whether it stayed, went or came."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order: all but `come` are the former one, all but `gone` the later one.

    Sentences are compared first, and only those that differ closely: so two long posts cost what their differences cost.
    """
    one, two = (_parts(LINES, text) for text in (before, after))
    return _joined(chain.from_iterable(_step(one, two, _close)))


def _parts(pattern, text) -> list[str]:
    return [part for part in pattern.findall(text) if part]


def _step(one, two, otherwise):
    first, last = _alike(one, two), 0
    if first < min(len(one), len(two)):
        last = _alike(one[: first - 1 if first else None : -1], two[: first - 1 if first else None : -1])
    yield from _kept(one[:first])
    one, two, rest = one[first : len(one) - last], two[first : len(two) - last], one[len(one) - last :]
    there = Counter(two)
    if sum(there[part] for part in one) > MOST_PAIRS:
        yield _replaced("".join(one), "".join(two))
    else:
        for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            if tag == "equal":
                yield from _kept(one[a:b])
            else:
                yield otherwise("".join(one[a:b]), "".join(two[c:d]))
    yield from _kept(rest)


def _alike(one, two) -> int:
    """How many parts two lists begin with alike."""
    return next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _kept(parts):
    if parts:
        yield [Piece(SAME, "".join(parts))]


def _close(former, later) -> list[Piece]:
    one, two = _parts(TOKEN, former), _parts(TOKEN, later)
    return list(chain.from_iterable(_step(one, two, _replaced)))


def _replaced(former, later) -> list[Piece]:
    return [Piece(kind, text) for kind, text in ((GONE, former), (COME, later)) if text]


def _joined(pieces) -> list[Piece]:
    """Neighbours of one kind as one piece; a single character that happens to be alike between two changes is no island."""
    pieces, made, gone, come = list(pieces), [], "", ""
    for place, piece in enumerate(pieces):
        following = pieces[place + 1].kind if place + 1 < len(pieces) else SAME
        is_island = len(piece.text) == 1 and not piece.text.isspace() and gone and come and following == GONE
        if piece.kind == SAME and not is_island:
            made += _replaced(gone, come)
            gone = come = ""
            before = made.pop().text if made and made[-1].kind == SAME else ""
            made.append(Piece(SAME, before + piece.text))
        else:
            gone += piece.text if piece.kind in (SAME, GONE) else ""
            come += piece.text if piece.kind in (SAME, COME) else ""
    return [*made, *_replaced(gone, come)]
