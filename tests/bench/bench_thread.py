"""A member's page of twenty posts, inside the server: how long it takes and what it asks, beside a view that does nothing."""

import statistics
import time
from functools import partial

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from community import urls as house
from community.commons import public
from community.forum import discussing
from community.forum.models import PAGE_SIZE, Board
from tests import cast, databases
from tests.bench import Figure

ROUNDS = 300
WARM = 30


def nothing(request):
    """Stands for the least a page can cost: the same middleware, the same person, no words."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("nothing/", nothing), *house.urlpatterns]


def run() -> list[Figure]:
    connection.close()
    connection.settings_dict["NAME"] = databases.copy("thread")
    try:
        with override_settings(
            ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver", *settings.ALLOWED_HOSTS], PUBLIC_PAGES=True
        ):
            public.Ear.is_open = True  # as in a web process
            return measure(*furnish())
    finally:
        connection.close()
        databases.drop(connection.settings_dict["NAME"])


def furnish():
    people = [cast.ada(), cast.ben(), cast.chen(), cast.host()]
    board = Board.objects.create(slug="bench", name="新手沖煮", rules="貼參數，不貼價錢。")
    words = "92 度、15 g、1:15，第一段悶蒸 40 秒。酸還是很衝，是不是磨太粗？小飛鷹 4.5，濾杯是 V60 01。\n\n" * 2
    thread = discussing.start(board=board, author=people[0], title="衣索比亞水洗，酸到皺眉怎麼救？", body=words)
    for n in range(1, PAGE_SIZE):
        before = thread.posts.get(number=n)
        post = discussing.reply(
            thread=thread, author=people[n % 4], body=f"{words}{n}", reply_to=before, at=thread.started_at
        )
        discussing.react(post=post, member=people[1], kind="coffee", at=thread.started_at)
    client = Client()
    client.force_login(people[2])
    return client, thread


class Clocks:
    """Time that passed, and time that this process worked: the second tells what a page costs on a busy machine too."""

    def __init__(self):
        self.passed, self.worked = [], []

    def run(self, act):
        passed, worked = time.perf_counter(), time.process_time()
        done = act()
        self.passed.append((time.perf_counter() - passed) * 1000)
        self.worked.append((time.process_time() - worked) * 1000)
        return done


def timed(client, address) -> Clocks:
    for _ in range(WARM):
        client.get(address)
    clocks = Clocks()
    for _ in range(ROUNDS):
        assert clocks.run(lambda: client.get(address)).status_code == 200
    return clocks


def at(taken, share) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)]


def measure(client, thread) -> list[Figure]:
    address = thread.get_absolute_url()
    bare, page, replies = timed(client, "/nothing/"), timed(client, address), Clocks()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    for n in range(100):
        told = {"thread": thread, "author": thread.author, "body": f"第 {n} 次量測的留言", "at": thread.started_at}
        replies.run(partial(discussing.reply, **told))
    nothing = "a view that does nothing"
    p50 = statistics.median
    return [
        Figure("thread page, p50", p50(page.passed), "ms", most=25, note=f"{nothing}: {p50(bare.passed):.1f} ms"),
        Figure("thread page, p99", at(page.passed, 0.99), "ms", nothing, at(bare.passed, 0.99)),
        Figure("thread page, processor time", p50(page.worked), "ms", nothing, p50(bare.worked)),
        Figure("thread page, queries", len(asked), "queries", most=12),
        Figure("reply, with index and publication, p50", p50(replies.passed), "ms", most=30),
        Figure("reply, processor time", p50(replies.worked), "ms", nothing, p50(bare.worked)),
    ]
