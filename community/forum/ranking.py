"""The order of what was found: one formula, in this place alone.

Found things are judged one by one; the posts and the title of one thread count together.

    score = exact + title + text + breadth + echo + fresh
    exact    3.0 when the title (or the name) is the question itself, 1.5 when it begins with it
    title    2.0 + 2.0 · (letters asked / letters of the title), when the title says all that was asked
    text     1.0 + 0.35 · log2(1 + times it is said, close together, in the best post) + 0.4 when that is the first post
    breadth  0.6 · log2(posts of the thread that say it)
    echo     0.1 · log2(1 + reactions to the best post)
    fresh    0.5 · 2^(-age in days / 120)

Where hardly anything says all that was asked, things follow that say a good part of it: each word (a pair of Han
letters) weighs 1 / (1 + log2 of how many of the things looked at have it), and what no sentence lacks weighs nothing.
They stand below all that say everything:

    score = -10 + 4 · (share said in the thread) + 3 · (share said in its best post) + 3 · (share said in its title) + fresh

At least two words, or one that the title says, and a third of the weight must be there. A share is a part of the weight of all words that were asked.
"""

import math
from dataclasses import dataclass, field

from community.commons import chinese

FRESH_FOR = 120  # days after which freshness is worth half
LEAST_SHARE, LEAST_WORDS = 0.34, 2
NEARLY = -10.0


@dataclass
class Hit:
    """One entry of the index that says something of what was asked."""

    pk: int
    kind: str
    subject: int  # key of the thread, the post (when posts stand alone), the page or the member
    at: float  # seconds
    nearness: float = 0.0
    post: int | None = None
    number: int = 0
    reactions: int = 0
    title: str = ""
    has: tuple[bool, ...] = ()


@dataclass
class Group:
    """What stands in one row of the results."""

    kind: str
    subject: int
    hits: list[Hit] = field(default_factory=list)
    posts: list[Hit] = field(default_factory=list)
    title: Hit | None = None
    score: float = 0.0
    is_near: bool = False

    def add(self, hit: Hit):
        self.hits.append(hit)
        if hit.post is not None:
            self.posts.append(hit)
        elif self.title is None:
            self.title = hit

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.subject}"

    @property
    def best(self) -> Hit | None:
        if len(self.posts) < 2:
            return self.posts[0] if self.posts else None
        return max(self.posts, key=lambda hit: (_text(hit) + _echo(hit), hit.pk))


def _times(hit) -> float:
    return max(hit.nearness, 0.0) * 10  # cover density gives a tenth for each place


def _text(hit) -> float:
    return 1.0 + 0.35 * math.log2(1 + _times(hit)) + (0.4 if hit.number == 1 else 0.0)


def _echo(hit) -> float:
    return 0.1 * math.log2(1 + hit.reactions)


def _fresh(hits, now) -> float:
    age = (now.timestamp() - max(hit.at for hit in hits)) / 86_400
    return 0.5 * 2 ** (-max(age, 0) / FRESH_FOR)


def bare(text: str) -> str:
    """Only what can be searched by, folded."""
    return "".join(chinese.runs(text))


def _title(asked: str, title: str) -> float:
    """What a title is worth that says all of the question."""
    called = bare(title)
    if not asked or not called:
        return 0.0
    exact = 3.0 if asked == called else 1.5 if called.startswith(asked) else 0.0
    return exact + 2.0 + 2.0 * min(len(asked) / len(called), 1.0)


def of_all(group: Group, asked: str, now) -> float:
    """The worth of what says everything that was asked, which is given bare()."""
    score = _fresh(group.hits, now)
    if group.title:
        score += _title(asked, group.title.title)
    if best := group.best:
        score += _text(best) + _echo(best) + 0.6 * math.log2(len(group.posts))
    return score


def weights(hits, tokens) -> list[float]:
    """What each word is worth among the things that were looked at."""
    many = [sum(hit.has[n] for hit in hits) for n in range(len(tokens))]
    return [1 / (1 + math.log2(max(count, 1))) if count else 0.4 for count in many]


def of_part(group: Group, worth: list[float], now) -> float | None:
    """The worth of what says a part; None when that is too little."""

    def share(has):
        return sum(each for each, there in zip(worth, has, strict=True) if there) / sum(worth)

    said = [any(hit.has[n] for hit in group.hits) for n in range(len(worth))]
    named = bool(group.title and any(group.title.has))
    if share(said) < LEAST_SHARE or sum(said) + named < LEAST_WORDS:
        return None
    best = max((share(hit.has) for hit in group.posts), default=0.0)
    title = share(group.title.has) if group.title else 0.0
    return NEARLY + 4 * share(said) + 3 * best + 3 * title + _fresh(group.hits, now)
