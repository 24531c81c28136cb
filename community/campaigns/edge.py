"""The door itself: answers /go/<code> below Django, from memory, once the click is on disk.

Whatever it does not know for certain it hands on to Django, whose own view does the same work the long way round.
"""

import asyncio
import contextlib
import gc
import logging
import time
from concurrent.futures import ThreadPoolExecutor

import redis
from django.conf import settings
from django.db import connections
from django.template.loader import render_to_string

from community.campaigns import arriving, codes, replaying, routes, salts, spool
from community.campaigns.agents import PREVIEW_KIND as PREVIEW
from community.campaigns.ledger import Ledger
from community.campaigns.routes import HEADERS, Route
from community.commons import valkey

log = logging.getLogger(__name__)
HEARING, DEAF = 60.0, 10.0  # seconds a route is believed, with and without Valkey's word of changes
PATIENCE = 2.0  # for a route that is not in memory
REST = 2.0  # how long a database that failed is not asked again
MOST_ROUTES, MOST_MISSES = 100_000, 5_000
METHODS = {"GET", "HEAD"}


class Known:
    """A route as it was read, and until when it is believed."""

    __slots__ = ("answer", "card", "generation", "route", "until")

    def __init__(self, route: Route | None, until: float, generation: int):
        self.route, self.until, self.generation = route, until, generation
        self.card: bytes | None = None
        self.answer: list = headers_to(route.way.plain) if route else []


def headers_to(location: bytes) -> list:
    return [(b"location", location), (b"content-length", b"0"), *HEADERS]


class Unreachable(Exception):
    """The database does not answer, and nobody remembers this code."""


