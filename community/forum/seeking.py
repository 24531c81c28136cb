"""Looking for something: from a question and its filters to what a reader may see of the answer, the best first.

Three steps, so that a word which a hundred thousand posts have costs no more than a rare one: the index gives the newest
few hundred entries of each kind that say it, by the reader's rights; ranking.py puts them in order; what stands on one
page of results is then fetched whole.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.timezone import now
from wagtail.models import Page

from accounts.models import Member
from accounts.parting import folded_for
from community.commons import chinese
from community.forum import finding, ranking
from community.forum.models import Board, Findable, Post, Tag, Thread, looking
from community.forum.ranking import Group, Hit

MOST_POSTS, MOST_TITLES, MOST_OTHERS = 500, 200, 60  # entries that are weighed, the newest first
SPANS = (1, 4, 16)  # months that are looked through, one after the other, before all that was ever said
FIRST_DAYS = 10  # of a month, in which the one before is looked through with it
FEW = 25  # entries in a span, with fewer than which the word is so rare that all it has are soon read
ENOUGH = 3  # with fewer than these that say everything, those that say a part follow
MOST_TOKENS = 8  # of a question that are looked for one by one
NEAR_POSTS, NEAR_TITLES = 120, 60  # of each of them
SIZE = 20


@dataclass
class Question:
    """What somebody wants to find, and where."""

    words: str
    kind: str = ""
    talks: list[str] | None = None  # which threads: questions that wait or are solved, polls and so on; None for all
    board: Board | None = None
    tag: Tag | None = None
    author: Member | None = None
    since: datetime | None = None
    before: datetime | None = None
    thread: Thread | None = None

    @property
    def is_sayable(self) -> bool:
        """Whether there is a letter or a number in it: of signs alone nobody can say that they were never written."""
        return bool(finding.wanted(self.words))

    @property
    def narrowing(self) -> dict:
        return {
            "board": self.board,
            "author": self.author,
            "since": self.since,
            "before": self.before,
            "tag": self.tag,
            "talks": self.talks,
            "thread": self.thread,
        }

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.thread or self.is_narrow)

    @property
    def is_narrow(self) -> bool:
        return any(value is not None for value in self.narrowing.values())

    @property
    def posts_alone(self) -> bool:
        """Each post for itself; else a thread is one row, whatever in it was found."""
        return self.kind == Findable.Kind.POST or self.thread is not None


@dataclass
class Row:
    """One result, with all that is shown of it."""

    group: Group
    thread: Thread | None = None
    post: Post | None = None
    page: object = None
    member: Member | None = None
    tag: Tag | None = None
    is_kept_away: bool = False  # who spoke last in it is blocked by whoever looks

    @property
    def kind(self) -> str:
        return self.group.kind

    @property
    def at(self):
        """When it was said; a discussion found by its title alone, when something was said in it last."""
        if self.post:
            return self.post.made_at
        return self.thread.stirred_at if self.thread else datetime.fromtimestamp(self.group.hits[0].at, UTC)

    @property
    def say(self) -> str:
        """What a page tells to everyone, where the words asked for stand: its type knows, so only some have it."""
        return getattr(self.page, "found_words", "") or getattr(self.page, "own_words", "")

    @property
    def by(self):
        return getattr(self.page, "author", None)

    @property
    def more(self) -> int:
        """Other posts of the same thread that say it too."""
        return max(len(self.group.posts) - 1, 0)


@dataclass
class Found:
    rows: list[Row] = field(default_factory=list)
    next: str = ""
    total: int = 0
    is_more: bool = False  # there were more entries than are weighed
    nearly: bool = False  # nothing says everything; these say a part


def seek(question: Question, person, *, after: str = "", size: int = SIZE, moment=None) -> Found:
    """One page of what this person may see."""
    moment = moment or now()
    if not finding.wanted(question.words):
        return Found()
    kept_away = folded_for(person)
    scope = looking.Scope(person, question.narrowing, kept_away)
    groups, is_more = _exact(scope, question, moment)
    nearly = False
    if len(groups) < ENOUGH:
        close = _nearly(scope, question, moment, {group.key for group in groups})
        nearly = bool(close) and not groups
        groups += close
    start = _place(groups, after)
    page = groups[start : start + size]
    more = start + size < len(groups)
    return Found(
        rows=_rows(page, question, kept_away),
        next=f"{start + size}.{page[-1].key}" if more else "",
        total=len(groups),
        is_more=is_more,
        nearly=nearly,
    )


def _place(groups, after: str) -> int:
    """Behind the row that was seen last, wherever it stands now; where it stood, when it is gone."""
    number, _, key = after.partition(".")
    for place, group in enumerate(groups):
        if key and group.key == key:
            return place + 1
    return min(int(number), len(groups)) if number.isascii() and number.isdigit() and len(number) < 6 else 0


def _kinds(question) -> list[str]:
    """What this question may be answered from."""
    if question.thread:
        return ["post"]
    wants, is_narrow = question.kind, question.is_narrow
    anything = not (wants or is_narrow)
    kinds = {
        "thread": wants in ("", "thread"),
        "post": wants in ("", "thread", "post"),
        "article": wants in ("", "article") and not (question.board or question.tag or question.talks is not None),
        "tag": anything or (wants == "tag" and not is_narrow),
        "member": anything or (wants == "member" and not is_narrow),
    }
    return [kind for kind, is_asked in kinds.items() if is_asked]


def _others(question) -> list[str]:
    return [kind for kind in _kinds(question) if kind not in ("thread", "post")]


def _spans(until) -> list[tuple[int, int]]:
    """From how many months back to how many. In a month's first days hardly anything has been said in it yet."""
    ends = [SPANS[0] + (until.day < FIRST_DAYS), *SPANS[1:]]
    return list(zip([0, *ends], ends, strict=False))


