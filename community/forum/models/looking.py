"""What search asks of the index, written by hand: what says some words, the newest first, among what a reader may see.

To put such questions together out of querysets, and to plan one for each word and kind, took longer than to answer them.
What is put into them is written in this file; whatever anybody asks is a parameter.
"""

from dataclasses import dataclass, field

from django.db import connection
from django.utils.timezone import now

from community.forum.models.boards import Board
from community.forum.models.index import Findable

# Threads and posts, by boards and removals as they are now, whatever the index remembers of them. What is to open later
# is found by nobody, hosts included: they have their own list of it.
VISIBLE = """f.board_id = ANY(%(boards)s)
  AND NOT EXISTS (SELECT FROM forum_removal r WHERE r.thread_id = f.thread_id)
  AND NOT EXISTS (SELECT FROM forum_removal r WHERE r.post_id = f.post_id)
  AND NOT EXISTS (SELECT FROM forum_thread t WHERE t.id = f.thread_id AND t.opens_at > %(moment)s)"""
NARROWED = {
    "thread": "f.thread_id = %(thread)s",
    "board": "f.board_id = %(board)s",
    "author": "f.author_id = %(author)s",
    "tag": "EXISTS (SELECT FROM forum_threadtag tt WHERE tt.thread_id = f.thread_id AND tt.tag_id = %(tag)s)",
    "talks": "f.talk = ANY(%(talks)s)",
    "since": "f.at >= %(since)s",
    "before": "f.at < %(before)s",
}
# Posts of those whom the reader blocks, unless it is them they ask for.
KEPT_AWAY = "(f.kind <> 'post' OR f.author_id <> ALL(%(kept_away)s))"
NEWEST = "f.at DESC, f.id DESC"
# The same where few rows say it: they are found by their words and then put in order. The planner, who knows nothing of
# a word that nobody has ever written, would else read everything from the newest on.
NEWEST_OF_FEW = "f.at + interval '0' DESC, f.id DESC"
AT = "extract(epoch FROM f.at)::float8"
REACTIONS = (
    "CASE p.tally WHEN '{}' THEN 0 ELSE (SELECT sum(many::int) FROM jsonb_each_text(p.tally) AS each (kind, many)) END"
)
MOST_LOOKED_AT = 1000  # pages, people and tags, before it is asked which of them somebody may see


@dataclass
class Scope:
    """Among what is looked: what this person may see, and of that what the question is narrowed to."""

    person: object
    narrow: dict = field(default_factory=dict)
    kept_away: frozenset = frozenset()

    def __post_init__(self):
        self.boards = list(Board.objects.visible_to(self.person).order_by().values_list("pk", flat=True))
        self.asked = {name: getattr(value, "pk", value) for name, value in self.narrow.items() if value or value == []}

    def talk(self) -> str:
        away = [KEPT_AWAY] if self.kept_away and "author" not in self.asked else []
        return " AND ".join([VISIBLE, *away, *(NARROWED[name] for name in self.asked)])

    def rows(self, sql: str, **asked) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(
                sql, {"boards": self.boards, "moment": now(), "kept_away": list(self.kept_away), **self.asked, **asked}
            )
            return cursor.fetchall()


def posts_saying(scope: Scope, found_by: str, words: str, most: int, *, few: bool = False) -> list[tuple]:
    """The newest posts that say `words`: (key, post, thread, seconds, how densely they say them, number, reactions).

    The index finds them by the other, which may ask less and name a span of time; what it gives is looked at as a row.
    """
    sql = f"""SELECT f.id, f.post_id, f.thread_id, {AT}, ts_rank_cd(f.words, %(words)s::tsquery), p.number, {REACTIONS}
      FROM (SELECT f.id, f.thread_id, f.post_id, f.at, f.words FROM forum_findable f
        WHERE f.kind = 'post' AND f.words @@ %(found_by)s::tsquery AND ts_match_vq(f.words, %(words)s::tsquery)
          AND {scope.talk()}
        ORDER BY {NEWEST_OF_FEW if few else NEWEST} LIMIT %(most)s) f
      JOIN forum_post p ON p.id = f.post_id"""  # noqa: S608
    return scope.rows(sql, found_by=found_by, words=words, most=most)


