"""One socket, as the hub sees it: who holds it, what it watches, and how bytes are put on it without waiting."""

import asyncio
import contextlib
import struct

from community.live.topics import encode

try:
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
except ImportError:  # another server, or another uvicorn: the plain way below is always there
    WebSocketsSansIOProtocol = None

SLOW_BYTES = 256 * 1024  # unsent bytes after which a socket is given up
SLOW_FRAMES = 64  # the same where only ASGI's send is at hand


def wire(text: bytes) -> bytes:
    """A whole text message as a server puts it on the wire (RFC 6455, 5.2): final, unmasked, uncompressed."""
    length = len(text)
    if length < 126:
        return bytes((0x81, length)) + text
    if length < 65_536:
        return struct.pack("!BBH", 0x81, 126, length) + text
    return struct.pack("!BBQ", 0x81, 127, length) + text


class Door:
    """An accepted socket. Writing never waits: a reader who cannot keep up is dropped and resumes by number."""

    __slots__ = (
        "__weakref__",
        "address",
        "dropped",
        "due",
        "heard",
        "person",
        "places",
        "protocol",
        "queue",
        "reader",
        "rooms",
        "send",
        "since",
        "task",
        "tasks",
        "transport",
        "wrote",
    )

    def __init__(self, reader, person, address, send):
        self.reader = reader
        self.person = person
        self.address = address
        self.send = send
        self.rooms: dict = {}
        self.places: dict = {}  # what is known of this person in each of them
        self.wrote = 0.0  # when they last said that they are writing
        self.due = 0.0  # when to ask again who this is
        self.heard, self.since = 0, 0.0  # messages in the current window, and when it began
        self.tasks: set[asyncio.Task] = set()
        self.queue: asyncio.Queue | None = None
        self.task = asyncio.current_task()  # the socket's own, which ends with it
        self.dropped = False
        # Between a frame and the kernel stand some twenty Python calls per socket, all with the same outcome for every
        # reader. Where the server is the uvicorn we know, its transport takes the finished bytes instead.
        protocol = getattr(send, "__self__", None)
        reachable = WebSocketsSansIOProtocol is not None and isinstance(protocol, WebSocketsSansIOProtocol)
        self.protocol = protocol if reachable else None
        self.transport = protocol.transport if reachable else None

    @property
    def who(self) -> str:
        """One person with three tabs is one of those who are here."""
        return f"m{self.person.pk}" if self.person.pk else self.reader.visitor or f"d{id(self)}"

    def tell(self, told: dict):
        text = encode(told).encode()
        self.write(wire(text), [text])

    def write(self, bytes_on_wire: bytes, texts: list[bytes]):
        """Puts whole messages on the socket, either as one piece of wire or one by one."""
        if (transport := self.transport) is None:
            self._queue_up(texts)
        elif transport.get_write_buffer_size() > SLOW_BYTES:
            transport.abort()  # a goodbye would stand behind all that was not read
        elif not self.protocol.close_sent and not transport.is_closing():
            transport.write(bytes_on_wire)

    def shut(self, code: int):
        """Says goodbye without waiting for an answer."""
        self._later(self._close(code))

    def cut(self):
        """Ends the socket without a word."""
        if self.transport is not None:
            self.transport.abort()
        else:
            self.dropped = True
            self.task.cancel()

    def forget(self):
        """The socket is gone."""
        for task in self.tasks:
            task.cancel()

    def _queue_up(self, texts):
        if self.queue is None:
            self.queue = asyncio.Queue(SLOW_FRAMES)
            self._later(self._write_on(self.queue))
        try:
            for text in texts:
                self.queue.put_nowait(text)
        except asyncio.QueueFull:
            self.cut()

    async def _write_on(self, queue):
        with contextlib.suppress(OSError, RuntimeError):  # the reader has gone, the socket's own task will see it
            while True:
                text = await queue.get()
                await self.send({"type": "websocket.send", "text": text.decode()})

    async def _close(self, code):
        with contextlib.suppress(OSError, RuntimeError):
            await self.send({"type": "websocket.close", "code": code})

    def _later(self, work):
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
