"""Bodies that are too large, over real sockets: refused by what they say, or at the byte that is one too many."""

import asyncio
import socket
import threading
import time

import pytest
import uvicorn

from community.commons.bodies import Bounded

MB = 1_000_000


class Reader:
    """An application that reads whole bodies, as Django does, and counts what reached it."""

    def __init__(self):
        self.heard, self.asked = 0, 0

    async def __call__(self, scope, receive, send):
        self.asked += 1
        more = True
        while more:
            message = await receive()
            self.heard += len(message.get("body", b""))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def reader(settings):
    settings.BODY_LIMITS = [("/large/", 3 * MB), ("/api/", 1_000), ("", 10_000)]
    app = Reader()
    server = uvicorn.Server(uvicorn.Config(Bounded(app), port=0, lifespan="off", log_level="error"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        app.address = listener.getsockname()
        yield app
        server.should_exit = True
        thread.join(10)


def ask(reader, path, head=b"", pieces=()):
    """Says the head, then the pieces for as long as somebody listens; gives the answer and how much could be said."""
    with socket.create_connection(reader.address, timeout=20) as wire:
        wire.sendall(b"POST %b HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n%b\r\n" % (path, head))
        said = 0
        try:
            for piece in pieces:
                wire.sendall(piece)
                said += len(piece)
        except OSError:
            pass
        found = b""
        try:
            while more := wire.recv(65_536):
                found += more
                if found.endswith(b"\r\n\r\nok"):
                    break
        except OSError:
            pass
        return found.decode(), said


def chunks(size, many):
    for _ in range(many):
        yield b"%x\r\n%b\r\n" % (size, b"x" * size)
    yield b"0\r\n\r\n"


def test_what_says_it_is_too_large_is_refused_before_a_byte_of_it(reader):
    answer, _ = ask(reader, b"/somewhere/", b"Content-Length: 200000000\r\nExpect: 100-continue\r\n")
    assert answer.startswith("HTTP/1.1 413")
    assert "At most 10 kB" in answer
    assert "connection: close" in answer.lower()
    assert reader.asked == 0


def test_a_body_that_grows_without_saying_is_stopped(reader):
    answer, said = ask(reader, b"/large/", b"Transfer-Encoding: chunked\r\n", chunks(100_000, 2_000))
    assert answer.startswith("HTTP/1.1 413") or answer == ""  # whoever goes on talking may not hear it
    assert said < 40 * MB
    assert reader.heard <= 3 * MB
    # One that is just over it hears the answer whole.
    answer, _ = ask(reader, b"/large/", b"Transfer-Encoding: chunked\r\n", chunks(100_000, 40))
    assert answer.startswith("HTTP/1.1 413")
    assert answer.rstrip().endswith("</html>")


def test_each_address_has_its_own_limit_and_programs_are_told_in_their_form(reader):
    for head, pieces in (
        (b"Content-Length: 2000000\r\n", [b"x" * 2 * MB]),
        (b"Transfer-Encoding: chunked\r\n", chunks(100_000, 20)),
    ):
        assert ask(reader, b"/large/", head, pieces)[0].endswith("\r\n\r\nok")
    answer, _ = ask(reader, b"/api/v1/links", b"Content-Length: 1001\r\n", [b"x" * 1001])
    assert answer.startswith("HTTP/1.1 413")
    assert "application/problem+json" in answer
    assert '"/api/v1/#large"' in answer


def test_the_house_stands_behind_it():
    from community import asgi

    assert isinstance(asgi.inner, Bounded)
    assert asgi.door.beyond is asgi.inner
    assert asgi.pages.inner is asgi.inner