def titles_saying(scope: Scope, wanted: str, most: int) -> list[tuple]:
    """The newest titles that say it: (key, thread, seconds, title)."""
    sql = f"""SELECT f.id, f.thread_id, {AT}, t.title
      FROM (SELECT f.id, f.thread_id, f.at FROM forum_findable f
        WHERE f.kind = 'thread' AND f.words @@ %(wanted)s::tsquery AND {scope.talk()}
        ORDER BY {NEWEST} LIMIT %(most)s) f
      JOIN forum_thread t ON t.id = f.thread_id"""  # noqa: S608
    return scope.rows(sql, wanted=wanted, most=most)


def newest_of_each(scope: Scope, kind: str, asked: list[str], most: int) -> list[tuple]:
    """The newest posts or titles that say each of some things: (which of them, key)."""
    sql = f"""SELECT q.which - 1, f.id FROM unnest(%(asked)s::tsquery[]) WITH ORDINALITY AS q (words, which)
      CROSS JOIN LATERAL (SELECT f.id FROM forum_findable f
        WHERE f.kind = %(kind)s AND f.words @@ q.words AND {scope.talk()}
        ORDER BY {NEWEST_OF_FEW} LIMIT %(most)s) f"""  # noqa: S608
    return scope.rows(sql, asked=asked, kind=kind, most=most)


def others_saying(scope: Scope, kinds: list[str], asked: list[str], most: int) -> list[tuple]:
    """The newest pages, people and tags that say any of some things: (key, kind, page or person or tag, seconds)."""
    if not kinds:
        return []
    within = ["f.kind IN ('article', 'member', 'tag') AND f.kind = k.kind AND f.words @@ q.words"]
    within += [NARROWED[name] for name in ("author", "since", "before") if name in scope.asked and "article" in kinds]
    sql = f"""SELECT DISTINCT f.* FROM unnest(%(asked)s::tsquery[]) AS q (words)
      CROSS JOIN unnest(%(kinds)s::text[]) AS k (kind)
      CROSS JOIN LATERAL (SELECT f.id, f.kind, coalesce(f.page_id, f.member_id, f.tag_id), {AT} AS at
        FROM forum_findable f
        WHERE {" AND ".join(within)}
        ORDER BY {NEWEST_OF_FEW} LIMIT {MOST_LOOKED_AT}) f
      ORDER BY at DESC, id DESC"""  # noqa: S608
    rows = scope.rows(sql, asked=asked, kinds=kinds)
    told = []
    for kind in kinds:
        found = [row for row in rows if row[1] == kind]
        seen = _seen(kind, [row[0] for row in found], scope.person) if found else ()
        told += [row for row in found if row[0] in seen][:most]
    return told


def _seen(kind, keys, person) -> set[int]:
    """Which of these entries somebody may see; not asked where nothing was found, as mostly."""
    seen = {
        Findable.Kind.ARTICLE: Findable.objects.articles_to_see,
        Findable.Kind.TAG: lambda: Findable.objects.tags_to_see(person),
        Findable.Kind.MEMBER: Findable.objects.members_to_see,
    }
    return set(seen[kind]().with_ids(keys).values_list("pk", flat=True))


def told_of(scope: Scope, keys, asked: list[str]) -> list[tuple]:
    """Entries: (key, kind, post, thread or page or tag, seconds, number, reactions, whether it says each of some things)."""
    has = ", ".join(f"f.words @@ %(asked_{n})s::tsquery" for n in range(len(asked)))
    sql = f"""SELECT f.id, f.kind, f.post_id, coalesce(f.thread_id, f.page_id, f.tag_id), {AT}, p.number, {REACTIONS},
        {has}
      FROM forum_findable f LEFT JOIN forum_post p ON p.id = f.post_id WHERE f.id = ANY(%(keys)s)"""  # noqa: S608
    return scope.rows(sql, keys=list(keys), **{f"asked_{n}": words for n, words in enumerate(asked)})
