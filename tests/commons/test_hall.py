import asyncio

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from community.commons.hall import Hall

GET = b"GET %b HTTP/1.1\r\nHost: x\r\n%b\r\n"
LENGTH = b"content-length: 4\r\n"


class Transport(asyncio.Transport):
    """Keeps what is written, as a socket's other end would read it."""

    def __init__(self, peer="198.51.100.7"):
        super().__init__({"sockname": ("127.0.0.1", 80), "peername": (peer, 5)})
        self.said, self.closed = b"", False

    def write(self, data):
        self.said += data

    def close(self):
        self.closed = True

    def is_closing(self):
        return self.closed

    def pause_reading(self):
        pass

    resume_reading = pause_reading


async def inner(scope, receive, send):
    body = f"inner {scope['method']} {scope['path']}".encode()
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


class Now(Hall):
    """Answers /now at once and /later when it is told to."""

    waiting: list

    def ask(self, told):
        if self.url == b"/now":
            self.visit().answer(b"200 OK", LENGTH, b"here")
        elif self.url == b"/later":
            self.waiting.append(self.visit())
        elif self.url == b"/who":
            who = f"{self.http_scheme} {self.http_client[0]}".encode()
            self.visit().answer(b"200 OK", b"content-length: %d\r\n" % len(who), who)
        else:
            return False
        return True


def in_the_hall(work, *, peer="198.51.100.7", **options):
    async def live():
        config = Config(inner, access_log=False, log_config=None, **options)
        config.load()
        state = ServerState()
        state.default_headers = [(b"date", b"today")]
        hall = Now(config=config, server_state=state, app_state={})
        hall.waiting, transport = [], Transport(peer)
        hall.connection_made(transport)
        await work(hall, transport)
        hall.connection_lost(None)
        return transport

    return asyncio.run(live())


def asked(path=b"/now", more=b""):
    return GET % (path, more)


def test_what_is_ready_is_answered_at_once_and_the_connection_goes_on():
    async def work(hall, wire):
        hall.data_received(asked())
        assert wire.said == b"HTTP/1.1 200 OK\r\ndate: today\r\n" + LENGTH + b"\r\nhere"
        wire.said = b""
        hall.data_received(asked(b"/other"))
        await asyncio.sleep(0.01)
        assert wire.said.endswith(b"inner GET /other")
        wire.said = b""
        hall.data_received(asked())
        assert wire.said.endswith(b"here")
        assert not wire.closed
        assert hall.server_state.total_requests == 3

    in_the_hall(work)


def test_requests_sent_in_one_breath_are_answered_in_their_order():
    async def work(hall, wire):
        hall.data_received(asked(b"/later") + asked(b"/second") + asked(b"/now"))
        await asyncio.sleep(0.01)
        assert wire.said == b""
        [visit] = hall.waiting
        visit.answer(b"200 OK", LENGTH, b"late")
        await asyncio.sleep(0.01)
        assert [wire.said.index(word) for word in (b"late", b"inner GET /second", b"inner GET /now")] == sorted(
            wire.said.index(word) for word in (b"late", b"inner GET /second", b"inner GET /now")
        )
        assert wire.said.count(b"HTTP/1.1 200 OK") == 3

    in_the_hall(work)


@pytest.mark.parametrize(
    "request_",
    [asked(more=b"Connection: close\r\n"), asked().replace(b"HTTP/1.1", b"HTTP/1.0")],
    ids=["close", "http1.0"],
)
def test_one_that_asks_for_the_end_of_the_connection_gets_it(request_):
    async def work(hall, wire):
        hall.data_received(request_)
        assert b"connection: close\r\n\r\nhere" in wire.said
        assert wire.closed

    in_the_hall(work)


def test_a_connection_is_closed_when_it_was_quiet_for_long_enough_and_not_before():
    async def work(hall, wire):
        begun = hall.loop.time()
        hall.timeout_keep_alive = 0.2
        hall.data_received(asked())
        while hall.loop.time() < begun + 0.15:
            await asyncio.sleep(0.01)
        hall.data_received(asked(b"/later"))
        await asyncio.sleep(0.3)
        assert not wire.closed  # somebody waits for an answer
        answered = hall.loop.time()
        hall.waiting[0].answer(b"200 OK", LENGTH, b"late")
        while not wire.closed:
            await asyncio.sleep(0.01)
        assert hall.loop.time() - answered > 0.19

    in_the_hall(work)


def test_a_server_that_stops_waits_for_what_is_under_way():
    async def work(hall, wire):
        hall.data_received(asked(b"/later"))
        hall.shutdown()
        assert not wire.closed
        hall.waiting[0].answer(b"200 OK", LENGTH, b"late")
        assert b"connection: close" in wire.said
        assert wire.closed

    in_the_hall(work)


def test_nobody_is_answered_who_went_away_and_nobody_twice():
    async def work(hall, wire):
        hall.data_received(asked(b"/later"))
        hall.waiting[0].answer(b"200 OK", LENGTH, b"late")
        hall.waiting[0].answer(b"200 OK", LENGTH, b"late")
        assert wire.said.count(b"late") == 1
        wire.said = b""
        hall.data_received(asked(b"/later"))
        hall.connection_lost(None)
        hall.waiting[1].answer(b"200 OK", LENGTH, b"late")
        assert wire.said == b""

    in_the_hall(work)


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        b"HEAD /now HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /now HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
        b"GET /no%77 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://x/now HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /now HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi",
        b"GET /now HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        b"GET /now HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n",
    ],
    ids=["post", "head", "http1.0", "escaped", "absolute", "body", "chunked", "expect"],
)
def test_whatever_is_not_plain_goes_the_usual_way(request_):
    async def work(hall, wire):
        hall.data_received(request_)
        await asyncio.sleep(0.01)
        assert b"here" not in wire.said
        assert wire.said.startswith(b"HTTP/1.1 200 OK")

    in_the_hall(work)


@pytest.mark.parametrize(
    ("peer", "options", "who"),
    [
        ("127.0.0.1", {"proxy_headers": False}, b"http 127.0.0.1"),
        ("198.51.100.7", {"forwarded_allow_ips": "127.0.0.1"}, b"http 198.51.100.7"),
        ("127.0.0.1", {"forwarded_allow_ips": "127.0.0.1"}, b"https 203.0.113.9"),
        ("127.0.0.1", {"forwarded_allow_ips": "127.0.0.1,203.0.113.9"}, b"https 192.0.2.1"),
    ],
)
def test_a_proxy_is_believed_as_the_server_itself_would(peer, options, who):
    async def work(hall, wire):
        said = b"X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
        hall.data_received(asked(b"/who", said))
        assert wire.said.endswith(who)

    in_the_hall(work, peer=peer, **options)
