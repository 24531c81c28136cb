"""Links that let in so many people and no more, exactly, across all processes and without a question for each click.

The visits of a limited link are counted in the very transaction that writes their clicks down, a group at a time: the
counter's row is locked, as many of the group are let in as there is room for, and the others are written down as "full".
So counter and clicks can never disagree, and nobody is answered before both are on disk. Only while the database is
away is a limit not kept: then everybody is let in, and counted when the spool is replayed.
"""

import asyncio
from collections import Counter

import psycopg
from django.db import connection, transaction

from community.campaigns import clicks, lane
from community.campaigns.choosing import FULL
from community.campaigns.models import Visits

DEADLINE = 0.5
LARGEST = 1_000
LOCK = """
SELECT visits.link_id, coalesce(link.most_visits, 2147483647) - visits.taken
FROM campaigns_visits AS visits JOIN campaigns_trackedlink AS link ON link.id = visits.link_id
WHERE visits.link_id = ANY(%s) ORDER BY visits.link_id FOR UPDATE OF visits
"""
# The first click after a limit was set, changed, or missed by the spool finds no counter: it is what the clicks say.
BEGIN = """
INSERT INTO campaigns_visits (link_id, taken)
SELECT link.id, (SELECT count(*) FROM campaigns_click WHERE link_id = link.id AND agent = 'human' AND outcome = '')
FROM campaigns_trackedlink AS link WHERE link.id = ANY(%s) ORDER BY link.id ON CONFLICT DO NOTHING
"""
TAKE = "UPDATE campaigns_visits SET taken = taken + %s WHERE link_id = %s"


def put(line: bytes):
    """Writes one click down on Django's own connection."""
    with connection.cursor() as cursor, cursor.copy(clicks.COPY) as copy:
        copy.write(line)


def let_in(start: bytes, *, link: int, variant: int | None) -> bool:
    """The same for a link with a limit: counts the visit, and says whether there was room."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if not (room := _asked(cursor, link)):
                cursor.execute(BEGIN, [[link]])
                room = _asked(cursor, link)
            is_in = bool(room) and room[1] > 0
            if is_in:
                cursor.execute(TAKE, [1, link])
        put(start + (clicks.ended(variant) if is_in else clicks.ended(None, FULL)))
    return is_in


def _asked(cursor, link: int):
    cursor.execute(LOCK, [[link]])
    return cursor.fetchone()


def forget(links):
    """Clicks came in that no counter has seen: the next visit counts them all anew."""
    Visits.objects.of_links(links).delete()


class Gate:
    """Stands beside the ledger, with a connection of its own, so that its locks hold up nobody else."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.waiting: list[tuple[bytes, int, int | None, asyncio.Future]] = []
        self.wake = asyncio.Event()
        self.connection: psycopg.AsyncConnection | None = None
        self.left: set[asyncio.Task] = set()

    def knock(self, start: bytes, *, link: int, variant: int | None) -> asyncio.Future:
        answer = self.ledger.loop.create_future()
        self.waiting.append((start, link, variant, answer))
        self.wake.set()
        return answer

    async def run(self):
        while self.waiting or not self.ledger.closing:
            await self.wake.wait()
            await asyncio.sleep(0)
            group, self.waiting = self.waiting[:LARGEST], self.waiting[LARGEST:]
            if not self.waiting and not self.ledger.closing:
                self.wake.clear()
            if group:
                outcomes = await self._put(group)
                for (*_told, answer), outcome in zip(group, outcomes, strict=True):
                    if not answer.done():
                        answer.set_result(outcome)

    async def _put(self, group) -> list[str]:
        if not self.ledger.is_resting:
            task = asyncio.create_task(self._commit(group))
            await asyncio.wait({task}, timeout=DEADLINE)
            if task.done() and not task.cancelled() and task.exception() is None:
                return task.result()
            self.ledger.rest(len(group), task.exception() if task.done() and not task.cancelled() else TimeoutError())
            self._leave(task)
        await self.ledger.to_spool([start + clicks.ended(variant) for start, _link, variant, _answer in group])
        return [""] * len(group)

    def _leave(self, task: asyncio.Task):
        """A commit that hangs may take long to give up, and nobody waits for it."""
        connection, self.connection = self.connection, None

        async def bury():
            task.cancel()
            await asyncio.wait({task}, timeout=30)
            if connection is not None:
                await connection.close()

        burial = asyncio.create_task(bury())
        self.left.add(burial)
        burial.add_done_callback(self.left.discard)

    async def _commit(self, group) -> list[str]:
        if self.connection is None:
            self.connection = await lane.connect()
        links = sorted({link for _start, link, _variant, _answer in group})
        async with self.connection.transaction(), self.connection.cursor() as cursor:
            room = await self._room(cursor, links)
            outcomes, taken = [], Counter()
            for _start, link, _variant, _answer in group:
                is_in = taken[link] < room.get(link, 0)
                taken[link] += is_in
                outcomes.append("" if is_in else FULL)
            for link in links:
                if taken[link]:
                    await cursor.execute(TAKE, [taken[link], link])
            async with cursor.copy(clicks.COPY) as copy:
                await copy.write(b"".join(map(_row, group, outcomes)))
        return outcomes

    async def _room(self, cursor, links: list[int]) -> dict[int, int]:
        """How many each link still lets in; none but us changes it until we have committed."""
        room = dict(await (await cursor.execute(LOCK, [links])).fetchall())
        if len(room) < len(links):
            await cursor.execute(BEGIN, [links])
            room = dict(await (await cursor.execute(LOCK, [links])).fetchall())
        return room

    async def close(self):
        if self.connection is not None:
            connection, self.connection = self.connection, None
            await connection.close()


def _row(knock, outcome: str) -> bytes:
    start, _link, variant, _answer = knock
    return start + clicks.ended(None if outcome else variant, outcome)
