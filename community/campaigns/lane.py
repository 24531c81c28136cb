"""One connection to PostgreSQL that takes groups of clicks, a whole group at a time, with as little ado as libpq allows.

psycopg makes the connection; the COPY itself is driven from the socket's own events, because what a cursor does around
it would cost as much as the clicks.
"""

import asyncio
from collections.abc import Callable

import psycopg
from django.db import connections
from psycopg import pq

from community.campaigns import clicks

COPY = clicks.COPY.encode()
DEADLINE = 0.5  # seconds that a group may take


def address() -> dict:
    """How Django's own connection is made, without what is Django's alone."""
    params = connections["default"].get_connection_params()
    kept = ("dbname", "host", "port", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey", "service")
    return {name: params[name] for name in kept if params.get(name)}


async def connect() -> psycopg.AsyncConnection:
    return await psycopg.AsyncConnection.connect(
        **address(), autocommit=True, connect_timeout=3, application_name="homeground door", prepare_threshold=None
    )


class Refused(Exception):
    """PostgreSQL said no; its own words stay out of the log, they may hold a visitor's."""


class Lane:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.connection: psycopg.AsyncConnection | None = None
        self.data = b""
        self.then: Callable[[Exception | None], object] | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.error: Exception | None = None
        self.is_writing = self.is_begun = False

    @property
    def is_open(self) -> bool:
        return self.connection is not None

    async def open(self):
        self.connection = await connect()
        self.wire = self.connection.pgconn
        self.wire.nonblocking = 1
        self.socket = self.wire.socket
        self.is_begun = False
        self.loop.add_reader(self.socket, self._heard)

    def begin(self):
        """Lets PostgreSQL make ready for lines that are about to be committed, while those before them are answered."""
        if not self.is_open or self.is_begun or self.then is not None:
            return
        try:
            self.wire.send_query(COPY)
            self.is_begun = True
            self._flush()
        except psycopg.Error as error:
            self._end(error)

    def commit(self, data: bytes, then: Callable[[Exception | None], object]):
        """Calls `then` once these lines are on the database's disk, or with what went wrong. One group at a time."""
        is_ready = self.is_begun
        self.begin()
        self.data, self.then, self.error = data, then, None
        if not self.is_open:
            self._end(Refused("closed"))
            return
        self.timer = self.loop.call_later(DEADLINE, self._too_slow)
        if is_ready:
            self._heard()  # it may have said so already

    def _heard(self):
        try:
            self.wire.consume_input()
            while self.then is not None and not self.wire.is_busy():
                result = self.wire.get_result()
                if result is None:
                    self._end(self.error)
                elif result.status == pq.ExecStatus.COPY_IN:
                    self.is_begun = False
                    self.wire.put_copy_data(self.data)
                    self.wire.put_copy_end()
                    self._flush()
                elif result.status != pq.ExecStatus.COMMAND_OK:
                    self.error = Refused(_state(result))
        except psycopg.Error as error:
            self._end(error)

    def _flush(self):
        """Sends what the socket takes now; the rest when it takes more."""
        is_left = bool(self.wire.flush())
        if is_left and not self.is_writing:
            self.loop.add_writer(self.socket, self._can_write)
        elif self.is_writing and not is_left:
            self.loop.remove_writer(self.socket)
        self.is_writing = is_left

    def _can_write(self):
        try:
            self._flush()
        except psycopg.Error as error:
            self._end(error)

    def _too_slow(self):
        self._end(TimeoutError())

    def _end(self, error: Exception | None):
        then, self.then, self.data, self.is_begun = self.then, None, b"", False
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        if error is not None:
            self._let_go()
        if then is not None:
            then(error)

    def _let_go(self):
        """Leaves the socket to itself: it failed, or it is somebody else's from here on."""
        if self.connection is not None:
            self.loop.remove_reader(self.socket)
            if self.is_writing:
                self.loop.remove_writer(self.socket)
                self.is_writing = False
            self.wire.finish()
            self.connection = None

    def close(self):
        """Whether a group that is under way is committed after all does not matter: the replay adds each click once."""
        self._end(Refused("closed"))
        self._let_go()


def _state(result) -> str:
    return (result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
