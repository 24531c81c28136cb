"""What strangers see, kept in front of Django: a post that goes around is rendered once, not for each who taps it.

Kept in each process's memory. A page is forgotten in all processes when something it shows changes; it is believed for
half a minute besides, and shown for some minutes more while one new rendering is under way. Nothing is kept that bears
a cookie, and nobody who bears a session is answered from here.
"""

import asyncio
import contextlib
import time
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import redis
from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from community.commons import public, valkey
from community.commons.public_shelf import Page, Shelf
from community.commons.templatetags.places import FROM_OUTSIDE

STALE = 300.0  # seconds a page is shown while a newer one is made
LARGEST = 1024 * 1024
LONGEST_QUERY = 300
PATIENCE = 10.0  # for somebody else's rendering
NOT_KEPT = object()  # what came of a rendering that is not for everyone


@lru_cache(maxsize=2_000)
def _language(cookie: str, accepted: str) -> str:
    """The language Django will choose for this request."""
    for wanted in (cookie, *(name for name, _weight in parse_accept_lang_header(accepted))):
        if wanted == "*":
            break
        with contextlib.suppress(LookupError, ValueError):
            if wanted:
                return get_supported_language_variant(wanted)
    return settings.LANGUAGE_CODE


def _query(asked: bytes) -> str | None:
    """What of a query can change a page; None when it is too much to keep pages for."""
    if len(asked) > 2_000:
        return None
    pairs = parse_qsl(asked.decode("latin-1"), keep_blank_values=True)
    # Where somebody came from changes one sentence of a landing page; what else outside links carry changes nothing.
    kept = sorted(pair for pair in pairs if pair[0] == "utm_source" or not pair[0].startswith(FROM_OUTSIDE))
    query = urlencode(kept)
    return query if len(query) <= LONGEST_QUERY else None


def _cookie(header: bytes, mark: bytes) -> str:
    """The value of a cookie, `mark` being its name with the equals sign."""
    parts = (part.strip() for part in header.split(b";"))
    return next((part[len(mark) :].strip(b'"').decode("latin-1") for part in parts if part.startswith(mark)), "")


@lru_cache(maxsize=20_000)
def _key(path: str, asked: bytes, language: str, accepted: bytes, host: bytes, scheme: str) -> tuple | None:
    if path.startswith((settings.DESK_PREFIX, settings.STATIC_URL, settings.MEDIA_URL)):
        return None
    query = _query(asked)
    return None if query is None else (path, query, _language(language, accepted.decode("latin-1")), host, scheme)


class Numbers:
    """What /metrics tells of this process, each a count since it started."""

    TOLD = {
        "hits": "answered from a page that was believed",
        "stale": "answered from an older page while a newer one was made",
        "joined": "answered from a rendering that somebody else had begun",
        "rendered": "pages rendered and kept",
        "passed": "answered by Django: signed in, not for everyone, or not a page",
        "purges": "times something changed",
    }

    def __init__(self):
        self.hits = self.stale = self.rendered = self.joined = self.passed = self.purges = 0


numbers = Numbers()