class Door:
    """One for each process. `beyond` is the application that stands behind it."""

    def __init__(self, beyond):
        self.beyond = beyond
        self.prefix = len(settings.TRACKED_LINK_PREFIX)
        self.loop: asyncio.AbstractEventLoop | None = None

    # --- opening and closing ---

    @contextlib.asynccontextmanager
    async def running(self):
        """Open for as long as the server runs."""
        await self.start()
        try:
            yield
        finally:
            await self.stop()

    async def start(self):
        self.loop = asyncio.get_running_loop()
        self.known: dict[str, Known] = {}
        self.misses: dict[str, Known] = {}
        self.loading: dict[str, asyncio.Task] = {}
        self.stale: set[str] = set()
        self.generation = 0
        self.rest_until = 0.0
        self.hearing = False
        self.salt: bytes | None = None
        self.salt_until = 0.0
        self.clerk = ThreadPoolExecutor(1, "door")  # asks the database through Django, away from the loop
        self.ledger = Ledger()
        self.ledger.start()
        self.helpers = [asyncio.create_task(self._listen()), asyncio.create_task(self._tend())]
        await self._ask(routes.warm)
        await self._salt()
        # What was made until now stays. Looking through all of it for rubbish, again and again, would hold everyone up.
        gc.collect()
        gc.freeze()

    async def stop(self):
        if self.loop is None:
            return
        for helper in self.helpers:
            helper.cancel()
        await asyncio.gather(*self.helpers, return_exceptions=True)
        await self.ledger.stop()
        self.clerk.shutdown(wait=False, cancel_futures=True)
        self.loop = None

    # --- answering ---

    async def __call__(self, scope, receive, send):
        if self.loop is None:  # a server without lifespan
            await self.start()
        method, code = scope["method"], codes.fold(scope["path"][self.prefix :].strip("/"))
        query = scope["query_string"]
        if method not in METHODS or not 0 < len(code) <= codes.LONGEST or len(query) > 8_192 or not code.isprintable():
            return await self.beyond(scope, receive, send)
        try:
            known = self.known.get(code)
            if known is None or not self._is_fresh(known):
                known = await self._look_up(code)
            if known.route is None:
                return await self.beyond(scope, receive, send)
            salt = self.salt if time.time() < self.salt_until else await self._salt()
        except Unreachable:
            return await self._say_later(send)
        knock = arriving.heard(method, query, scope["headers"], scope.get("client"))
        arrival = arriving.arrive(link=known.route.link, knock=knock, salt=salt)
        await self.ledger.keep(arrival.line)
        if arrival.kind == PREVIEW:
            return await self._show_card(known, method, send)
        headers = headers_to(known.route.way.with_query(query)) if query else known.answer
        if arrival.cookie:
            headers = [*headers, (b"set-cookie", arrival.cookie)]
        await send({"type": "http.response.start", "status": 302, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _show_card(self, known: Known, method: str, send):
        assert known.route is not None
        if known.card is None:
            with contextlib.suppress(Exception):
                known.card = await self._ask(routes.card, known.route.link)
        body = known.card or b"<!doctype html><title>&hellip;</title>"
        await self._page(send, 200, b"" if method == "HEAD" else body, len(body))

    async def _say_later(self, send):
        body = render_to_string("campaigns/later.html").encode()
        await self._page(send, 503, body, len(body), (b"retry-after", b"5"))

    @staticmethod
    async def _page(send, status: int, body: bytes, length: int, *more):
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % length), *HEADERS, *more]
        headers.append((b"content-security-policy", b"default-src 'none'; img-src 'self'"))
        headers.append((b"x-content-type-options", b"nosniff"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    # --- knowing ---

    def _is_fresh(self, known: Known) -> bool:
        return known.until > time.monotonic() and known.generation == self.generation

    async def _look_up(self, code: str) -> Known:
        old = self.known.get(code) or self.misses.get(code)
        if old and self._is_fresh(old):
            return old
        if time.monotonic() >= self.rest_until:
            task = self.loading.get(code)
            if task is None:
                # One question for all who wait for the same code.
                task = self.loading[code] = asyncio.create_task(self._load(code))
                task.add_done_callback(lambda done: self._loaded(code, done))
            await asyncio.wait({task}, timeout=PATIENCE)
            if task.done() and not task.cancelled() and task.exception() is None:
                return task.result()
            self.rest_until = time.monotonic() + REST
            log.warning("routes come from memory", extra={"code": code})
        if old is None or old.route is None:
            raise Unreachable
        return old

    async def _load(self, code: str) -> Known:
        generation = self.generation
        self.stale.discard(code)
        route = await self._ask(routes.find, code)
        life = 0.0 if code in self.stale else HEARING if self.hearing else DEAF
        known = Known(route, time.monotonic() + life, generation)
        shelf, most = (self.known, MOST_ROUTES) if route else (self.misses, MOST_MISSES)
        if len(shelf) >= most:
            shelf.clear()
        (self.misses if route else self.known).pop(code, None)
        shelf[code] = known
        return known

    def _loaded(self, code: str, task: asyncio.Task):
        self.loading.pop(code, None)
        if not task.cancelled():
            task.exception()  # whoever waited has heard it

    async def _salt(self) -> bytes | None:
        today = salts.today()
        try:
            self.salt = await asyncio.wait_for(self._ask(salts.of, today), PATIENCE)
            self.salt_until = salts.end_of(today)
        except Exception:
            # Without it no address is kept at all, which is less than a visitor would lose by waiting.
            self.salt, self.salt_until = None, time.time() + REST
        return self.salt

    async def _ask(self, question, *words):
        assert self.loop is not None
        return await self.loop.run_in_executor(self.clerk, _asked, question, *words)

    # --- keeping up ---

    async def _listen(self):
        """Hears of changed links from every process, and forgets what it knew of them."""
        while True:
            with contextlib.suppress(redis.RedisError, OSError):
                async with valkey.aclient().pubsub(ignore_subscribe_messages=True) as ear:
                    await ear.subscribe(routes.channel())
                    self.generation += 1  # what was said before we listened, nobody heard
                    self.hearing = True
                    async for message in ear.listen():
                        self._heard(message["data"])
            self.hearing = False
            self.generation += 1
            await asyncio.sleep(1)

    def _heard(self, word: bytes):
        if word == routes.EVERY:
            self.generation += 1
            return
        code = word.decode("utf-8", "replace")
        self.stale.update(self.loading.keys() & {code})  # a question under way may bring the old answer
        for shelf in (self.known, self.misses):
            if known := shelf.get(code):
                known.until = 0.0

    async def _tend(self):
        """Brings this machine's spooled clicks in again; the task queue does so too, but may live elsewhere."""
        while True:
            await asyncio.sleep(5)
            with contextlib.suppress(Exception):
                if spool.waiting() and time.monotonic() >= self.ledger.rest_until:
                    await self._ask(replaying.replay)


def _asked(question, *words):
    try:
        return question(*words)
    finally:
        connections.close_all()