def _newest_posts(scope, question, moment) -> list[tuple]:
    """The newest posts that say it, up to so many."""
    wanted, surely = finding.wanted(question.words, counts=False), finding.surely(question.words)
    until, found, reached = (question.before or moment).astimezone(UTC), [], 0
    if not surely:  # letters alone are in so much that is new, or else in so little, that the planner knows best
        return looking.posts_saying(scope, wanted, wanted, MOST_POSTS)
    for reached_before, months in () if question.thread else _spans(until):
        lately = finding.lately(wanted if reached else surely, until, months, reached_before)
        found += looking.posts_saying(scope, lately, wanted, MOST_POSTS - len(found), few=bool(reached))
        reached = months
        if len(found) >= MOST_POSTS:
            return found
        if len(found) < FEW:
            break
    older = finding.formerly(wanted, until, reached)
    return found + looking.posts_saying(scope, older, wanted, MOST_POSTS - len(found), few=True)


def _exact(scope, question, moment) -> tuple[list[Group], bool]:
    hits, is_more, kinds, alone = [], False, _kinds(question), question.posts_alone
    wanted, called = finding.wanted(question.words, counts=False), finding.wanted(question.words)
    if "thread" in kinds:
        titles = looking.titles_saying(scope, wanted, MOST_TITLES)
        is_more |= len(titles) == MOST_TITLES
        hits += [Hit(pk, "thread", thread, at, title=title) for pk, thread, at, title in titles]
    if "post" in kinds:
        posts = _newest_posts(scope, question, moment)
        is_more |= len(posts) == MOST_POSTS
        hits += [
            Hit(pk, "post", post if alone else thread, at, nearness, post, number, reactions)
            for pk, post, thread, at, nearness, number, reactions in posts
        ]
    others = looking.others_saying(scope, _others(question), [called], MOST_OTHERS)
    groups = _grouped(hits + _titled([Hit(*row) for row in others]), alone)
    asked = ranking.bare(question.words)
    for group in groups:
        group.score = ranking.of_all(group, asked, moment)
    return _in_order(groups), is_more


def _nearly(scope, question, moment, but) -> list[Group]:
    tokens = [token for token in dict.fromkeys(chinese.tokens(question.words)) if token not in chinese.FILLERS]
    tokens = tokens[:MOST_TOKENS]
    if len(tokens) < ranking.LEAST_WORDS:
        return []
    asked, kinds, keys = [finding.wanted_word(token) for token in tokens], _kinds(question), set()
    # A letter alone is in too much to be looked for, unless there is nothing else; it counts where others were found.
    sought = [finding.wanted_word(token) for token in tokens if not finding.is_letter(token)] or asked
    if "post" in kinds:
        keys |= _near_posts(scope, sought, question, moment)
    if "thread" in kinds:
        keys |= {pk for _which, pk in looking.newest_of_each(scope, "thread", sought, NEAR_TITLES)}
    others = [kind for kind in _others(question) if kind != "member"]
    keys |= {row[0] for row in looking.others_saying(scope, others, sought, NEAR_TITLES * len(sought))}
    hits = []
    for pk, kind, post, subject, at, number, reactions, *has in looking.told_of(scope, keys, asked) if keys else ():
        subject = post if question.posts_alone and post else subject
        hits.append(Hit(pk, kind, subject, at, 0.0, post, number, reactions, has=tuple(has)))
    worth = ranking.weights(hits, tokens)
    groups = []
    for group in _grouped(hits, question.posts_alone):
        score = ranking.of_part(group, worth, moment)
        if score is not None and group.key not in but:
            group.score, group.is_near = score, True
            groups.append(group)
    return _in_order(groups)