class PublicPages:
    """The application in front of Django. `inner` renders; what may be kept says so itself, by a header."""

    def __init__(self, inner):
        self.inner = inner
        self.shelf = Shelf()
        self.rendering: dict[tuple, asyncio.Future] = {}
        self.renewing: set[asyncio.Task] = set()
        self.hearing = False
        self.is_on = settings.PUBLIC_PAGES
        self.session = settings.SESSION_COOKIE_NAME.encode() + b"="
        self.language = settings.LANGUAGE_COOKIE_NAME.encode() + b"="
        public.listen_nearby(self.forget)

    def forget(self, tags):
        numbers.purges += 1
        self.shelf.forget(tags)
        # Whoever asks from now on must not be handed a rendering that began before this.
        self.rendering = {}

    @contextlib.asynccontextmanager
    async def running(self):
        """Hears of changes for as long as the server runs."""
        ear = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            ear.cancel()
            await asyncio.gather(ear, *self.renewing, return_exceptions=True)

    async def _listen(self):
        while True:
            with contextlib.suppress(redis.RedisError, OSError):
                async with valkey.aclient().pubsub(ignore_subscribe_messages=True) as ear:
                    await ear.subscribe(public.channel())
                    public.heard([public.EVERYTHING])  # what was said before we listened, nobody heard
                    self.hearing = public.Ear.is_open = True
                    async for message in ear.listen():
                        public.heard(message["data"].decode().split())
            self.hearing = public.Ear.is_open = False
            public.heard([public.EVERYTHING])
            await asyncio.sleep(1)

    async def __call__(self, scope, receive, send):
        wants = dict(scope["headers"]) if self.is_on and scope["method"] in {"GET", "HEAD"} else {}
        key = None
        if wants:
            key = self._key(scope["path"], scope["query_string"], scope.get("scheme", "http"), wants)
        if key is None:
            numbers.passed += 1
            return await self.inner(scope, receive, _without_tags(send))
        page = self.shelf.get(key)
        if page is not None:
            now = time.monotonic()
            if now < page.until_stale:
                numbers.hits += 1
                return await page.send(send, method=scope["method"], wants=wants)
            if now < min(page.made + STALE, page.ends) and not page.is_deaf:
                numbers.stale += 1
                self._renew(key, scope)
                return await page.send(send, method=scope["method"], wants=wants)
        await self._render(key, scope, receive, send, wants)

    def at_once(self, hall, told: dict[bytes, bytes]) -> bool:
        """Takes a request in the hall when its page is at hand and believed."""
        path, _mark, asked = hall.url.partition(b"?")
        if not self.is_on or not path.isascii():
            return False
        key = self._key(path.decode(), asked, hall.http_scheme, told)
        page = self.shelf.get(key) if key else None
        if page is None or time.monotonic() >= page.until_stale:
            return False
        numbers.hits += 1
        page.answer(hall.visit(), told)
        return True

    def _key(self, path: str, asked: bytes, scheme: str, wants) -> tuple | None:
        """What a page for strangers depends on; None for everything that is not such a page."""
        cookie = wants.get(b"cookie", b"")
        if b"hx-request" in wants or b"authorization" in wants or b"range" in wants or self.session in cookie:
            return None
        language = _cookie(cookie, self.language) if self.language in cookie else ""
        accepted = wants.get(b"accept-language", b"")[:200]
        return _key(path, asked, language, accepted, wants.get(b"host", b""), scheme)

    async def _render(self, key, scope, receive, send, wants):
        """One of those who wait for the same page renders it, the others are shown what came of it."""
        while waiting := self.rendering.get(key):
            done, _late = await asyncio.wait({waiting}, timeout=PATIENCE)
            page = waiting.result() if done else NOT_KEPT
            if page is NOT_KEPT:
                numbers.passed += 1
                return await self.inner(scope, receive, _without_tags(send))
            if page is not None:
                numbers.joined += 1
                return await page.send(send, method=scope["method"], wants=wants)
            # Whoever rendered it went away before it was done: the next one in line does it.
        if scope["method"] == "HEAD":  # tells nothing that could be kept
            numbers.passed += 1
            return await self.inner(scope, receive, _without_tags(send))
        making = Making(self, key, send)
        try:
            await self.inner(scope, receive, making.take)
        finally:
            page = making.finish()
        if page is not None:
            await page.send(send, method=scope["method"], wants=wants)

    def _renew(self, key, scope):
        """Makes a newer page while the older one is still shown; once, however many ask."""
        if key in self.rendering:
            return
        # As somebody who brings nothing along but their language.
        language = self.language + key[2].encode()
        headers = [pair for pair in scope["headers"] if pair[0] not in {b"if-none-match", b"cookie"}]
        asked = {**scope, "method": "GET", "headers": [*headers, (b"cookie", language)]}
        making = Making(self, key, _nowhere)

        async def renew():
            try:
                await self.inner(asked, _Patient(), making.take)
            finally:
                if making.finish() is None:
                    self.shelf.drop(key)  # it is no longer a page for everyone

        task = asyncio.create_task(renew())
        self.renewing.add(task)
        task.add_done_callback(self._renewed)

    def _renewed(self, task):
        self.renewing.discard(task)
        if not task.cancelled():
            task.exception()  # Django has logged it, and the next one who asks will meet it


class Making:
    """One rendering under way. What turns out to be no page for everyone goes straight on to whoever asked."""

    def __init__(self, pages: PublicPages, key, send):
        self.pages, self.key, self.send = pages, key, send
        self.since, self.is_deaf = pages.shelf.turn, not pages.hearing
        self.future = pages.rendering[key] = asyncio.get_running_loop().create_future()
        self.headers: list = []
        self.tags: list[str] | None = None
        self.body: list[bytes] = []
        self.is_whole = False

    async def take(self, message):
        if message["type"] == "http.response.start":
            self.headers = [(name.lower(), value) for name, value in message["headers"]]
            self.tags = next((value for name, value in self.headers if name == _TAGS), b"").decode().split()
            self.headers = message["headers"] = [pair for pair in self.headers if pair[0] != _TAGS]
            if message["status"] != 200 or any(name == b"set-cookie" for name, _value in self.headers):
                self.tags = []
            if not self.tags:
                self._settle(NOT_KEPT)
        if not self.tags:
            return await self.send(message)
        if message["type"] == "http.response.body":
            self.body.append(message.get("body", b""))
            self.is_whole = not message.get("more_body", False)

    def finish(self) -> Page | None:
        """The page, kept unless it was outrun; None when there is none for everyone, or the rendering broke off."""
        page = None
        if self.tags and self.is_whole:
            page = Page(self.headers, b"".join(self.body), frozenset(self.tags), self.is_deaf)
            numbers.rendered += 1
            if len(page.body) <= LARGEST:
                self.pages.shelf.put(self.key, page, since=self.since)
        self._settle(page)
        return page

    def _settle(self, page):
        if not self.future.done():
            self.future.set_result(page)
        if self.pages.rendering.get(self.key) is self.future:
            del self.pages.rendering[self.key]


class _Patient:
    """The asking side of a request that nobody can walk away from."""

    def __init__(self):
        self.has_asked = False

    async def __call__(self):
        if self.has_asked:
            await asyncio.Event().wait()
        self.has_asked = True
        return {"type": "http.request", "body": b"", "more_body": False}


async def _nowhere(message):
    """Nobody waits for this answer."""


_TAGS = public.HEADER.lower().encode()


def _without_tags(send):
    """The marks are between Django and this layer alone."""

    async def sent(message):
        if message["type"] == "http.response.start":
            message["headers"] = [pair for pair in message["headers"] if pair[0].lower() != _TAGS]
        await send(message)

    return sent
