"""Everything the demo brand says, read from the files beside this one."""

import random
import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Person:
    """A member as the file tells them."""

    name: str
    mail: str
    rank: int
    days: float
    who: str = ""
    handle: str = ""
    via: str = ""
    by: str = ""  # the member who brought them
    doubt: str = ""  # what speaks against counting them
    mark: str = ""
    groups: tuple[str, ...] = ()
    admin: bool = False

    @property
    def email(self):
        return f"{self.mail}@demo.example"

    @property
    def known_as(self):
        return self.handle or self.name

    @property
    def works_here(self):
        return bool(self.groups)


@dataclass(frozen=True)
class Said:
    """One post: who, how long after the one before, what, and how others took it."""

    who: str
    after: timedelta
    body: str
    reactions: dict[str, int]


@dataclass(frozen=True)
class Talk:
    """A thread; `ends` is the age of its last post."""

    key: str
    board: str
    title: str
    ends: timedelta
    posts: tuple[Said, ...]
    kind: str = "discussion"
    accepted: int = 0  # the number of the answer to a question
    options: tuple[str, ...] = ()  # of a poll
    chosen: tuple[int, ...] = ()
    most: int = 1
    closes: int = 0  # in so many days
    until: int = 0
    day: int = 0  # of a gathering, from today
    asks: tuple = ()
    recap: int = 0

    @property
    def begins(self):
        """The age of its first post."""
        return self.ends + sum((post.after for post in self.posts), timedelta())


@dataclass(frozen=True)
class Link:
    """A tracked link and the life it had."""

    code: str
    channel: str
    label: str
    clicks: int
    bots: float
    since: int
    until: int
    shape: str


@dataclass(frozen=True)
class Campaign:
    """Something the brand did, begun so many days ago, with its landing page and links."""

    key: str
    name: str
    days: int
    greeting_zh: str
    greeting_en: str
    landing: str
    links: tuple[Link, ...]


def _read(name):
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def span(text):
    """`40m`, `3h` or `2d` as a span of time."""
    return timedelta(**{UNITS[text[-1]]: int(text[:-1])})


@cache
def people():
    """Staff first, then the members, in the order of the files."""
    told, new = _read("members.toml"), _read("newcomers.toml")
    known = [Person(**{**one, "groups": tuple(one.get("groups", ()))}) for one in [*told["staff"], *told["members"]]]
    came = [row for row in [*new["hello"], *new["quiet"]] if row[2]]
    friends = (_friend(at, *row) for at, row in enumerate(new["friends"], start=1))
    return (*known, *(_newcomer(at, *row) for at, row in enumerate(came, start=1)), *friends)


def _friend(number, name, days, by, doubt=""):
    return Person(name, f"f{number:02}", 1, days, by=by, doubt=doubt)


def _newcomer(number, name, days, via, *spoke):
    # Whoever came from where people talk, and talked, is a regular by now.
    rank = 2 if spoke and days > 45 and via in {"plurk-help", "ptt-coffee"} else 1
    return Person(name, f"n{number:03}", rank, days, via=via)


@cache
def onlookers() -> frozenset[str]:
    """Names of those who came, looked around, and never so much as reacted: most whom the loud post brought."""
    found = set()
    for row in _read("newcomers.toml")["quiet"]:
        dice = random.Random(f"onlooker:{row[0]}")
        if dice.random() < (0.85 if row[2] == "cat-latte" else 0.5):
            found.add(row[0])
    return frozenset(found)


def staff():
    return tuple(person for person in people() if person.works_here)


def members():
    return tuple(person for person in people() if not person.works_here)


@cache
def boards():
    return tuple(_read("boards.toml")["board"])


@cache
def shelves() -> dict:
    return _read("shelves.toml")


@cache
def talks():
    found = []
    for path in sorted((HERE / "threads").glob("*.toml")):
        for one in _read(f"threads/{path.name}")["thread"]:
            found.append(Talk(**{**one, "ends": span(one["ends"]), "posts": said(one["posts"])}))
    return (*found, _hello())


def _hello() -> Talk:
    """The thread of hellos: each newcomer speaks up half an hour after joining."""
    told, posts, before = _read("newcomers.toml"), [], None
    for who, days, via, body in told["hello"]:
        age = timedelta(days=days) - (timedelta(minutes=30) if via else timedelta())
        # Strangers get a few hearts; it is what hearts are for.
        posts.append(Said(who, before - age if before else timedelta(), body, {"heart": 3 + len(body) % 7}))
        before = age
    return Talk("hello", told["board"], told["title"], before or timedelta(), tuple(posts))


def said(rows):
    """Rows of a file as posts."""
    return tuple(Said(who, span(after), body, _reactions(took)) for who, after, body, took in rows)


def _reactions(text):
    return {kind: int(many) for kind, many in re.findall(r"(\w+) (\d+)", text)}


@cache
def campaigns():
    found = []
    for one in _read("campaigns.toml")["campaign"]:
        links = tuple(
            Link(since=link.pop("from"), until=link.pop("to"), **link) for link in (dict(it) for it in one["links"])
        )
        found.append(Campaign(**{**one, "links": links}))
    return tuple(found)


@cache
def front_door():
    """What is set up beside the links: partners, tags, a split, costs, notes and what the shop sells."""
    return _read("front_door.toml")


@cache
def articles():
    return tuple(_read("articles.toml")["article"])


@cache
def pages():
    """The home page, the landing pages and the plain ones, by kind."""
    return _read("pages.toml")


@cache
def keepsakes():
    """What the regular keeps, and what they changed."""
    return _read("keepsakes.toml")


@cache
def order():
    """What members told the hosts, and what became of it."""
    return _read("order.toml")


@cache
def cards():
    """Posts that lead elsewhere, and what is told of the places they lead to."""
    return _read("cards.toml")["post"]


@cache
def inner_links():
    """Posts that lead to an article."""
    return _read("cards.toml")["inner"]
