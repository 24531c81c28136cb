"""Group commit: all clicks of a few milliseconds go down in one COPY, and each is answered once that has committed.

A database that is slow or gone costs a visitor half a second once, and the next ones nothing: the clicks go to the
spool, and the database is asked again after a while.
"""

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import connections

from community.campaigns import clicks
from community.campaigns.spool import Spool

log = logging.getLogger(__name__)
PAUSE = 0.002  # how long the first click of a group waits for company
DEADLINE = 0.5  # how long a group may take before it goes to the spool
REST = 2.0  # how long a database that failed is left alone
LANES = 2  # while one group is on its way to the disk, the next gathers and sets out
LARGEST = 2_000


def address() -> dict:
    """How Django's own connection is made, without what is Django's alone."""
    params = connections["default"].get_connection_params()
    kept = ("dbname", "host", "port", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey", "service")
    return {name: params[name] for name in kept if params.get(name)}


class Lane:
    """One connection, and one group at a time on it."""

    def __init__(self):
        self.connection: psycopg.AsyncConnection | None = None

    async def commit(self, data: bytes):
        if self.connection is None or self.connection.closed:
            self.connection = await psycopg.AsyncConnection.connect(
                **address(),
                autocommit=True,
                connect_timeout=3,
                application_name="homeground door",
                prepare_threshold=None,
            )
        async with self.connection.cursor() as cursor, cursor.copy(clicks.COPY) as copy:
            await copy.write(data)

    async def close(self):
        if self.connection is not None:
            await self.connection.close()
            self.connection = None


class Ledger:
    def __init__(self):
        self.lines: list[bytes] = []
        self.answers: list[asyncio.Future] = []
        self.wake = asyncio.Event()
        self.lanes: list[asyncio.Task] = []
        self.left: set[asyncio.Task] = set()
        self.rest_until = 0.0
        self.closing = False
        self.spool = Spool()
        self.pen = ThreadPoolExecutor(1, "spool")  # a spool is not for two threads at once
        self.loop = asyncio.get_running_loop()

    def start(self):
        self.lanes = [asyncio.create_task(self._run(), name=f"clicks {number}") for number in range(LANES)]

    def keep(self, line: bytes) -> asyncio.Future:
        """A future that is done when the line is on disk."""
        answer = self.loop.create_future()
        self.lines.append(line)
        self.answers.append(answer)
        if len(self.lines) == 1:
            self.wake.set()
        return answer

    async def _run(self):
        lane = Lane()
        try:
            while self.lines or not self.closing:
                await self.wake.wait()
                await asyncio.sleep(PAUSE)
                lines, answers = self.lines[:LARGEST], self.answers[:LARGEST]
                del self.lines[:LARGEST], self.answers[:LARGEST]
                if not self.lines and not self.closing:
                    self.wake.clear()
                if lines:
                    lane = await self._put(lane, lines)
                    for answer in answers:
                        if not answer.done():
                            answer.set_result(None)
        finally:
            await lane.close()

    async def _put(self, lane: Lane, lines: list[bytes]) -> Lane:
        if time.monotonic() >= self.rest_until:
            task = asyncio.create_task(lane.commit(b"".join(lines)))
            await asyncio.wait({task}, timeout=DEADLINE)
            if task.done() and not task.cancelled() and task.exception() is None:
                return lane
            # Whether a late group is committed after all does not matter: the replay adds each click once.
            self._leave(task, lane)
            lane = Lane()
            self.rest_until = time.monotonic() + REST
            log.warning("clicks go to the spool", extra={"clicks": len(lines), "why": _why(task)})
        try:
            await self.loop.run_in_executor(self.pen, self.spool.write, lines)
            self.loop.call_later(REST + 0.5, self._let_go)
        except OSError as error:
            # Neither database nor disk. The visitor goes on; that these are lost is said, and how many.
            log.error("clicks were lost", extra={"clicks": len(lines), "why": str(error)})
        return lane

    def _leave(self, task: asyncio.Task, lane: Lane):
        """A commit that hangs may take long to give up, and nobody waits for it."""

        async def bury():
            task.cancel()
            await asyncio.wait({task}, timeout=30)
            await lane.close()

        burial = asyncio.create_task(bury())
        self.left.add(burial)
        burial.add_done_callback(self.left.discard)

    def _let_go(self):
        """Nothing was written for a while: the file may be replayed."""
        self.loop.run_in_executor(self.pen, self._close_if_due)

    def _close_if_due(self):
        if self.spool.is_due:
            self.spool.close()

    async def stop(self, patience: float = 5.0):
        """Takes down what is still waiting, then lets go of everything."""
        self.closing = True
        self.wake.set()
        _done, slow = await asyncio.wait(self.lanes, timeout=patience)
        for task in slow:
            task.cancel()
        await self.loop.run_in_executor(self.pen, self.spool.close)
        self.pen.shutdown()


def _why(task: asyncio.Task) -> str:
    if not task.done():
        return "too slow"
    error = None if task.cancelled() else task.exception()
    return type(error).__name__
