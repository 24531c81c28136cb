"""Search: how well judged questions are answered, and how fast a million posts are searched, beside a look-up by key.

Posts are those of talking.py: the demo's sentences, mixed anew for each, so that common words are common and rare ones rare.
"""

import gc
import statistics
import time

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from community.forum import seeking
from community.forum.models import Post
from tests import databases
from tests.bench import Figure, talking
from tests.forum import judging
from tests.forum.judged import questions

ROUNDS = 2
BUDGET = 100  # milliseconds, of the slowest twentieth


def run() -> list[Figure]:
    connection.close()
    connection.settings_dict["NAME"] = databases.copy("search")
    try:
        found = judged()
    finally:
        connection.close()
        databases.drop(connection.settings_dict["NAME"])
    with talking.database("search"):
        return [*found, *talking.fill(), *measured()]


def judged() -> list[Figure]:
    with transaction.atomic():
        recall, rank, worst = judging.judge(AnonymousUser(), judging.lay())
        transaction.set_rollback(True)
    note = f"{len(list(questions()))} judged questions over the demo; less than perfect: {len(worst)}"
    return [
        Figure("search, recall among ten", recall, "of 1", least=0.9, note=note),
        Figure("search, mean reciprocal rank", rank, "of 1", least=0.9),
    ]


def timed(act) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def at(taken, share) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)]


def measured() -> list[Figure]:
    person = AnonymousUser()
    asked = [question for question, _wanted in questions()] + ["咖啡", "水", "我", "手沖", "一", "15"]
    keys = list(Post.objects.order_by("pk").values_list("pk", flat=True)[:2000:10])
    looked = [timed(lambda pk=pk: Post.objects.get(pk=pk)) for pk in keys]
    for question in asked[:20]:
        seeking.seek(seeking.Question(question), person)
    # As the site does when it starts: what was made until now is not looked through for rubbish again and again.
    gc.collect()
    gc.freeze()
    taken, slow = [], []
    for _ in range(ROUNDS):
        for question in asked:
            took = timed(lambda: seeking.seek(seeking.Question(question), person))  # noqa: B023 (asked at once)
            taken.append(took)
            slow.append((round(took), question))
    hinted = [timed(lambda: seeking.suggest(question[:3], person)) for question in asked]  # noqa: B023
    slowest = " ".join(f"{question} {took}" for took, question in sorted(slow, reverse=True)[:4])
    many = f"{talking.POSTS:,} posts"
    return [
        Figure(f"search, {many}, p95", at(taken, 0.95), "ms", most=BUDGET, note=f"slowest: {slowest}"),
        Figure(f"search, {many}, p50", statistics.median(taken), "ms", "a look-up by key", statistics.median(looked)),
        Figure(f"suggestions, {many}, p95", at(hinted, 0.95), "ms", most=BUDGET),
    ]
