"""Believable talk in any amount, for benchmarks: COPY streams made from a seed, in the order people would have written it."""

import html
import json
import random
from collections import defaultdict
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction

from accounts.models import Member, Tier
from community.commons import chinese, prose
from community.forum import finding, warming
from community.forum.cooking import POLICY
from community.forum.models import Board, Findable, Post, Thread

TABLES = {
    "forum_post": "id thread_id number sequence author_id body html policy reply_to_id tally made_at",
    "forum_reaction": "post_id member_id kind at",
    "forum_findable": "kind version thread_id post_id board_id author_id words at",
}
BATCH = 10_000  # posts in one transaction
MANY = 50_000  # posts from which on it pays to take indexes away meanwhile
LIVELY = 60  # threads that are talked in at one time
NEW_THREAD = 1 / 18  # of all posts, those that begin a thread
RENOWNED = 0.01  # of all posts, those said in the few threads that never end
NEVER_ENDING = 3
REACTIONS = ("coffee", "helpful", "heart", "laugh", "wow", "thanks")
BOARDS = ("很多人的廚房", "豆子與器材", "散步路線", "二手交換", "新手上路", "閒聊")
# For a site that says nothing yet; one that does lends its own sentences.
SENTENCES = (
    "衣索比亞水洗放到第十天才開始甜",
    "磨豆機轉到 22 格，水溫 92 度",
    "悶蒸三十秒，之後分三段慢慢注水",
    "雨下整個禮拜，步道上全是落葉",
    "這家的司康要早上十點以前去才有",
    "把濾紙先用熱水沖過，紙味就不見了",
    "上次在台北車站等了四十分鐘",
    "有人知道臺南哪裡可以修手沖壺嗎",
    "換成淺焙之後，酸味變得很明亮",
    "我媽說冰箱裡的豆子會吸味道",
    "週末帶小孩去河濱，風大得站不住",
    "退換貨三天就處理好，比我想的快",
    "新版的蓋子比較緊，舊的會漏水",
    "寄到高雄要幾天？我這裡等了五天",
    "同樣的參數，今天喝起來就是比較苦",
    "謝謝大家，我照做之後真的有救回來",
)
RARE = "磬黼斝觴麴醅醪罍缶卣甌甑籩簋鼐鬲匜盂盝樽"  # letters that hardly anybody writes


@dataclass(frozen=True)
class Plan:
    posts: int
    days: int = 730
    seed: int = 7


@dataclass
class Talk:
    """A thread while it is being told."""

    pk: int
    board: int
    author: int
    title: str
    began: datetime
    number: int = 0
    heat: float = 0.0
    last: tuple = ()  # when, by whom, what
    faces: list[int] = field(default_factory=list)
    opening: str = ""
    posts: list[int] = field(default_factory=list)  # the latest few, to be answered


