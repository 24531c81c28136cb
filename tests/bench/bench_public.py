"""A thread as strangers see it, beside a page of the same size that never changes; and how soon a change is seen."""

import json
import os
import statistics
import subprocess
import sys

import httpx

from community.running.folder import ROOT
from community.running.ports import free_port
from tests import databases
from tests.bench import Figure
from tests.bench.bench_go import load, median
from tests.site import Site

CONNECTIONS, ROUNDS, SECONDS = 64, 5, 3
CHANGES = 200
FILL = """
from accounts.models import Member
from community.forum import discussing
from community.forum.models import Thread
thread, member = Thread.objects.get(pk={thread}), Member.objects.with_email("chen@cast.example").get()
words = "92 度、15 g、1:15，第一段悶蒸 40 秒。酸還是很衝，是不是磨太粗？小飛鷹 4.5，濾杯是 V60 01。"
for number in range(18):
    discussing.reply(thread=thread, author=member, body=f"{{words * 2}} {{number}}", at=thread.started_at)
"""
WATCH = """
import json, time
import httpx
from accounts.models import Member
from community.forum import discussing
from community.forum.models import Thread
thread, member = Thread.objects.get(pk={thread}), Member.objects.with_email("chen@cast.example").get()
web = httpx.Client(base_url="http://127.0.0.1:{port}", headers={{"Host": "localhost:{host}", "Accept-Language": "zh-TW"}})
page = "/forum/threads/{thread}/?at=1000000"
whole, stale = [], 0
for number in range({changes}):
    web.get(page)
    words = f"第 {{number}} 次改變，在另一個程序裡"
    # Words brought in from elsewhere are under no limit of how fast somebody may write.
    discussing.reply(thread=thread, author=member, body=words, at=thread.started_at)
    said = time.perf_counter()
    while words not in web.get(page).text:
        stale += 1
    whole.append(time.perf_counter() - said)
print("seen", json.dumps([whole, stale]))
"""


def run() -> list[Figure]:
    with Site(databases.copy("bench_public"), worker=False) as site:
        return [speed(site), *changes(site)]


def speed(site: Site) -> Figure:
    """Rounds take turns, so that a busy machine is busy for both."""
    site.manage("shell", "-v0", "-c", FILL.format(thread=site.seeds["thread"]))
    path = f"/forum/threads/{site.seeds['thread']}/"
    page = httpx.get(site.url + path, headers={"Accept-Encoding": "identity", "Accept-Language": "zh-TW"})
    body = site.folder / "still.html"
    body.write_bytes(page.content)
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.bench.still:application", "--port", str(port)]
    command += ["--no-server-header", "--no-proxy-headers", "--no-access-log", "--log-level", "error"]
    still = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "STILL_BODY": str(body)})
    try:
        for each in (site.port, port):
            load(each, path, 1, connections=CONNECTIONS)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(load(port, path, SECONDS, connections=CONNECTIONS))
            ours.append(load(site.port, path, SECONDS, connections=CONNECTIONS))
    finally:
        still.terminate()
        still.wait()
    note = f"{len(page.content):,} bytes; p99 {median(ours, 'p99_ms'):.1f} ms with {CONNECTIONS} connections"
    rate, reference = median(ours, "per_second"), median(theirs, "per_second")
    return Figure("a public thread page", rate, "/s", "a still page of that size", reference, least=0.70, note=note)


def changes(site: Site) -> list[Figure]:
    """One process says something, another one serves strangers: when do they read it?"""
    script = WATCH.format(thread=site.seeds["thread"], port=site.port, host=site.port, changes=CHANGES)
    said = site.manage("shell", "-v0", "-c", script)
    whole, stale = json.loads(said.split("seen ", 1)[1])
    note = f"with its rendering; p50 {statistics.median(whole) * 1000:.0f} ms; former pages given out after it: {stale}"
    return [
        Figure(f"each of {CHANGES} changes is read from another process, p99", _p99(whole), "ms", most=100, note=note)
    ]


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) * 99 // 100] * 1000