def _near_posts(scope, asked, question, moment) -> set[int]:
    """The newest posts with each of some words, month by month like those that say everything."""
    until, keys, many = (question.before or moment).astimezone(UTC), set(), Counter()
    reached = dict.fromkeys(range(len(asked)), 0)

    def look(which, words):
        if which:
            for n, pk in looking.newest_of_each(scope, "post", words, NEAR_POSTS):
                if many[which[n]] < NEAR_POSTS:
                    keys.add(pk)
                    many[which[n]] += 1

    for reached_before, months in () if question.thread else _spans(until):
        which = [n for n in reached if reached[n] == reached_before and (not reached_before or many[n] >= FEW)]
        which = [n for n in which if many[n] < NEAR_POSTS]
        look(which, [finding.lately(asked[n], until, months, reached_before) for n in which])
        reached |= dict.fromkeys(which, months)
    which = [n for n in reached if many[n] < NEAR_POSTS]
    look(which, [finding.formerly(asked[n], until, reached[n]) for n in which])
    return keys


def _in_order(groups):
    return sorted(groups, key=lambda group: (-group.score, group.kind, -group.subject))


def _grouped(hits, alone: bool) -> list[Group]:
    groups: dict[tuple, Group] = {}
    for hit in hits:
        kind = "thread" if hit.kind == "post" and not alone else hit.kind
        group = groups.get((kind, hit.subject))
        if group is None:
            group = groups[kind, hit.subject] = Group(kind=kind, subject=hit.subject)
        group.add(hit)
    return list(groups.values())


def _titled(hits) -> list[Hit]:
    """Pages, people and tags, with what they are called."""

    def of(kind):
        return [hit.subject for hit in hits if hit.kind == kind]

    told = {("article", pk): page.title for pk, page in _pages(of("article")).items()}
    for kind, named in (("member", Member), ("tag", Tag)):
        if keys := of(kind):
            told |= {(kind, pk): name for pk, name in named.objects.with_ids(keys).values_list("pk", "name")}
    for hit in hits:
        hit.title = told.get((hit.kind, hit.subject), "")
    return hits


def _pages(keys) -> dict:
    """Each as its own type, which knows what it tells to everyone."""
    return Page.objects.specific().in_bulk(keys) if keys else {}


def _rows(groups, question, kept_away=frozenset()) -> list[Row]:
    """Everything that is shown of one page of results, in a question for each kind that is there."""

    def of(kind):
        return [group.subject for group in groups if group.kind == kind]

    best = {group.key: hit for group in groups if group.kind in ("thread", "post") and (hit := group.best)}
    posts = _bulk(Post.objects.for_results(but_threads=not question.posts_alone), [hit.post for hit in best.values()])
    threads = _bulk(Thread.objects.for_results(), of("thread"))
    pages = _pages(of("article"))
    members = _bulk(Member.objects.select_related("tier"), of("member"))
    tags = _bulk(Tag.objects, of("tag"))
    rows = []
    for group in groups:
        hit = best.get(group.key)
        row = Row(group, post=posts.get(hit.post) if hit else None)
        if group.kind == "thread":
            row.thread = threads.get(group.subject)
            row.is_kept_away = bool(row.thread) and row.thread.last_by_id in kept_away
            if row.post and row.thread:
                row.post.thread = row.thread
        elif row.post:
            row.thread = row.post.thread
        elif group.kind == "article":
            row.page = pages.get(group.subject)
        elif group.kind == "member":
            row.member = members.get(group.subject)
        elif group.kind == "tag":
            row.tag = tags.get(group.subject)
        if row.thread or row.page or row.member or row.tag:
            rows.append(row)
    return rows


def _bulk(things, keys) -> dict:
    return things.in_bulk(keys) if keys else {}


def similar(title: str, person, *, most: int = 5) -> list[Row]:
    """Discussions that say what a title says, or much of it: for somebody about to begin another."""
    return seek(Question(title, kind="thread"), person, size=most).rows


def suggest(words: str, person, *, most: int = 7) -> list[Row]:
    """What one may mean while still typing: what is called so, and no more than a few of each."""
    wanted = finding.wanted(words)
    if not wanted:
        return []
    question, scope, moment = Question(words), looking.Scope(person), now()
    titles = looking.titles_saying(scope, finding.wanted(words, counts=False), most * 8)
    hits = [Hit(pk, "thread", thread, at, title=title) for pk, thread, at, title in titles]
    hits += _titled([Hit(*row) for row in looking.others_saying(scope, _others(question), [wanted], most * 8)])
    # An article is found by its words too; to suggest it, its title must say some of them.
    groups = _grouped([hit for hit in hits if hit.kind != "article" or _names(hit.title, words)], False)
    asked = ranking.bare(words)
    for group in groups:
        group.score = ranking.of_all(group, asked, moment)
    return _rows(_in_order(groups)[:most], question)


def _names(title, words) -> bool:
    title = chinese.sought(title)
    return all(part in title for part in chinese.sought(words).split())


def called(boards, words: str) -> list[Board]:
    """Boards by their names; they are few enough to look at each."""
    asked = chinese.sought(words)
    return [board for board in boards if asked and asked in chinese.sought(f"{board.name} {board.name_en}")][:2]
