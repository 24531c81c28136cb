"""What the door remembers of links, and how it hears that something changed."""

import asyncio
import contextlib
import gc
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import connections
from django.utils.timezone import now

from community.campaigns import codes, routes
from community.campaigns.models import News
from community.campaigns.routes import Route
from community.commons import valkey

log = logging.getLogger(__name__)
BELIEVED = 3_600.0  # seconds; long, because every change is heard of
PATIENCE = 2.0  # for a route that is not in memory, while the database answers nobody
LONGEST = 8.0  # the same while it answers others: busy is not gone
REST = 2.0  # how long a database that failed is not asked again
MOST_ROUTES, MOST_MISSES, MOST_SPELLINGS = 300_000, 5_000, 50_000
TOGETHER = 200  # codes asked for in one question
LEARNED = 200_000  # links that are known before anybody asks for them
LESSON = 250  # of them read in one question
NEWS_EVERY = 3.0
OVERLAP = timedelta(minutes=2)  # a slow transaction dates its news before it commits
CUT_OFF = timedelta(hours=12)  # after so long without the news, nothing that is remembered counts


class Known:
    """A route as it was read, and until when it is believed."""

    __slots__ = ("card", "early_card", "generation", "is_full", "route", "until")

    def __init__(self, route: Route | None, until: float, generation: int):
        self.route, self.until, self.generation = route, until, generation
        self.card: bytes | None = None
        self.early_card: bytes | None = None
        self.is_full = False  # the limit was reached; only a change of the link can undo it


class Unreachable(Exception):
    """The database does not answer, and nobody remembers this code."""


def put(shelf: dict, key, value, most: int):
    """The oldest makes room."""
    if key not in shelf and len(shelf) >= most:
        del shelf[next(iter(shelf))]
    shelf[key] = value


