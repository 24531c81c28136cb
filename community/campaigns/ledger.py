"""Group commit: clicks go down together in one COPY, and each is answered once that has committed.

A group sets out as soon as the one before it has arrived, so it is as large as the disk is slow: a lone click waits
for nobody, and under load company gathers by itself. A database that is slow or gone costs a visitor half a second
once, and the next ones nothing: the clicks go to the spool, and the database is asked again after a while.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from community.campaigns.counting import Gate
from community.campaigns.lane import Lane
from community.campaigns.spool import Spool

log = logging.getLogger(__name__)
DEADLINE = 0.5  # how long a group may take before it goes to the spool
REST = 2.0  # how long a database that failed is left alone
LARGEST = 2_000


class Ledger:
    def __init__(self):
        self.lines: list[bytes] = []
        self.answers: list[Callable[[], object]] = []
        self.wake = asyncio.Event()
        self.rest_until = 0.0
        self.closing = False
        self.spool = Spool()
        self.pen = ThreadPoolExecutor(1, "spool")  # a spool is not for two threads at once
        self.loop = asyncio.get_running_loop()
        self.lane = Lane()
        self.gate = Gate(self)

    def start(self):
        self.tasks = [
            asyncio.create_task(self._run(), name="clicks"),
            asyncio.create_task(self.gate.run(), name="counted clicks"),
        ]

    def keep(self, line: bytes) -> asyncio.Future:
        """A future that is done when the line is on disk."""
        future = self.loop.create_future()
        self.keep_then(line, lambda: future.done() or future.set_result(None))
        return future

    def keep_then(self, line: bytes, answer: Callable[[], object]):
        """Calls `answer` when the line is on disk, which spares a future and a task for each click."""
        self.lines.append(line)
        self.answers.append(answer)
        if len(self.lines) == 1:
            self.wake.set()

    def let_in(self, start: bytes, *, link: int, variant: int | None) -> asyncio.Future:
        """The same for a link with a limit, from a row without its end; the future says "" or "full"."""
        return self.gate.knock(start, link=link, variant=variant)

    async def _run(self):
        while self.lines or not self.closing:
            await self.wake.wait()
            # Everybody who was heard in this turn of the loop comes along.
            await asyncio.sleep(0)
            lines, answers = self.lines[:LARGEST], self.answers[:LARGEST]
            del self.lines[:LARGEST], self.answers[:LARGEST]
            if not self.lines and not self.closing:
                self.wake.clear()
            if lines:
                await self._put(lines)
                if self.lines and not self.is_resting:
                    self.lane.begin()  # they are put down next, whatever happens meanwhile
                for answer in answers:
                    try:
                        answer()
                    except Exception:
                        # One connection in a state we do not know must not keep the others waiting.
                        log.exception("a click was kept, and its visitor could not be answered")

    async def _put(self, lines: list[bytes]):
        if not self.is_resting:
            try:
                await self._commit(b"".join(lines))
                return
            except Exception as error:
                self.lane.close()
                self.rest(len(lines), error)
        else:
            self.lane.close()  # nothing that was begun may stay open meanwhile
        await self.to_spool(lines)

    async def _commit(self, data: bytes):
        if not self.lane.is_open:
            await asyncio.wait_for(self.lane.open(), DEADLINE)
        answer = self.lane.commit(data)
        timer = self.loop.call_later(DEADLINE, _too_slow, answer)
        try:
            await answer
        finally:
            timer.cancel()

    @property
    def is_resting(self) -> bool:
        return time.monotonic() < self.rest_until

    def rest(self, many: int, error: Exception):
        self.rest_until = time.monotonic() + REST
        log.warning("clicks go to the spool", extra={"clicks": many, "why": type(error).__name__})

    async def to_spool(self, lines: list[bytes]):
        try:
            await self.loop.run_in_executor(self.pen, self.spool.write, lines)
            self.loop.call_later(REST + 0.5, self._let_go)
        except OSError as error:
            # Neither database nor disk. The visitor goes on; that these are lost is said, and how many.
            log.error("clicks were lost", extra={"clicks": len(lines), "why": str(error)})

    def _let_go(self):
        """Nothing was written for a while: the file may be replayed."""
        if not self.closing:
            self.loop.run_in_executor(self.pen, self._close_if_due)

    def _close_if_due(self):
        if self.spool.is_due:
            self.spool.close()

    async def stop(self, patience: float = 5.0):
        """Takes down what is still waiting, then lets go of everything."""
        self.closing = True
        self.wake.set()
        self.gate.wake.set()
        _done, slow = await asyncio.wait(self.tasks, timeout=patience)
        for task in slow:
            task.cancel()
        self.lane.close()
        await self.gate.close()
        await self.loop.run_in_executor(self.pen, self.spool.close)
        self.pen.shutdown()


def _too_slow(answer: asyncio.Future):
    if not answer.done():
        answer.set_exception(TimeoutError())
