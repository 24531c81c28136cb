"""Puts a finished answer on uvicorn's wire in one piece.

A redirect is some two hundred bytes that are known beforehand. Taking them apart into messages and headers, for the
server to check and put together again, costs more than everything else the door does. Where the server is the uvicorn
we know, its transport takes the bytes as they are; under any other server the door answers in the usual way.
"""

try:
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
except ImportError:  # another server, or none at all
    RequestResponseCycle = None  # type: ignore[assignment, misc]


class Wire:
    """What the server adds to each answer by itself (the date, once a second anew) is put together once for all."""

    def __init__(self):
        self.headers: list = []
        self.start = b""

    def cycle(self, send):
        """What stands behind `send`, when bytes can be handed to it directly; else None."""
        cycle = getattr(send, "__self__", None)
        if type(cycle) is not RequestResponseCycle or cycle.access_log or cycle.flow.write_paused:
            return None
        return cycle

    def redirect(self, cycle, tail: bytes):
        """Answers with 302 and these header lines, and ends the request as the server itself would."""
        if cycle.disconnected or cycle.response_started:
            return
        if cycle.default_headers is not self.headers:
            self.headers = cycle.default_headers
            lines = b"".join(b"%b: %b\r\n" % header for header in self.headers)
            self.start = b"HTTP/1.1 302 Found\r\n" + lines
        end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
        cycle.response_started = cycle.response_complete = True
        cycle.waiting_for_100_continue = False
        cycle.transport.write(self.start + tail + end)
        cycle.message_event.set()
        if not cycle.keep_alive:
            cycle.transport.close()
        cycle.on_response()
