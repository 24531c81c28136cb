"""A process full of sockets, as light as Python can make them, so that the server is what is measured.

`python -m tests.bench.listeners <port> <sockets> <hello>`: opens them, sends `hello` on each, says "ready"; then for each
line on stdin, a number of seconds, answers with JSON: frames heard, their seconds, and how long they took in ms.
With --echo each socket sends its hello again whenever it hears something.
"""

import asyncio
import json
import sys
import time
from array import array

import uvloop

HANDSHAKE = (
    "GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    # As every browser offers; a server that takes it keeps a dictionary for each socket.
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"
)
MOMENT = slice(6, 21)  # of a frame that begins with {"t":"<15 digits of nanoseconds>"


def masked(text: bytes) -> bytes:
    """A browser's frame; a mask of zeros is a mask."""
    assert len(text) < 65_536
    head = bytes((0x81, 0x80 | len(text))) if len(text) < 126 else b"\x81\xfe" + len(text).to_bytes(2, "big")
    return head + b"\0\0\0\0" + text


class Listener(asyncio.Protocol):
    latencies = array("d")

    def __init__(self, port, hello, echo):
        self.handshake = HANDSHAKE.format(port=port).encode()
        self.hello = masked(hello)
        self.echo = echo
        self.rest = b""
        self.open = False
        self.greeted = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.handshake)

    def connection_lost(self, error):
        print("a socket was lost", file=sys.stderr)

    def data_received(self, data):
        now = time.monotonic_ns()
        data = self.rest + data if self.rest else data
        at = 0
        if not self.open:
            if (at := data.find(b"\r\n\r\n") + 4) < 4:
                self.rest = data
                return
            assert data.startswith(b"HTTP/1.1 101"), data[:200]
            self.open = True
            self.transport.write(self.hello)
        end = len(data)
        while end - at >= 4:
            length, start = data[at + 1], at + 2
            if length == 126:
                length, start = int.from_bytes(data[start : start + 2], "big"), start + 2
            if start + length > end:
                break
            self.heard(data, start, now)
            at = start + length
        self.rest = data[at:]

    def heard(self, data, start, now):
        if not self.greeted.done():
            self.greeted.set_result(None)
        if self.echo:
            self.latencies.append(0)
            self.transport.write(self.hello)
        elif data.startswith(b'{"t":', start):
            self.latencies.append((now - int(data[start + MOMENT.start : start + MOMENT.stop])) / 1e6)


async def main(port, sockets, hello, echo):
    loop = asyncio.get_running_loop()
    gate = asyncio.Semaphore(32)

    async def open_one():
        async with gate:
            listener = (await loop.create_connection(lambda: Listener(port, hello, echo), "127.0.0.1", port))[1]
            await asyncio.wait_for(listener.greeted, 60)

    await asyncio.gather(*[open_one() for _ in range(sockets)])
    say("ready")
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        Listener.latencies = array("d")
        started = time.monotonic()
        await asyncio.sleep(float(line))
        took, found = time.monotonic() - started, sorted(Listener.latencies)
        heard = {f"p{part}": found[len(found) * part // 100] if found else 0 for part in (50, 99)}
        say(json.dumps({"frames": len(found), "seconds": took, **heard}))


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode(), "--echo" in sys.argv))
