"""A member's lists of discussions inside the server: among ten thousand posts, and where a million have been said."""

import statistics

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from community.commons import public
from community.forum.models import Post, Thread
from tests.bench import Figure, talking
from tests.bench.bench_thread import timed

FEW = 10_000  # enough that each list has more than it shows
FLAT = 1.5  # a list among many posts, beside the same one among few


def run() -> list[Figure]:
    with override_settings(ALLOWED_HOSTS=["testserver", *settings.ALLOWED_HOSTS], PUBLIC_PAGES=True):
        public.Ear.is_open = True  # as in a web process
        with talking.database("lists", kept=False):
            talking.fill(FEW)
            few, _asked = measure()
        with talking.database("lists"):
            loaded = talking.fill()
            many, asked = measure()
    told = [
        Figure(f"{name}, p50", many[name], "ms", "among few posts", few[name], most=FLAT, note=f"{asked[name]} queries")
        for name in many
    ]
    return [*loaded, *told]


def measure() -> tuple[dict[str, float], dict[str, int]]:
    """By list: milliseconds in the middle, and how many questions it asks."""
    client = Client()
    client.force_login(Post.objects.order_by("pk").first().author)  # somebody who reads and writes as others do
    busiest = Thread.objects.order_by("-last_number").first()
    lists = {
        "latest": "/forum/",
        "hot": "/forum/hot/",
        "unread": "/forum/unread/",
        "mine": "/forum/mine/",
        "a board's list": busiest.board.get_absolute_url(),
    }
    taken, asked = {}, {}
    for name, address in lists.items():
        taken[name] = statistics.median(timed(client, address).passed)
        with CaptureQueriesContext(connection) as questions:
            client.get(address)
        asked[name] = len(questions)
    return taken, asked
