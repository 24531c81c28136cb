"""Many sockets in one process: what 5,000 idle ones weigh, beside bare sockets, and how 2,000 lose theirs all at once.

In the storm a second process stands ready, as behind any proxy; the first is killed, or told to stop, while frames go out.
Each page comes back by the rules of live.js, says its last number, and must have every number once.
"""

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack

from channels.layers import get_channel_layer
from django.conf import settings

from community.commons import valkey
from community.live.topics import Frame, encode
from tests import databases
from tests.bench import Figure
from tests.bench.bench_live import listening, serving
from tests.bench.bench_start import resident

IDLE, HEAVIEST = 5_000, 400  # sockets, and MB of the whole process with them
STORM, SETTLED = 2_000, 15  # sockets, and seconds until each has every frame
EVERY = 0.1  # seconds between two frames meanwhile
HTML = f'<article class="post">{"咖啡豆要放幾天再沖，大家都說不一樣。" * 8}</article>'


def run() -> list[Figure]:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    database = databases.copy("bench_sockets")
    site = {"DATABASE_URL": databases.url_of(database)}
    try:
        return [*idle(site), *storm(site, signal.SIGKILL, "killed"), *storm(site, signal.SIGTERM, "told to stop")]
    finally:
        databases.drop(database)


def weight(application, *kind, **site) -> tuple[float, float]:
    """MB of the process with its sockets, and kB for each."""
    with serving(application, **site) as (port, server):
        before = resident(server.pid)
        with listening(port, IDLE, *kind) as ask:
            ask(3)
            after = resident(server.pid)
    return after, (after - before) * 1024 / IDLE


def idle(site) -> list[Figure]:
    _whole, bare = weight("tests.bench.echo:application", "--still")
    whole, each = weight("tests.live.site:application", **site)
    return [
        Figure(f"{IDLE:,} idle sockets, the whole process", whole, "MB", most=HEAVIEST),
        Figure("resident for each idle socket", each, "kB", "a bare socket", bare),
    ]


class Talk:
    """Says one numbered note after the other, as verbs in other processes would: written first, told then."""

    def __init__(self, name):
        self.key, self.topic = name, f"note.{name}"
        self.number, self.is_over = 0, threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self.go_on()))

    async def go_on(self):
        layer, shelf = get_channel_layer(), f"{settings.VALKEY_PREFIX}notes:{self.key}"
        while not self.is_over.is_set():
            n = valkey.client().rpush(shelf, json.dumps("咖啡"))
            text = encode(Frame(n=n, kind="note", id=f"note-{n}", html=HTML).as_dict(self.topic)).encode()
            told = {"type": "frame", "topic": self.topic, "n": n, "texts": {"zh-hant": text, "en": text}}
            await layer.group_send(self.topic, {**told, "id": f"note-{n}", "whole": True})
            self.number = n
            await asyncio.sleep(EVERY)
        await layer.flush()


def storm(site, number, said) -> list[Figure]:
    talk = Talk(f"all-storm-{said[0]}")
    with ExitStack() as stack:
        port, first = stack.enter_context(serving("tests.live.site:application", **site))
        other, second = stack.enter_context(serving("tests.live.site:application", **site))
        command = [sys.executable, "-m", "tests.bench.returning", str(port), str(other), str(STORM), talk.topic]
        pages = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            assert pages.stdout.readline() == "ready\n"
            talk.thread.start()
            time.sleep(3)
            os.kill(first.pid, number)
            time.sleep(8)
            talk.is_over.set()
            talk.thread.join()
            pages.stdin.write(f"{talk.number}\n")
            pages.stdin.flush()
            told = json.loads(pages.stdout.readline())
        finally:
            pages.stdin.close()
            pages.terminate()
            pages.wait(10)
        heaviest = resident(second.pid)
    note = (
        f"p50 {told['p50']:.1f} s; {talk.number} frames for each; came back {told['returned']} times, refused "
        f"{told['refused']}, asked over HTTP {told['asked']}; the other process has {heaviest:.0f} MB afterwards"
    )
    return [
        Figure(f"{STORM:,} pages whose process was {said}: all settled", told["last"], "s", most=SETTLED, note=note),
        Figure(f"of them, without a frame too few ({said})", told["settled"], "pages", least=STORM),
        Figure(f"frames twice or out of order ({said})", told["wrong"], "frames", most=0),
    ]
