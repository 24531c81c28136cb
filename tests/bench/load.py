"""Asks one address over and over on kept-alive connections, as a process of its own; tells what came back as JSON.

`python -m tests.bench.load PORT PATH SECONDS CONNECTIONS [RATE]`. A `{n}` in the path becomes a number of its own for
each request, counted on from `LOAD_FIRST`, and from 0 again after `LOAD_NUMBERS` of them. With a file name in
`LOAD_ANSWERED`, the numbers that were answered are kept there, one a line.
"""

import asyncio
import json
import os
import sys
import time

import uvloop

AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "[FBAN/FBIOS;FBAV/471.0.0.40.109;FBBV/618402541;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.6.1;FBLC/zh_TW]"
)
REQUEST = (
    f"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {AGENT}\r\nAccept: text/html,*/*;q=0.8\r\n"
    "Accept-Language: zh-TW,zh-Hant;q=0.9\r\nReferer: https://l.facebook.com/\r\n\r\n"
)


class Load:
    def __init__(self, port: int, path: str, seconds: float, rate: float):
        self.port, self.path = port, path
        self.until = time.perf_counter() + seconds
        self.pause = 1 / rate if rate else 0.0
        self.next = time.perf_counter()
        self.sent = int(os.environ.get("LOAD_FIRST") or 0)
        self.numbers = int(os.environ.get("LOAD_NUMBERS") or sys.maxsize)
        self.answered: list[int] = []
        self.times: list[float] = []
        self.other = 0
        self.broken = 0

    def is_over(self) -> bool:
        return time.perf_counter() >= self.until


class Connection(asyncio.Protocol):
    """One request at a time."""

    def __init__(self, load: Load):
        self.load = load
        self.over = asyncio.get_running_loop().create_future()
        self.heard = b""
        self.wanted: int | None = None

    def connection_made(self, transport):
        self.transport = transport
        self.ask()

    def ask(self):
        load = self.load
        if load.is_over():
            self.transport.close()
            return
        if load.pause:
            # Requests are due at fixed times, so that a slow answer delays nobody's clock but its own.
            self.due, load.next = load.next, load.next + load.pause
            if (wait := self.due - time.perf_counter()) > 0:
                asyncio.get_running_loop().call_later(wait, self.send)
                return
        else:
            self.due = time.perf_counter()
        self.send()

    def send(self):
        if self.transport.is_closing():  # the server was killed under us, as this bench does on purpose
            return
        self.number = self.load.sent
        self.load.sent += 1
        path = self.load.path.replace("{n}", str(self.number % self.load.numbers))
        self.transport.write((REQUEST % path).encode())

    def data_received(self, data):
        self.heard += data
        if not self.is_whole():
            return
        load = self.load
        if self.heard.startswith((b"HTTP/1.1 302", b"HTTP/1.1 200")):
            load.times.append(time.perf_counter() - self.due)
            load.answered.append(self.number)
        else:
            load.other += 1
        self.heard, self.wanted = b"", None
        self.ask()

    def is_whole(self) -> bool:
        if self.heard.startswith(b"HTTP/1.1 302"):
            return self.heard.endswith(b"\r\n\r\n")
        head, end, body = self.heard.partition(b"\r\n\r\n")
        if end and self.wanted is None:
            found = head.lower().find(b"content-length:")
            self.wanted = int(head[found + 15 :].split(b"\r\n", 1)[0]) if found >= 0 else 0
        return self.wanted is not None and len(body) >= self.wanted

    def connection_lost(self, error):
        if not self.load.is_over():
            self.load.broken += 1
        if not self.over.done():
            self.over.set_result(None)


async def keep_asking(load: Load):
    """Connects again whenever the other side goes away."""
    loop = asyncio.get_running_loop()
    while not load.is_over():
        try:
            _, connection = await loop.create_connection(lambda: Connection(load), "127.0.0.1", load.port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        await asyncio.wait({connection.over}, timeout=load.until - time.perf_counter() + 5)


async def main(port: int, path: str, seconds: float, connections: int, rate: float = 0.0):
    load = Load(port, path, seconds, rate)
    started = time.perf_counter()
    await asyncio.gather(*(keep_asking(load) for _ in range(connections)))
    took = min(seconds, time.perf_counter() - started)
    times = sorted(load.times)
    if name := os.environ.get("LOAD_ANSWERED"):
        with open(name, "w") as file:
            file.writelines(f"{number}\n" for number in load.answered)
    return {
        "answered": len(times),
        "per_second": len(times) / took,
        "p50_ms": times[len(times) // 2] * 1000 if times else 0,
        "p99_ms": times[len(times) * 99 // 100] * 1000 if times else 0,
        "other": load.other,
        "broken": load.broken,
    }


if __name__ == "__main__":
    port, path, seconds, connections, *rate = sys.argv[1:]
    work = main(int(port), path, float(seconds), int(connections), *map(float, rate))
    print(json.dumps(uvloop.run(work)))
