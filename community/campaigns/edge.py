"""The door itself: answers /go/<code> below Django, from memory, once the click is on disk.

Whatever it does not know for certain it hands on to Django, whose own view does the same work the long way round.
"""

import asyncio
import contextlib
import gc
import time
from functools import partial

from django.conf import settings
from django.template.loader import render_to_string

from community.campaigns import agents, arriving, choosing, clicks, replaying, routes, salts, shut, spool
from community.campaigns.arriving import Knock
from community.campaigns.choosing import EARLY, FULL, Choice
from community.campaigns.knowing import PATIENCE, REST, Known, Memory, Unreachable
from community.campaigns.ledger import Ledger
from community.campaigns.queries import NOTHING, Asked
from community.campaigns.routes import HEADERS

HUMAN, PREVIEW = agents.HUMAN, agents.PREVIEW_KIND
LONGEST_QUERY = clicks.LONGEST_QUERY
METHODS = {"GET", "HEAD"}
# The same headers as lines that follow a location, for answers that are given from the hall.
LINES = b"\r\n" + b"".join(b"%b: %b\r\n" % header for header in ((b"content-length", b"0"), *HEADERS))


class Door:
    """One for each process. `beyond` is the application that stands behind it."""

    def __init__(self, beyond):
        self.beyond = beyond
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
        self.is_secure = settings.SECURE
        self.salt: bytes | None = None
        self.salt_until = 0.0
        self.pages: dict[tuple[str, str], bytes] = {}
        self.memory = Memory()
        self.ledger = Ledger()
        self.ledger.start()
        work = (self.memory.listen(), self.memory.follow_the_news(), self._tend())
        self.helpers = [asyncio.create_task(each) for each in work]
        await self.memory.ask(routes.warm)
        await self._salt()
        self.helpers.append(asyncio.create_task(self.memory.learn(), name="learning"))
        self.helpers.append(asyncio.create_task(self.memory.keep_learning()))
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
        self.memory.close()
        self.loop = None

    # --- answering ---

    def at_once(self, hall, told: dict[bytes, bytes]) -> bool:
        """Takes a request in the hall (see commons/hall.py) when its link is known and nothing is in the way.

        What is decided and written down is the same as below; only who is asked for it differs.
        """
        path, _mark, query = hall.url.partition(b"?")
        at = time.time()
        known = self.memory.by_heart(path.decode("latin-1")) if self.loop is not None else None
        if (
            known is None
            or known.until < at
            or known.generation != self.memory.generation
            or at >= self.salt_until
            or len(query) > LONGEST_QUERY
            or known.route.most is not None
        ):
            return False
        route, asked = known.route, Asked(query) if query else NOTHING
        knock = arriving.heard("GET", told, hall.http_client, salt=self.salt, secure=self.is_secure)
        if knock.kind == PREVIEW:
            return False
        if route.is_plain:
            way, end = route.way, clicks.SENT_ON
        else:
            choice = choosing.choose(route, knock=knock, asked=asked, at=at)
            if (way := choice.way) is None:
                return False
            end = clicks.ended(choice.variant, choice.outcome)
        location = way.with_asked(asked) if query else way.plain
        cookie = b"set-cookie: %b\r\n" % knock.cookie if knock.cookie else b""
        answer = partial(hall.visit().answer, b"302 Found", b"location: %b%b%b" % (location, LINES, cookie))
        self.ledger.keep_then(arriving.begun(knock, link=route.link, asked=asked, at=at) + end, answer)
        return True

    async def __call__(self, scope, receive, send):
        if self.loop is None:  # a server without lifespan
            await self.start()
        at = time.time()
        query, method = scope["query_string"], scope["method"]
        known = self.memory.by_heart(scope["path"])
        if (
            known is None
            or known.until < at
            or known.generation != self.memory.generation
            or method != "GET"
            or len(query) > LONGEST_QUERY
        ):
            try:
                known = await self._find(scope)
            except Unreachable:
                return await self._say_later(send)
            if known is None:
                return await self.beyond(scope, receive, send)
        route, asked = known.route, Asked(query) if query else NOTHING
        salt = self.salt if at < self.salt_until else await self._salt()
        told, client = dict(scope["headers"]), scope.get("client")
        knock = arriving.heard(method, told, client, salt=salt, secure=self.is_secure)
        start = arriving.begun(knock, link=route.link, asked=asked, at=at)
        if route.is_plain:
            await self.ledger.keep(start + clicks.SENT_ON)
            way, choice = route.way, None
        else:
            choice = await self._decide(known, knock, start, asked, at)
            way = choice.way
        if knock.kind == PREVIEW:
            return await self._show_card(known, method, send, early=choice is not None and choice.outcome == EARLY)
        if way is None:
            return await self._show_shut(choice.outcome, knock, method, send)
        location = way.with_asked(asked) if query else way.plain
        headers = [(b"location", location), (b"content-length", b"0"), *HEADERS]
        if knock.cookie:
            headers.append((b"set-cookie", knock.cookie))
        await send({"type": "http.response.start", "status": 302, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _find(self, scope) -> Known | None:
        """What is known of the code that was asked for; None for what Django must answer."""
        if scope["method"] not in METHODS or len(scope["query_string"]) > LONGEST_QUERY:
            return None
        code = self.memory.code_in(scope["path"])
        if not code:
            return None
        known = await self.memory.look_up(scope["path"], code)
        return known if known.route else None

    async def _decide(self, known: Known, knock: Knock, start: bytes, asked: Asked, at: float) -> Choice:
        """Chooses the way, and comes back when the click is on disk."""
        route = known.route
        assert route is not None
        choice = choosing.choose(route, knock=knock, asked=asked, at=at, full=known.is_full)
        if route.most is not None and not choice.outcome and knock.kind == HUMAN:
            if await self.ledger.let_in(start, link=route.link, variant=choice.variant) == FULL:
                known.is_full = True
                return Choice(route.full, None, FULL)
            return choice
        await self.ledger.keep(start + clicks.ended(choice.variant, choice.outcome))
        return choice

    async def _show_card(self, known: Known, method: str, send, *, early: bool):
        """What link-preview agents are shown, by the positive list of them; a person is never sent this page."""
        assert known.route is not None
        body = known.early_card if early else known.card
        if body is None:
            with contextlib.suppress(Exception):
                body = await self.memory.ask(routes.card, known.route.link, early)
                if early:
                    known.early_card = body
                else:
                    known.card = body
        body = body or b"<!doctype html><title>&hellip;</title>"
        await self._page(send, 200, b"" if method == "HEAD" else body, len(body))

    async def _show_shut(self, outcome: str, knock: Knock, method: str, send):
        """The link leads nowhere just now, and says why."""
        key = (outcome, shut.language_for(knock.voice.language))
        if key not in self.pages:
            self.pages[key] = await asyncio.to_thread(shut.page, *key)
        body = self.pages[key]
        more = [(b"set-cookie", knock.cookie)] if knock.cookie else []
        status = shut.STATUS[outcome]
        await self._page(send, status, b"" if method == "HEAD" else body, len(body), *more)

    async def _say_later(self, send):
        body = render_to_string("campaigns/later.html").encode()
        await self._page(send, 503, body, len(body), (b"retry-after", b"5"))

    @staticmethod
    async def _page(send, status: int, body: bytes, length: int, *more):
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % length), *HEADERS, *more]
        headers.append((b"content-security-policy", b"default-src 'none'; img-src 'self'; style-src 'self'"))
        headers.append((b"x-content-type-options", b"nosniff"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    # --- keeping up ---

    async def _salt(self) -> bytes | None:
        today = salts.today()
        arriving.place_of.cache_clear()  # it holds addresses beside their hashes
        try:
            self.salt = await asyncio.wait_for(self.memory.ask(salts.of, today), PATIENCE)
            self.salt_until = salts.end_of(today)
        except Exception:
            # Without it no address is kept at all, which is less than a visitor would lose by waiting.
            self.salt, self.salt_until = None, time.time() + REST
        return self.salt

    async def _tend(self):
        """Brings this machine's spooled clicks in again; the task queue does so too, but may live elsewhere."""
        while True:
            await asyncio.sleep(5)
            with contextlib.suppress(Exception):
                if spool.waiting() and not self.ledger.is_resting:
                    await self.memory.ask(replaying.replay)
