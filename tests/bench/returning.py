"""Pages that lose their server and come back, as static/js/live.js would: a process of its own, as light as Python can be.

`python -m tests.bench.returning <port> <other port> <pages> <topic>`: opens them at the first port, says "ready"; for the
line N on stdin waits until each page has had every number up to N, at whichever port it found, and answers with
JSON: how long that took, how many came back how often, what was asked over HTTP, and what came twice or out of order.
"""

import asyncio
import json
import random
import sys
import time

import uvloop

from tests.bench.listeners import masked

HANDSHAKE = (
    "GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"
)
EARLY = 0.25


class Pages:
    """What they have in common."""

    def __init__(self, ports, topic):
        self.ports, self.topic = ports, topic
        self.goal = sys.maxsize
        self.lost_at = 0.0
        self.settled: list[float] = []
        self.returned = self.asked = self.refused = self.wrong = 0
        self.over = asyncio.Event()


class Page:
    def __init__(self, pages):
        self.pages, self.last, self.failures, self.within = pages, 0, 0, None
        self.known = 0  # the largest number heard of
        self.early: dict[int, None] = {}
        self.asking: asyncio.Task | None = None
        self.has_settled = False

    async def live(self, ready):
        place = 0
        while not self.pages.over.is_set():
            opened = await self.connect(self.pages.ports[place], ready)
            self.pages.lost_at = self.pages.lost_at or time.monotonic()
            place = 1  # whatever stands before the processes leads to the one that lives
            self.failures = 0 if opened else self.failures + 1
            self.pages.returned += 1
            patience = self.within or min(60, 2**self.failures)
            self.within = None
            await asyncio.sleep(patience * (0.2 + random.random()))

    async def connect(self, port, ready) -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            self.pages.refused += 1
            return False
        try:
            writer.write(HANDSHAKE.format(port=port).encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 101"):
                self.pages.refused += 1
                return False
            writer.write(masked(json.dumps({"watch": self.pages.topic, "since": self.last}).encode()))
            while True:
                kind, length = await reader.readexactly(2)
                if length == 126:
                    length = int.from_bytes(await reader.readexactly(2))
                elif length == 127:
                    length = int.from_bytes(await reader.readexactly(8))
                text = await reader.readexactly(length)
                if kind & 0x0F == 8:
                    return True
                if kind & 0x0F == 1:
                    self.hear(json.loads(text), port)
                    ready()
        except (OSError, asyncio.IncompleteReadError):
            return True
        finally:
            writer.close()

    def hear(self, told, port):
        match told["kind"]:
            case "move":
                self.within = told["within"]
            case "since":
                self.fill(told["frames"], told["n"])
            case "open" | "behind":
                self.known = max(self.known, told["n"])
                if self.last < self.known:
                    self.ask_in(0, port)
            case "note":
                self.take(told["n"], port)

    def take(self, n, port):
        if n <= self.last:
            return
        self.known = max(self.known, n)
        self.early[n] = None
        while self.last + 1 in self.early:
            self.early.pop(self.last + 1)
            self.step(self.last + 1)
        if self.last < self.known:
            self.ask_in(EARLY, port)

    def fill(self, frames, n):
        for frame in frames:
            if frame["n"] > self.last:
                self.step(frame["n"])
        self.pages.wrong += self.last < n
        self.early = {each: None for each in self.early if each > self.last}
        while self.last + 1 in self.early:
            self.early.pop(self.last + 1)
            self.step(self.last + 1)

    def step(self, n):
        self.pages.wrong += n != self.last + 1
        self.last = n
        if n >= self.pages.goal and not self.has_settled:
            self.has_settled = True
            self.pages.settled.append(time.monotonic())

    def ask_in(self, seconds, port):
        if self.asking is None or self.asking.done():
            self.asking = asyncio.create_task(self.ask(seconds, port))

    async def ask(self, seconds, port):
        await asyncio.sleep(seconds)
        while self.last < self.known:
            self.pages.asked += 1
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                address = f"/live/{self.pages.topic}/?since={self.last}"
                writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
                head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
                writer.close()
                if head.startswith(b"HTTP/1.1 200"):
                    told = json.loads(body if b"chunked" not in head.lower() else body.split(b"\r\n")[1])
                    self.known = max(self.known, told["n"])
                    self.fill(told["frames"], told["n"])
                    continue
            except OSError:
                pass
            await asyncio.sleep(2)


async def main(port, other, many, topic):
    pages, loop = Pages((port, other), topic), asyncio.get_running_loop()
    gate, tasks = asyncio.Semaphore(64), []
    people = [Page(pages) for _ in range(many)]

    async def open_one(page):
        opened = loop.create_future()
        async with gate:
            tasks.append(asyncio.create_task(page.live(lambda: opened.done() or opened.set_result(None))))
            await asyncio.wait_for(opened, 60)

    await asyncio.gather(*map(open_one, people))
    print("ready", flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        pages.goal = int(line)
        for page in people:
            if page.last >= pages.goal and not page.has_settled:
                page.has_settled = True
                pages.settled.append(time.monotonic())
        deadline = time.monotonic() + 60
        while len(pages.settled) < many and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        took = [at - pages.lost_at for at in sorted(pages.settled)]
        said = {"settled": len(took), "last": took[-1] if took else 0, "p50": took[len(took) // 2] if took else 0}
        said |= {"returned": pages.returned, "asked": pages.asked, "refused": pages.refused, "wrong": pages.wrong}
        print(json.dumps(said), flush=True)
    pages.over.set()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