class Loader:
    """Tells posts one after the other, up to this hour."""

    def __init__(self, plan: Plan, sentences=(), today: datetime | None = None):
        self.plan, self.chance = plan, random.Random(plan.seed)  # noqa: S311 (made-up talk, no secret)
        self.end = (today or datetime.now(UTC)).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        self.sentences = list(sentences) or self.heard() or list(SENTENCES)
        self.rows: dict[str, list[tuple]] = defaultdict(list)
        self.begun: list[Talk] = []  # of this batch
        self.stirred: dict[int, Talk] = {}  # in this batch
        self.lively: list[Talk] = []
        self.never_ending: list[Talk] = []

    def heard(self) -> list[str]:
        """What this site says already, sentence by sentence."""
        said = Post.objects.readable().latest_first().values_list("body", flat=True)[:2_000]
        return [part for body in said for part in body.replace("\n", "。").split("。") if 4 < len(part) < 200]

    def run(self, say=lambda text: None):
        self.people, self.boards = self.members(), self.places()
        self.post_keys, self.thread_keys = count(_last(Post) + 1), count(_last(Thread) + 1)
        begin, step = (
            self.end - timedelta(days=self.plan.days),
            timedelta(days=self.plan.days) / max(self.plan.posts, 1),
        )
        with without_slow_indexes(say) if self.plan.posts >= MANY else nullcontext():
            for start in range(0, self.plan.posts, BATCH):
                with transaction.atomic():
                    for n in range(start, min(start + BATCH, self.plan.posts)):
                        self.post(begin + step * n)
                    self.write()
                if start // BATCH % 10 == 9:
                    say(f"{start + BATCH:,} posts")
            self.settle()

    def members(self) -> list[int]:
        """Those who were made up before; else as many as would say so much."""
        if not (known := list(Member.objects.public().values_list("pk", flat=True)[:5_000])) or len(known) < 20:
            tier, many = Tier.objects.order_by("rank").first(), min(max(self.plan.posts // 200, 20), 5_000)
            names = [f"talk{self.plan.seed}-{n}" for n in range(many)]
            made = Member.objects.bulk_create(
                Member(
                    handle=name, handle_folded=chinese.fold(name), name=name, email=f"{name}@load.example", tier=tier,
                    password=make_password(None), named_at=self.end, proven_at=self.end,
                )
                for name in names
            )  # fmt: skip
            known = [member.pk for member in made]
        return known

    def places(self) -> list[int]:
        for n, name in enumerate(BOARDS):
            Board.objects.get_or_create(slug=f"load-{n}", defaults={"name": name, "position": 900 + n})
        return list(Board.objects.with_slugs([f"load-{n}" for n in range(len(BOARDS))]).values_list("pk", flat=True))

    def who(self) -> int:
        """Few say much, and many say little."""
        return self.people[int(len(self.people) * self.chance.random() ** 3)]

    def words(self) -> str:
        chance = self.chance
        body = "。".join(chance.choices(self.sentences, k=chance.choice((1, 2, 2, 3, 5))))
        if chance.random() < 0.2:
            body += f"。第 {chance.randrange(10_000)} 號"
        if chance.random() < 0.002:
            body += "。" + "".join(chance.choices(RARE, k=2))
        return body

    def talk(self, at: datetime) -> Talk:
        chance = self.chance
        if self.never_ending and chance.random() < RENOWNED:
            return chance.choice(self.never_ending)
        if len(self.lively) > 5 and chance.random() > NEW_THREAD:
            # What was begun lately is talked about most.
            return self.lively[-1 - int(len(self.lively) * chance.random() ** 2)]
        pk = next(self.thread_keys)
        title = f"{chance.choice(self.sentences)[:40]} {pk}"
        made = Talk(pk=pk, board=chance.choice(self.boards), author=self.who(), title=title, began=at)
        self.begun.append(made)
        self.lively.append(made)
        if len(self.lively) > LIVELY:
            self.lively.pop(0)
        if len(self.never_ending) < NEVER_ENDING:
            self.never_ending.append(made)
        return made

    def post(self, at: datetime):
        chance, talk, key, body = self.chance, self.talk(at), next(self.post_keys), self.words()
        talk.number += 1
        author = talk.author if talk.number == 1 else self.who()
        answered = chance.choice(talk.posts) if talk.posts and chance.random() < 0.3 else None
        tally: dict[str, int] = defaultdict(int)
        if chance.random() < 0.25:
            for member in {self.who() for _ in range(chance.choice((1, 1, 2, 4)))}:
                kind = chance.choice(REACTIONS)
                tally[kind] += 1
                self.rows["forum_reaction"].append((key, member, kind, at))
        said = f"<p>{html.escape(body, quote=False)}</p>"
        row = (key, talk.pk, talk.number, talk.number, author, body, said, POLICY, answered, json.dumps(tally), at)
        self.rows["forum_post"].append(row)
        vector = finding.said(body, at)
        self.rows["forum_findable"].append(("post", finding.VERSION, talk.pk, key, talk.board, author, vector, at))
        worth = warming.OF_AUTHOR if talk.number > 1 and author == talk.author else warming.OF_OTHERS
        talk.heat = warming.warmed(talk.heat, worth=worth + warming.OF_REACTION * sum(tally.values()), at=at)
        talk.last, talk.opening = (at, author, body), talk.opening or body
        talk.faces = list(dict.fromkeys([author, *talk.faces]))[:5]
        talk.posts = [*talk.posts[-9:], key]
        self.stirred[talk.pk] = talk

    def write(self):
        """Threads first, with what their lists show; then what was said in them."""
        Thread.objects.bulk_create(
            map(_row, self.stirred.values()), update_conflicts=True, unique_fields=["id"], update_fields=SHOWN
        )
        for talk in self.begun:
            entry = ("thread", finding.VERSION, talk.pk, None, talk.board, talk.author)
            self.rows["forum_findable"].append((*entry, finding.vector(talk.title), talk.began))
        with connection.cursor() as cursor:
            for table, columns in TABLES.items():
                names = ", ".join(f'"{name}"' for name in columns.split())
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in self.rows.pop(table, ()):
                        copy.write_row(row)
        self.begun, self.stirred = [], {}

    def settle(self):
        """Keys given here are taken; whoever spoke in a thread has read it; the planner is told how large all has become."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('forum_post', 'id'), max(id)) FROM forum_post")
            cursor.execute("SELECT setval(pg_get_serial_sequence('forum_thread', 'id'), max(id)) FROM forum_thread")
            cursor.execute(
                "INSERT INTO forum_readmark (member_id, thread_id, number, at)"
                " SELECT author_id, thread_id, max(number), max(made_at) FROM forum_post GROUP BY 1, 2"
                " ON CONFLICT DO NOTHING"
            )
            for table in (*TABLES, "forum_thread", "forum_readmark"):
                cursor.execute(f"{'' if connection.in_atomic_block else 'VACUUM '}ANALYZE {table}")


SHOWN = ["sequence", "last_number", "posts_count", "stirred_at", "heat", "last_said", "last_by", "first_lines", "faces"]


def _row(talk: Talk) -> Thread:
    at, by, body = talk.last
    return Thread(
        pk=talk.pk,
        board_id=talk.board,
        author_id=talk.author,
        title=talk.title,
        started_at=talk.began,
        sequence=talk.number,
        last_number=talk.number,
        posts_count=talk.number,
        stirred_at=at,
        heat=talk.heat,
        last_said=prose.excerpt(body),
        last_by_id=by,
        first_lines=prose.excerpt(talk.opening, 80),
        faces=talk.faces,
    )


def _last(model) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@contextmanager
def without_slow_indexes(say):
    """A GIN index is made at once in a tenth of the time that a million insertions into it take."""
    slow = [index for index in Findable._meta.indexes if isinstance(index, GinIndex)]
    with connection.cursor() as cursor:
        for index in slow:
            cursor.execute(f'DROP INDEX IF EXISTS "{index.name}"')
    try:
        yield
    finally:
        say("indexing …")
        with connection.schema_editor() as editor:
            for index in slow:
                editor.add_index(Findable, index)
