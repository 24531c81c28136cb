"""Group commit: clicks go down together in one COPY, and each is answered once that has committed.

A lone click sets out at once and waits for nobody. While a group is on its way, company gathers for the next: one that
is as large takes another lane, so that the database writes while the web process answers and reads; a smaller one sets
out when the road is clear, because it would pay more for a commit of its own than for its rows. A database that is slow
or gone costs a visitor half a second once, and the next ones nothing: the clicks go to the spool, and the database is
asked again after a while.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from community.campaigns.counting import Gate
from community.campaigns.lane import DEADLINE, Lane
from community.campaigns.spool import Spool

log = logging.getLogger(__name__)
REST = 2.0  # how long a database that failed is left alone
LANES = 2
COMPANY, CROWD = 32, 128  # fewer never set out while others are on their way, so many need not wait for anybody
LARGEST = 2_000

Answers = list[Callable[[], object]]


class Ledger:
    def __init__(self):
        self.lines: list[bytes] = []
        self.answers: Answers = []
        self.rest_until = 0.0
        self.closing = False
        self.home = asyncio.Event()  # while closing: everybody has arrived
        self.spool = Spool()
        self.pen = ThreadPoolExecutor(1, "spool")  # a spool is not for two threads at once
        self.loop = asyncio.get_running_loop()
        self.lanes = [Lane() for _ in range(LANES)]
        self.free = self.lanes.copy()  # the last one is taken first
        self.enough = COMPANY  # so many set out at once if a lane is free
        self.detours: set[asyncio.Task] = set()
        self.gate = Gate(self)

    def start(self):
        self.counting = asyncio.create_task(self.gate.run(), name="counted clicks")

    def keep(self, line: bytes) -> asyncio.Future:
        """A future that is done when the line is on disk."""
        future = self.loop.create_future()
        self.keep_then(line, lambda: future.done() or future.set_result(None))
        return future

    def keep_then(self, line: bytes, answer: Callable[[], object]):
        """Calls `answer` when the line is on disk, which spares a future and a task for each click."""
        self.lines.append(line)
        self.answers.append(answer)
        many = len(self.lines)
        if many == 1:
            # Everybody who is heard in this turn of the loop comes along; the database makes ready meanwhile.
            self.loop.call_soon(self._set_out)
            if self.free:
                self.free[-1].begin()
        elif many >= self.enough and self.free:
            self._set_out()

    def let_in(self, start: bytes, *, link: int, variant: int | None) -> asyncio.Future:
        """The same for a link with a limit, from a row without its end; the future says "" or "full"."""
        return self.gate.knock(start, link=link, variant=variant)

    # --- groups on their way ---

    def _set_out(self):
        """Sends those who wait on their way, if they may go: the road is clear, or they are enough and a lane is free."""
        if not (self.lines and self.free):
            return
        if len(self.free) < LANES and len(self.lines) < self.enough:
            self.free[-1].begin()  # they go when the others have arrived, at the latest
            return
        lane = self.free.pop()
        lines, answers = self.lines[:LARGEST], self.answers[:LARGEST]
        del self.lines[:LARGEST], self.answers[:LARGEST]
        # As many as those before them: groups that differ would meet again, and all of them end up in the same one.
        self.enough = min(max(COMPANY, len(lines)), CROWD)
        if lane.is_open and not self.is_resting:
            lane.commit(b"".join(lines), partial(self._arrived, lane, lines, answers))
        else:
            self._detour(lane, lines, answers)

    def _arrived(self, lane: Lane, lines: list[bytes], answers: Answers, error: Exception | None = None):
        if error is not None:
            self.rest(len(lines), error)
            self._detour(lane, lines, answers)
            return
        self.free.insert(0, lane)
        self._set_out()  # the next ones first: the database writes them down while these are answered
        if self.closing and len(self.free) == LANES:
            self.home.set()
        for answer in answers:
            try:
                answer()
            except Exception:
                # One connection in a state we do not know must not keep the others waiting.
                log.exception("a click was kept, and its visitor could not be answered")

    def _detour(self, lane: Lane, lines: list[bytes], answers: Answers):
        """Takes the time to open the lane; or goes to the spool, while the database is left alone."""
        task = self.loop.create_task(self._go_round(lane, lines, answers))
        self.detours.add(task)
        task.add_done_callback(self.detours.discard)

    async def _go_round(self, lane: Lane, lines: list[bytes], answers: Answers):
        if not self.is_resting:
            try:
                await asyncio.wait_for(lane.open(), DEADLINE)
            except Exception as error:
                self.rest(len(lines), error)
            else:
                lane.commit(b"".join(lines), partial(self._arrived, lane, lines, answers))
                return
        lane.close()  # nothing that was begun may stay open meanwhile
        await self.to_spool(lines)
        self._arrived(lane, lines, answers)

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
        self.gate.wake.set()
        await self._come_home(patience)
        for lane in self.lanes:
            lane.close()  # who is still under way goes to the spool
        await self._come_home(1.0)
        _done, slow = await asyncio.wait({self.counting}, timeout=1.0)
        for task in slow | self.detours:
            task.cancel()
        await self.gate.close()
        await self.loop.run_in_executor(self.pen, self.spool.close)
        self.pen.shutdown()

    async def _come_home(self, patience: float):
        """Waits until nobody is under way any more, or until patience ends."""
        self._set_out()
        if len(self.free) < LANES:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.home.wait(), patience)
