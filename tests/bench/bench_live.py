"""Fan-out: one topic, one process, all its sockets; beside a bare ASGI socket that only echoes, asked by the same client.

Frames of a post's size are published through the channel layer at a rate that rises until they come late or not at all.
"""

import asyncio
import contextlib
import json
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

from channels.layers import get_channel_layer

from community.live.topics import Frame, encode
from community.running.ports import free_port
from tests import databases
from tests.bench import Figure
from tests.bench.bench_start import resident

TOPIC = "note.all-0"
HELLO = json.dumps({"watch": TOPIC, "since": 0})
HTML = f'<article class="post">{"咖啡豆要放幾天再沖，大家都說不一樣。" * 8}</article>'
RATES = (5_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 120_000)
SECONDS = 3
PACES = (20, 40, 60)  # frames a second, at which half a thousand and a thousand sockets are compared
LATE = 250  # ms


def run() -> list[Figure]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 8192)), hard))
    figures, kept, worked, paced = [], {}, {}, {}
    database = databases.copy("bench_live")
    for sockets in (500, 1000):
        with serving("tests.bench.echo:application") as (port, server), listening(port, sockets, "--echo") as ask:
            spent = cpu(server.pid)
            heard = ask(SECONDS)
            echoes, spent = heard["frames"], cpu(server.pid) - spent
        echoed, echo_worked = echoes / heard["seconds"], echoes / spent
        with serving("tests.live.site:application", DATABASE_URL=databases.url_of(database)) as (port, server):
            before = resident(server.pid)
            with listening(port, sockets) as ask:
                weight = (resident(server.pid) - before) * 1024 / sockets
                paced[sockets] = keep_pace(ask, sockets, server.pid)
                rate, p50, p99, worked[sockets] = climb(ask, sockets, server.pid)
        kept[sockets] = rate
        said = f"p50 {p50:.0f} ms, p99 {p99:.0f} ms; frames of {len(HTML.encode())} bytes"
        figures += [
            Figure(f"{sockets} sockets", rate, "deliveries/s", "echoes of a bare socket", echoed, note=said),
            Figure(f"{sockets} sockets, p99 at that rate", p99, "ms", most=LATE),
            Figure(
                f"{sockets} sockets, for each second of the server's processor",
                worked[sockets],
                "deliveries",
                "echoes",
                echo_worked,
                note="what a busy machine cannot take away",
            ),
            Figure(f"{sockets} sockets, resident for each", weight, "kB", most=80),
        ]
    databases.drop(database)
    figures.append(Figure("500 sockets, the budget", kept[500], "deliveries/s", least=60_000))
    said = f"deliveries for each second of the server's processor, at {', '.join(map(str, PACES))} frames a second"
    figures.append(
        Figure("1000 sockets, of processor", paced[1000], "deliveries", "500", paced[500], least=0.9, note=said)
    )
    return figures


def cpu(pid: int) -> float:
    """Seconds of processor the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(application, **more):
    port = free_port()
    env = {**os.environ, "LIVE_SOCKETS_PER_ADDRESS": "100000", "SITE_URL": f"http://127.0.0.1:{port}", **more}
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port), "--log-level", "critical"]
    # The listeners answer no pings, which would only be in the way here.
    server = subprocess.Popen(
        [*command, "--ws-max-size", "65536", "--ws-ping-interval", "0", "--ws-per-message-deflate", "false"], env=env
    )
    try:
        while not answers(port):
            assert server.poll() is None, "the server did not start"
            time.sleep(0.1)
        yield port, server
    finally:
        server.terminate()
        server.wait(30)


def answers(port) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


@contextlib.contextmanager
def listening(port, sockets, *more):
    command = [sys.executable, "-m", "tests.bench.listeners", str(port), str(sockets), HELLO if not more else HTML]
    client = subprocess.Popen([*command, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(seconds, meanwhile=lambda: None):
        client.stdin.write(f"{seconds}\n")
        client.stdin.flush()
        meanwhile()
        return json.loads(client.stdout.readline())

    try:
        assert client.stdout.readline() == "ready\n"
        yield ask
    finally:
        client.stdin.close()
        client.terminate()
        client.wait(10)


def keep_pace(ask, sockets, pid) -> float:
    """Deliveries for each second of processor, at paces that do not depend on how many listen.

    Frames that arrive together go out in one piece. The same deliveries a second are twice the frames to half the
    sockets, more of them together, and cheaper for that alone: compared at the top of the climb, a thousand sockets looked
    twice as costly.
    """
    delivered, spent, number = 0, 0.0, 0
    for pace in PACES:
        frames, before = pace * SECONDS, cpu(pid)
        heard = ask(SECONDS + 1, lambda first=number, frames=frames: asyncio.run(publish(first, frames, SECONDS)))
        number += frames
        delivered, spent = delivered + heard["frames"], spent + cpu(pid) - before
    return delivered / spent


def climb(ask, sockets, pid):
    """The highest rate at which no frame is missing and p99 is in time; a rate that fails twice ends the climb.

    Also how many deliveries came of each second of processor, over all rates that were kept.
    """
    rate, p50, p99, number, delivered, spent = 0, 0, 0, sum(PACES) * SECONDS, 0, 0
    for wanted in RATES:
        frames = wanted * SECONDS // sockets
        for _ in range(2):
            before = cpu(pid)
            heard = ask(SECONDS + 1, lambda first=number, frames=frames: asyncio.run(publish(first, frames, SECONDS)))
            number += frames
            if is_kept := heard["frames"] >= frames * sockets * 0.999 and heard["p99"] <= LATE:
                rate, p50, p99 = heard["frames"] / SECONDS, heard["p50"], heard["p99"]
                delivered, spent = delivered + heard["frames"], spent + cpu(pid) - before
                break
            time.sleep(2)  # what came too late must not count in the next
        if not is_kept:
            break
    assert rate, f"Not even {RATES[0]} deliveries a second came in time; this machine is too busy to measure anything."
    return rate, p50, p99, delivered / max(spent, 0.01)


async def publish(first, frames, seconds):
    layer, started = get_channel_layer(), time.monotonic()
    for turn in range(frames):
        await asyncio.sleep(max(0, started + turn * seconds / frames - time.monotonic()))
        n = first + turn + 1
        extra = {"t": f"{time.monotonic_ns():015d}"}
        text = encode(Frame(n=n, kind="post", id=f"post-{n}", html=HTML, extra=extra).as_dict(TOPIC)).encode()
        message = {
            "type": "frame",
            "topic": TOPIC,
            "n": n,
            "texts": {"zh-hant": text, "en": text},
            "id": f"post-{n}",
            "whole": True,
        }
        await layer.group_send(TOPIC, message)
    await layer.flush()
