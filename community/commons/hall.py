"""uvicorn's HTTP protocol with a shorter way: what is known by heart is answered before a task is made for it.

For every request uvicorn makes a scope, a cycle, an event, a task and two messages that it checks header by header. That
is right for what Django renders; for a redirect of two hundred known bytes it is most of the work. So those whose answers
are ready, or need only a word from a disk, are asked here first; whatever they do not take goes the usual way, and under
a server that is not this one everything does.
"""

import asyncio
from typing import Any

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_PERCENT, _HASH = b"%#"


class _Deaf:
    """Stands where uvicorn would wake somebody who waits for the request's body; here nobody does."""

    def set(self):
        pass


class Visit:
    """One request that is answered from the hall; to uvicorn it looks like a cycle of its own that is under way."""

    __slots__ = ("disconnected", "hall", "keep_alive", "response_complete")
    message_event = _Deaf()

    def __init__(self, hall: "Hall", keep_alive: bool):
        self.hall, self.keep_alive = hall, keep_alive
        self.disconnected = self.response_complete = False

    def answer(self, status: bytes, lines: bytes, body: bytes = b""):
        """`status` with its words, as b"302 Found"; `lines` are whole header lines, the length of the body among them."""
        if self.disconnected or self.response_complete:
            return
        hall = self.hall
        always = _Always.lines if hall.server_state.default_headers is _Always.headers else hall.always()
        end = b"\r\n" if self.keep_alive else b"connection: close\r\n\r\n"
        hall.transport.write(b"HTTP/1.1 %b\r\n%b%b%b%b" % (status, always, lines, end, body))
        self.response_complete = True
        if not self.keep_alive:
            hall.transport.close()
        hall.on_response_complete()


class _Always:
    """The lines that the server adds to each answer (the date, once a second anew), put together once for all."""

    headers: Any = None
    lines = b""


class Hall(HttpToolsProtocol):
    """Subclassed with `ask`, which takes a request by returning True, and answers its visit then or later.

    A visit is begun by `visit()`. Until then nothing has happened, and the request may still go the usual way.
    """

    http_client: tuple[str, int] | None
    http_scheme: str | None
    is_quiet = False  # since `quiet_at`: everything is answered and nothing new has come
    quiet_at = 0.0
    watch: asyncio.TimerHandle | None = None

    def ask(self, told: dict[bytes, bytes]) -> bool:
        """Whether the request is taken; of itself the hall takes none. `told` are its headers, the last of each name."""
        return False

    # --- a connection ---

    def connection_made(self, transport):
        super().connection_made(transport)
        self.http_client, self.http_scheme = self.client, self.scheme
        # What is known of all requests of a connection before the first one comes.
        self.takes_none = bool(self.access_log or self.root_path or self.limit_concurrency is not None)
        self.is_from_proxy = (
            type(self.app) is ProxyHeadersMiddleware and self.client and self.client[0] in self.app.trusted_hosts
        )

    def connection_lost(self, exc):
        super().connection_lost(exc)
        if self.watch is not None:
            self.watch.cancel()
            self.watch = None

    # A quiet connection is closed after a while. uvicorn sets a timer after each answer and takes it down with each
    # request; one that looks now and then whether it was quiet all the time costs nothing in between.

    def _unset_keepalive_if_required(self):
        """uvicorn calls this whenever something comes in."""
        self.is_quiet = False

    def on_response_complete(self):
        if self.pipeline:
            super().on_response_complete()
            return
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        if self.flow.read_paused:
            self.flow.resume_reading()
        self.is_quiet, self.quiet_at = True, self.loop.time()
        if self.watch is None:
            self.watch = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def timeout_keep_alive_handler(self):
        self.watch = None
        if not self.is_quiet:
            return  # the answer that is under way begins the watch anew
        if (left := self.quiet_at + self.timeout_keep_alive - self.loop.time()) > 0:
            self.watch = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    # --- a request ---

    def on_message_begin(self):
        """Only what the parser fills. The scope is made for those who go the usual way, once that is known."""
        self.url, self.headers, self.expect_100_continue = b"", [], False

    def on_header(self, name, value):
        self.headers.append((name.lower(), value))

    def on_headers_complete(self):
        told = dict(self.headers)
        if self.is_ordinary(told):
            if self.is_from_proxy:
                self.http_client, self.http_scheme = self.client, self.scheme
                self.believe_the_proxy(told)
            if self.ask(told):
                return
        url, headers = self.url, self.headers
        super().on_message_begin()
        self.url, self.expect_100_continue = url, told.get(b"expect", b"").lower() == b"100-continue"
        self.headers += headers  # the list that the scope holds
        super().on_headers_complete()

    def on_message_complete(self):
        if type(self.cycle) is not Visit:
            super().on_message_complete()

    def is_ordinary(self, told: dict[bytes, bytes]) -> bool:
        """A plain GET on a connection where nothing else is under way."""
        cycle = self.cycle
        return (
            (cycle is None or cycle.response_complete)
            and self.parser.get_method() == b"GET"
            and not (self.takes_none or self.pipeline or self.flow.write_paused)
            and not (_PERCENT in self.url or _HASH in self.url)
            # One that brings a body, or has something of its own agreed with the server, goes the usual way.
            and not (
                b"content-length" in told or b"transfer-encoding" in told or b"upgrade" in told or b"expect" in told
            )
            # A connection of HTTP/1.0 ends with its answer unless it asks for more, and the parser knows that.
            and (b"connection" not in told or self.parser.get_http_version() == "1.1")
        )

    def believe_the_proxy(self, told):
        """What uvicorn's own middleware would put into the scope, had there been one."""
        scheme = told.get(b"x-forwarded-proto", b"").strip()
        if scheme in {b"http", b"https"}:
            self.http_scheme = scheme.decode()
        if b"x-forwarded-for" in told:
            values = b", ".join(value for name, value in self.headers if name == b"x-forwarded-for")
            address = self.app.trusted_hosts.get_trusted_client_address(values.decode("latin-1"))
            if address[0]:
                self.http_client = address

    def visit(self) -> Visit:
        """Takes the request: from here on it is ours to answer."""
        visit = self.cycle = Visit(self, self.parser.should_keep_alive())
        return visit

    def always(self) -> bytes:
        headers = self.server_state.default_headers
        if headers is not _Always.headers:
            _Always.lines = b"".join(b"%b: %b\r\n" % header for header in headers)
            _Always.headers = headers
        return _Always.lines
