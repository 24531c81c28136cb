"""Search: how well judged questions are answered, and how fast many posts are searched, beside a look-up by key.

`SEARCH_POSTS` says how many posts are made (100,000 unless told; DESIGN.md asks for a million). Their sentences are the
demo's, mixed anew for each, so that common words are common and rare ones rare.
"""

import json
import os
import random
import statistics
import time

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils.timezone import now

from community.demo import words
from community.forum import finding, seeking
from community.forum.models import Board, Post, Thread
from tests import cast, databases
from tests.bench import Figure
from tests.forum import judging
from tests.forum.judged import questions

POSTS = int(os.environ.get("SEARCH_POSTS", "100000"))
IN_A_THREAD = 20
ROUNDS = 2
BUDGET = 100  # milliseconds, of the slowest twentieth


def run() -> list[Figure]:
    connection.close()
    connection.settings_dict["NAME"] = databases.copy("search")
    try:
        return [*judged(), *measured()]
    finally:
        connection.close()
        databases.drop(connection.settings_dict["NAME"])


def judged() -> list[Figure]:
    with transaction.atomic():
        recall, rank, worst = judging.judge(AnonymousUser(), judging.lay())
        transaction.set_rollback(True)
    note = f"{len(list(questions()))} judged questions over the demo; less than perfect: {len(worst)}"
    return [
        Figure("search, recall among ten", recall, "of 1", least=0.9, note=note),
        Figure("search, mean reciprocal rank", rank, "of 1", least=0.9),
    ]


def fill():
    """Posts and their entries by COPY, which is as fast as a table can be filled."""
    dice, moment = random.Random(7), now().timestamp()
    sentences = [
        part
        for talk in words.talks()
        for post in talk.posts
        for part in post.body.replace("\n", "。").split("。")
        if part
    ]
    titles = [talk.title for talk in words.talks()]
    people, board = [cast.ada(), cast.ben(), cast.chen()], Board.objects.create(slug="many", name="很多")
    threads = Thread.objects.bulk_create(
        [
            Thread(board=board, author=people[n % 3], title=f"{dice.choice(titles)} {n}", last_number=IN_A_THREAD)
            for n in range(max(POSTS // IN_A_THREAD, 1))
        ],
        batch_size=2000,
    )
    finding.note_titles(threads)
    columns = "thread_id, number, sequence, author_id, body, html, policy, tally, made_at"
    with connection.cursor() as cursor, cursor.copy(f"COPY forum_post ({columns}) FROM STDIN") as copy:
        for n in range(POSTS):
            body = "。".join(dice.choices(sentences, k=dice.choice((1, 2, 2, 3, 5))))
            thread = threads[n // IN_A_THREAD % len(threads)]
            tally = json.dumps({"coffee": dice.randrange(9)} if dice.random() < 0.3 else {})
            at = time.strftime("%Y-%m-%d %H:%M:%S+00", time.gmtime(moment - (POSTS - n) * 300))
            number = n % IN_A_THREAD + 1
            copy.write_row((thread.pk, number, number, people[n % 3].pk, body, body, 1, tally, at))
    columns = "kind, version, thread_id, post_id, board_id, author_id, words, at"
    rows = Post.objects.order_by("pk").values_list("pk", "thread_id", "author_id", "body", "made_at")
    made = list(rows)
    with connection.cursor() as cursor, cursor.copy(f"COPY forum_findable ({columns}) FROM STDIN") as copy:
        for pk, thread, author, body, at in made:
            vector = finding.vector(body)
            copy.write_row(("post", finding.VERSION, thread, pk, board.pk, author, vector, at))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE forum_findable")
        cursor.execute("ANALYZE forum_post")


def timed(act) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def at(taken, share) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)]


def measured() -> list[Figure]:
    fill()
    person = AnonymousUser()
    asked = [question for question, _wanted in questions()] + ["咖啡", "水", "我", "手沖", "一", "15"]
    keys = list(Post.objects.order_by("pk").values_list("pk", flat=True)[:2000:10])
    looked = [timed(lambda pk=pk: Post.objects.get(pk=pk)) for pk in keys]
    for question in asked[:20]:
        seeking.seek(seeking.Question(question), person)
    taken, slow = [], []
    for _ in range(ROUNDS):
        for question in asked:
            took = timed(lambda: seeking.seek(seeking.Question(question), person))  # noqa: B023 (asked at once)
            taken.append(took)
            slow.append((round(took), question))
    hinted = [timed(lambda: seeking.suggest(question[:3], person)) for question in asked]  # noqa: B023
    slowest = " ".join(f"{question} {took}" for took, question in sorted(slow, reverse=True)[:4])
    many = f"{POSTS:,} posts"
    return [
        Figure(f"search, {many}, p95", at(taken, 0.95), "ms", most=BUDGET, note=f"slowest: {slowest}"),
        Figure(f"search, {many}, p50", statistics.median(taken), "ms", "a look-up by key", statistics.median(looked)),
        Figure(f"suggestions, {many}, p95", at(hinted, 0.95), "ms", most=BUDGET),
    ]