class Memory:
    """One for each process; lives on its loop, and asks the database through a thread of its own."""

    def __init__(self):
        self.known: dict[str, Known] = {}
        self.misses: dict[str, Known] = {}
        self.spelled: dict[str, Known] = {}  # by code as it was asked for, where that is another than the folded one
        self.loading: dict[str, asyncio.Future] = {}
        self.wanted: list[str] = []
        self.fetching: asyncio.Task | None = None
        self.stale: set[str] = set()
        self.changed: set[str] = set()  # while a batch was being learned
        self.generation = 0
        self.rest_until = self.answered_at = 0.0
        self.read: set[int] = set()
        self.read_at: datetime | None = None
        self.loop = asyncio.get_running_loop()
        self.clerk = ThreadPoolExecutor(1, "door")  # asks the database through Django, away from the loop
        self.pupil = ThreadPoolExecutor(1, "learning")  # the same for what nobody waits for
        self.prefix = len(settings.TRACKED_LINK_PREFIX)

    async def ask(self, question, *words):
        return await self.loop.run_in_executor(self.clerk, _asked, question, *words)

    def close(self):
        self.clerk.shutdown(wait=False, cancel_futures=True)
        self.pupil.shutdown(wait=False, cancel_futures=True)

    # --- looking up ---

    def code_in(self, path: str) -> str:
        """The folded code of a path, or "" for what cannot be one."""
        code = codes.fold(path[self.prefix :].strip("/"))
        return code if 0 < len(code) <= codes.LONGEST and code.isprintable() else ""

    def is_fresh(self, known: Known) -> bool:
        return known.until > time.time() and known.generation == self.generation

    def by_heart(self, path: str) -> Known | None:
        """What is known of a path without folding it: what looks like a folded code is one."""
        said = path[self.prefix :]
        return self.known.get(said) or self.spelled.get(said)

    async def look_up(self, path: str, code: str) -> Known:
        known = self.known.get(code) or self.misses.get(code)
        if known is None or not self.is_fresh(known):
            known = await self._load(code, known)
        if known.route is not None and (said := path[self.prefix :]) != code:
            put(self.spelled, said, known, MOST_SPELLINGS)
        return known

    async def _load(self, code: str, old: Known | None) -> Known:
        if time.monotonic() >= self.rest_until:
            answer = self.loading.get(code)
            if answer is None:
                answer = self.loading[code] = self.loop.create_future()
                self.wanted.append(code)
                if self.fetching is None or self.fetching.done():
                    # One question at a time: whoever comes meanwhile shares the next one.
                    self.fetching = asyncio.create_task(self._fetch())
            # One question for all who wait, whatever code it is they wait for.
            if await self._is_answered(answer):
                return answer.result()
            if answer.done() or time.monotonic() - self.answered_at > PATIENCE:
                self.rest_until = time.monotonic() + REST
            log.warning("routes come from memory", extra={"code": code})
        if old is None or old.route is None:
            raise Unreachable
        return old

    async def _is_answered(self, answer: asyncio.Future) -> bool:
        until = time.monotonic() + LONGEST
        while not answer.done():
            await asyncio.wait({answer}, timeout=PATIENCE)
            if (at := time.monotonic()) >= until or at - self.answered_at > PATIENCE:
                break
        return answer.done() and not answer.cancelled() and answer.exception() is None

    async def _fetch(self):
        while self.wanted:
            asked, self.wanted = self.wanted[:TOGETHER], self.wanted[TOGETHER:]
            generation = self.generation
            self.stale -= set(asked)
            try:
                found = await self.ask(routes.find_all, asked)
            except Exception as error:
                for code in asked:
                    self._answer(code, error=error)
                continue
            self.answered_at = time.monotonic()
            for code in asked:
                self._answer(code, known=self._keep(code, found.get(code), generation))

    def _answer(self, code: str, *, known: Known | None = None, error: Exception | None = None):
        answer = self.loading.pop(code, None)
        if answer is None or answer.done():
            return
        if error is not None:
            answer.set_exception(error)
            answer.exception()  # whoever waited has heard it
        else:
            answer.set_result(known)

    def _keep(self, code: str, route: Route | None, generation: int) -> Known:
        life = 0.0 if code in self.stale else BELIEVED
        known = Known(route, time.time() + life, generation)
        (self.misses if route else self.known).pop(code, None)
        if route:
            put(self.known, code, known, MOST_ROUTES)
        else:
            put(self.misses, code, known, MOST_MISSES)
        return known

    # --- learning ahead ---

    async def learn(self):
        """Reads the newest links before anybody asks for them, and gives way to those who do.

        A post that goes around after a start finds its link known; the database is not asked by each of the first taps.
        """
        await self._learn()
        # What is known now stays; looking through so much of it for rubbish, again and again, would hold everyone up.
        gc.collect()
        gc.freeze()

    async def keep_learning(self):
        """Reads them again before they are believed no more, and all would be asked for one by one at the same time."""
        while True:
            await asyncio.sleep(BELIEVED / 2)
            await self._learn(again=True)

    async def _learn(self, *, again: bool = False):
        before, left = None, LEARNED
        while left > 0:
            generation, begun = self.generation, time.monotonic()
            self.changed.clear()
            try:
                before, batch = await self.loop.run_in_executor(self.pupil, _asked, routes.newest, before, LESSON)
            except Exception:
                log.warning("links are learned when they are asked for", exc_info=True)
                return
            for said, code, route in batch:
                if code in self.changed:
                    continue
                if (known := self.known.get(code)) is None:
                    known = self._keep(code, route, generation)
                    if said != code:
                        put(self.spelled, said, known, MOST_SPELLINGS)
                elif again and self.is_fresh(known) and known.generation == generation:
                    known.route, known.until = route, time.time() + BELIEVED
            left -= len(batch)
            if before is None:
                return
            await asyncio.sleep(time.monotonic() - begun)  # half of the time belongs to visitors

    # --- hearing of changes ---

    def heard(self, word: bytes):
        if word == routes.EVERY:
            self.generation += 1
            return
        code = word.decode("utf-8", "replace")
        self.changed.add(code)
        self.stale.update(self.loading.keys() & {code})  # a question under way may bring the old answer
        for shelf in (self.known, self.misses):
            if known := shelf.get(code):
                known.until = 0.0

    async def listen(self):
        """Hears of changed links from every process over Valkey: at once, while it is there."""
        while True:
            with contextlib.suppress(redis.RedisError, OSError):
                async with valkey.aclient().pubsub(ignore_subscribe_messages=True) as ear:
                    await ear.subscribe(routes.channel())
                    async for message in ear.listen():
                        self.heard(message["data"])
            await asyncio.sleep(1)

    async def follow_the_news(self):
        """Reads in the database what changed: a few seconds later, and without fail."""
        while True:
            with contextlib.suppress(Exception):
                await self.read_news()
            await asyncio.sleep(NEWS_EVERY)

    async def read_news(self):
        since, begun = self.read_at, now()
        rows = await self.ask(_news, (since or begun) - OVERLAP)
        if since is None or begun - since > CUT_OFF:
            self.generation += since is not None
            self.read = {pk for pk, _code in rows}
        for pk, code in rows:
            if pk not in self.read:
                self.heard(code.encode())
        self.read, self.read_at = {pk for pk, _code in rows}, begun


def _news(since: datetime) -> list[tuple[int, str]]:
    return list(News.objects.since(since).values_list("pk", "code"))


def _asked(question, *words):
    try:
        return question(*words)
    finally:
        connections.close_all()
