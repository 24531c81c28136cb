"""A member's page of twenty posts, inside the server: how long it takes and what it asks, beside a view that does nothing;
and the same page, and a page in the middle of the longest thread, where a million posts have been said (see talking.py)."""

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
from community.forum.models import PAGE_SIZE, Board, Thread
from tests.bench import Figure, talking

ROUNDS = 300
WARM = 30
p50 = statistics.median


def nothing(request):
    """Stands for the least a page can cost: the same middleware, the same person, no words."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("nothing/", nothing), *house.urlpatterns]


FEW = 1_000
FLAT = 1.25  # the page among many posts, beside the one among few


def run() -> list[Figure]:
    with override_settings(
        ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver", *settings.ALLOWED_HOSTS], PUBLIC_PAGES=True
    ):
        public.Ear.is_open = True  # as in a web process
        with talking.database("thread", kept=False):
            talking.fill(FEW)
            few, figures = measure(*furnish(), f"{FEW:,} posts")
        with talking.database("thread"):
            loaded = talking.fill()
            many, more = measure(*furnish(), f"{talking.POSTS:,} posts")
            deep = p50(timed(furnish()[0], middle()).passed)
    flat = [
        Figure("thread page among many posts, p50", many, "ms", "among few", few, most=FLAT),
        Figure("page in the middle of the longest thread, p50", deep, "ms", "among few", few, most=FLAT),
    ]
    return [*loaded, *figures, *more, *flat]


def middle() -> str:
    """The page in the middle of the thread that was talked in most."""
    thread = Thread.objects.order_by("-last_number").first()
    return f"{thread.get_absolute_url()}?after={thread.last_number // 2 // PAGE_SIZE * PAGE_SIZE}"


def furnish():
    people = talking.people()
    board, _is_new = Board.objects.get_or_create(slug="bench", name="新手沖煮", rules="貼參數，不貼價錢。")
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


def measure(client, thread, among) -> tuple[float, list[Figure]]:
    """How long the page takes, and all its figures."""
    address = thread.get_absolute_url()
    bare, page, replies = timed(client, "/nothing/"), timed(client, address), Clocks()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    for n in range(100):
        told = {"thread": thread, "author": thread.author, "body": f"第 {n} 次量測的留言", "at": thread.started_at}
        replies.run(partial(discussing.reply, **told))
    nothing = "a view that does nothing"
    return p50(page.passed), [
        Figure(
            f"thread page, {among}, p50", p50(page.passed), "ms", most=25, note=f"{nothing}: {p50(bare.passed):.1f} ms"
        ),
        Figure(f"thread page, {among}, p99", at(page.passed, 0.99), "ms", nothing, at(bare.passed, 0.99)),
        Figure(f"thread page, {among}, processor time", p50(page.worked), "ms", nothing, p50(bare.worked)),
        Figure(f"thread page, {among}, queries", len(asked), "queries", most=12),
        Figure(f"reply, {among}, with index and publication, p50", p50(replies.passed), "ms", most=30),
        Figure(f"reply, {among}, processor time", p50(replies.worked), "ms", nothing, p50(bare.worked)),
    ]
