"""Looking for something: from a question and its filters to what a reader may see of the answer, the best first.

Three steps, so that a word which a hundred thousand posts have costs no more than a rare one: the index gives the newest
few hundred entries of each kind that say it, by the reader's rights; ranking.py puts them in order; what stands on one
page of results is then fetched whole.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import IntegerField, Value
from django.utils.timezone import now
from wagtail.models import Page

from accounts.models import Member
from community.commons import chinese
from community.forum import finding, ranking
from community.forum.models import Board, Findable, Post, Tag, Thread
from community.forum.ranking import Group, Hit

MOST_POSTS, MOST_TITLES, MOST_OTHERS = 500, 200, 60  # entries that are weighed, the newest first
SPANS = (1, 4, 16)  # months that are looked through, one after the other, before all that was ever said
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
    talk: str = ""  # which threads: questions that wait or are solved, polls and so on
    board: Board | None = None
    author: Member | None = None
    since: datetime | None = None
    before: datetime | None = None
    thread: Thread | None = None

    @property
    def narrowing(self) -> dict:
        return {
            "board": self.board,
            "author": self.author,
            "since": self.since,
            "before": self.before,
            "talk": self.talk or None,
        }

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.thread or any(self.narrowing.values()))

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

    @property
    def kind(self) -> str:
        return self.group.kind

    @property
    def at(self):
        """When it was said; a discussion found by its title alone, when something was said in it last."""
        if self.post:
            return self.post.made_at
        return self.thread.stirred_at if self.thread else self.group.hits[0].at

    @property
    def say(self) -> str:
        """What a page tells of itself to everyone: its type knows, so only some have it."""
        return getattr(self.page, "own_words", "")

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
    wanted = finding.wanted(question.words)
    if not wanted:
        return Found()
    entries = _entries(question, person)
    groups, is_more = _exact(entries, question, wanted, moment)
    nearly = False
    if len(groups) < ENOUGH:
        close = _nearly(entries, question, moment, {group.key for group in groups})
        nearly = bool(close) and not groups
        groups += close
    start = _place(groups, after)
    page = groups[start : start + size]
    more = start + size < len(groups)
    return Found(
        rows=_rows(page, question, person),
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


def _entries(question, person) -> dict:
    """The entries of each kind that this question may be answered from, and how many of them are weighed."""
    narrow, wants = question.narrowing, question.kind
    talk = Findable.objects.talk_visible_to(person).narrowed(**narrow)
    if question.thread:
        return {"post": (talk.posts().in_thread(question.thread), MOST_POSTS)}
    told = {}
    if wants in ("", "thread"):
        told["thread"] = (talk.titles(), MOST_TITLES)
    if wants in ("", "thread", "post"):
        told["post"] = (talk.posts(), MOST_POSTS)
    if question.board is None and not question.talk and wants in ("", "article"):
        told["article"] = (Findable.objects.articles_to_see().narrowed(**narrow), MOST_OTHERS)
    if question.board is None and (wants == "tag" or not (wants or any(narrow.values()))):
        told["tag"] = (Findable.objects.tags_to_see(person), MOST_OTHERS)
    if wants == "member" or not (wants or any(narrow.values())):
        told["member"] = (Findable.objects.members_to_see(), MOST_OTHERS)
    return told


COLUMNS = ("pk", "kind", "thread_id", "post_id", "page_id", "member_id", "tag_id", "at")


def _hit(row, alone: bool, nearness=0.0) -> Hit:
    pk, kind, thread, post, page, member, tag, at = row
    subject = post if alone and post else thread or page or member or tag
    return Hit(pk=pk, kind=kind, subject=subject, at=at, nearness=nearness, post=post)


def _newest(entries, wanted, most, spans, until) -> list:
    """The newest entries that say it, up to so many."""
    for months in spans:
        lately = finding.lately(wanted, until.astimezone(UTC), months)
        rows = list(entries.saying(lately).newest_first().values_list(*COLUMNS)[:most])
        if len(rows) == most:
            return rows
        if len(rows) < FEW:
            break
    found = entries.saying(wanted)
    return list((found.newest_of_few() if spans else found.newest_first()).values_list(*COLUMNS)[:most])


def _exact(entries, question, wanted, moment) -> tuple[list[Group], bool]:
    hits, is_more = [], False
    for kind, (said, most) in entries.items():
        spans = SPANS if kind == "post" and not question.thread else ()
        rows = _newest(said, wanted, most, spans, question.before or moment)
        is_more |= len(rows) == most
        hits += [_hit(row, question.posts_alone) for row in rows]
    # Only of those that are weighed: how near words stand to one another takes longer to say than to find them.
    near = dict(Findable.objects.with_ids([hit.pk for hit in hits]).dense(wanted).values_list("pk", "nearness"))
    for hit in hits:
        hit.nearness = near.get(hit.pk, 0.0)
    _tell_posts(hits)
    groups = _grouped(hits, question.posts_alone)
    titles = _titles(groups)
    for group in groups:
        group.score = ranking.of_all(group, question.words, titles.get((group.kind, group.subject), ""), moment)
    return _in_order(groups), is_more


def _nearly(entries, question, moment, but) -> list[Group]:
    tokens = [token for token in dict.fromkeys(chinese.tokens(question.words)) if token not in chinese.FILLERS]
    tokens = tokens[:MOST_TOKENS]
    if len(tokens) < ranking.LEAST_WORDS:
        return []
    asked = [finding.wanted_word(token) for token in tokens]
    keys, few = set(), []
    for kind, (said, _most) in entries.items():
        if kind == "post":
            keys |= _near_posts(said, asked, question, moment)
        elif kind != "member":
            few += [said.saying(word).newest_first().values_list("pk", flat=True)[:NEAR_TITLES] for word in asked]
    keys |= set(few[0].union(*few[1:], all=True)) if few else set()
    told = Findable.objects.with_ids(keys).telling(asked)
    names = [f"has_{n}" for n in range(len(asked))]
    hits = []
    for row in told.values_list(*COLUMNS, *names):
        hit = _hit(row[: len(COLUMNS)], question.posts_alone)
        hit.has = row[len(COLUMNS) :]
        hits.append(hit)
    if not hits:
        return []
    _tell_posts(hits)
    worth = ranking.weights(hits, tokens)
    groups = []
    for group in _grouped(hits, question.posts_alone):
        score = ranking.of_part(group, worth, moment)
        if score is not None and group.key not in but:
            group.score, group.is_near = score, True
            groups.append(group)
    return _in_order(groups)


def _near_posts(entries, asked, question, moment) -> set[int]:
    """The newest posts with each of some words: of the last month, and all of them where it has few."""
    until, keys, many = (question.before or moment).astimezone(UTC), set(), Counter()
    if not question.thread:
        lately = [entries.saying(finding.lately(word, until, 1)).newest_first() for word in asked]
        for pk, which in _each(lately):
            keys.add(pk)
            many[which] += 1
    few = [entries.saying(word).newest_of_few() for n, word in enumerate(asked) if many[n] < NEAR_POSTS]
    return keys | {pk for pk, _which in _each(few)}


def _each(found):
    """The first of each of some lists, in one question, and of which list they are."""
    parts = [
        each.annotate(which=Value(n, IntegerField())).values_list("pk", "which")[:NEAR_POSTS]
        for n, each in enumerate(found)
    ]
    return parts[0].union(*parts[1:], all=True) if parts else ()


def _in_order(groups):
    return sorted(groups, key=lambda group: (-group.score, group.kind, -group.subject))


def _grouped(hits, alone: bool) -> list[Group]:
    groups: dict[tuple, Group] = {}
    for hit in hits:
        kind = "thread" if hit.kind == "post" and not alone else hit.kind
        group = groups.setdefault((kind, hit.subject), Group(kind=kind, subject=hit.subject))
        group.hits.append(hit)
    return list(groups.values())


def _tell_posts(hits):
    """Where each post stands, and how it was taken."""
    keys = [hit.post for hit in hits if hit.post]
    told = {
        pk: (number, tally) for pk, number, tally in Post.objects.with_ids(keys).values_list("pk", "number", "tally")
    }
    for hit in hits:
        if hit.post in told:
            hit.number, tally = told[hit.post]
            hit.reactions = sum(tally.values())


def _titles(groups) -> dict:
    """What those are called that were found by what they are called."""
    named = [group for group in groups if group.title]

    def of(kind):
        return [group.subject for group in named if group.kind == kind]

    told = {("thread", pk): title for pk, title in Thread.objects.with_ids(of("thread")).values_list("pk", "title")}
    told |= {("article", pk): page.title for pk, page in _pages(of("article")).items()}
    told |= {("member", pk): name for pk, name in Member.objects.with_ids(of("member")).values_list("pk", "name")}
    told |= {("tag", pk): name for pk, name in Tag.objects.with_ids(of("tag")).values_list("pk", "name")}
    return told


def _pages(keys) -> dict:
    """Each as its own type, which knows what it tells to everyone."""
    return Page.objects.specific().in_bulk(keys) if keys else {}


def _rows(groups, question, person) -> list[Row]:
    """Everything that is shown of one page of results, in a question for each kind."""

    def of(kind):
        return [group.subject for group in groups if group.kind == kind]

    best = {group.key: group.best for group in groups if group.kind in ("thread", "post")}
    posts = Post.objects.with_ids([hit.post for hit in best.values() if hit]).for_results().in_bulk()
    threads = Thread.objects.with_ids(of("thread")).for_rows(person).in_bulk()
    pages = _pages(of("article"))
    members = Member.objects.with_ids(of("member")).select_related("tier").in_bulk()
    tags = Tag.objects.with_ids(of("tag")).in_bulk()
    rows = []
    for group in groups:
        hit = best.get(group.key)
        post = posts.get(hit.post) if hit else None
        thread = threads.get(group.subject) if group.kind == "thread" else post.thread if post else None
        row = Row(group, thread=thread, post=post)
        if group.kind == "article":
            row.page = pages.get(group.subject)
        elif group.kind == "member":
            row.member = members.get(group.subject)
        elif group.kind == "tag":
            row.tag = tags.get(group.subject)
        if row.thread or row.page or row.member or row.tag:
            rows.append(row)
    return rows


def similar(title: str, person, *, most: int = 5) -> list[Row]:
    """Discussions that say what a title says, or much of it: for somebody about to begin another."""
    return seek(Question(title, kind="thread"), person, size=most).rows


def suggest(words: str, person, *, most: int = 7) -> list[Row]:
    """What one may mean while still typing: what is called so, and no more than a few of each."""
    wanted = finding.wanted(words)
    if not wanted:
        return []
    hits = []
    for kind, (entries, _most) in _entries(Question(words), person).items():
        if kind != "post":
            rows = entries.saying(wanted).newest_first().values_list(*COLUMNS)[: most * 8]
            hits += [_hit(row, False) for row in rows]
    groups = _grouped(hits, False)
    titles = _titles(groups)
    moment = now()
    for group in groups:
        group.score = ranking.of_all(group, words, titles.get((group.kind, group.subject), ""), moment)
    # An article is found by its words too; to suggest it, its title must say some of them.
    called = [group for group in groups if group.kind != "article" or _names(titles, group, words)]
    return _rows(_in_order(called)[:most], Question(words), person)


def _names(titles, group, words) -> bool:
    title = chinese.sought(titles.get((group.kind, group.subject), ""))
    return all(part in title for part in chinese.sought(words).split())


def called(boards, words: str) -> list[Board]:
    """Boards by their names; they are few enough to look at each."""
    asked = chinese.sought(words)
    return [board for board in boards if asked and asked in chinese.sought(board.name)][:2]
