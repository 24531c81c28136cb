"""The pages for strangers that one process keeps, and in which shape."""

import gzip
import hashlib
import math
import threading
import time
from collections import OrderedDict, deque

from community.commons import public

FRESH = 30.0  # seconds a page is believed
DEAF = 2.0  # seconds it is believed while no word of changes can reach this process
MOST_BYTES = 48 * 1024 * 1024
# What an answer says of one request alone, or what is said anew when it is shown.
OWN = {b"set-cookie", b"x-request-id", b"x-correlation-id", b"content-length", b"vary", b"cache-control", b"etag"}
VARY = (b"vary", b"Accept-Encoding, Accept-Language, Cookie")
KEEPING = (b"cache-control", b"private, no-cache")


class Page:
    """One rendered page, ready to be sent in whichever way it is asked for."""

    __slots__ = ("body", "ends", "etag", "headers", "is_deaf", "lines", "made", "packed", "tags", "until_stale")

    def __init__(self, headers: list, body: bytes, tags: frozenset, is_deaf: bool):
        self.body, self.tags, self.is_deaf = body, tags, is_deaf
        self.packed = gzip.compress(body, 6, mtime=0)
        self.etag = b'W/"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
        self.headers = [pair for pair in headers if pair[0] not in OWN]
        self.headers += [VARY, KEEPING, (b"etag", self.etag)]
        self.lines = b"".join(b"%b: %b\r\n" % header for header in self.headers)
        self.made = time.monotonic()
        ends = [int(tag[len(public.UNTIL) :]) for tag in tags if tag.startswith(public.UNTIL)]
        self.ends = self.made + ends[0] - time.time() if ends else math.inf  # what it tells is not true any longer
        self.until_stale = min(self.made + (DEAF if is_deaf else FRESH), self.ends)

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + 2_000

    def answer(self, visit, wants: dict):
        """Answers a visit in the hall, see hall.py."""
        if self.etag in wants.get(b"if-none-match", b""):
            visit.answer(b"304 Not Modified", self.lines)
        elif b"gzip" in wants.get(b"accept-encoding", b""):
            length = b"content-length: %d\r\ncontent-encoding: gzip\r\n" % len(self.packed)
            visit.answer(b"200 OK", self.lines + length, self.packed)
        else:
            visit.answer(b"200 OK", self.lines + b"content-length: %d\r\n" % len(self.body), self.body)

    async def send(self, send, *, method: str, wants: dict):
        if self.etag in wants.get(b"if-none-match", b""):
            await send({"type": "http.response.start", "status": 304, "headers": self.headers})
            await send({"type": "http.response.body", "body": b""})
            return
        packed = b"gzip" in wants.get(b"accept-encoding", b"")
        body = self.packed if packed else self.body
        headers = [*self.headers, (b"content-length", b"%d" % len(body))]
        if packed:
            headers.append((b"content-encoding", b"gzip"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


class Shelf:
    """The kept pages of one process, the longest unused of which go first. Safe to forget from any thread."""

    def __init__(self, most: int = MOST_BYTES):
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.tagged: dict[str, set] = {}
        self.most, self.size = most, 0
        self.turn = 0
        self.forgotten: deque[tuple[int, frozenset]] = deque(maxlen=1_000)
        self.lock = threading.Lock()

    def get(self, key) -> Page | None:
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def put(self, key, page: Page, *, since: int) -> bool:
        """Keeps a page that was begun at turn `since`, unless what it shows has changed meanwhile."""
        with self.lock:
            if self.turn - since > len(self.forgotten) or any(
                turn > since and (public.EVERYTHING in tags or tags & page.tags) for turn, tags in self.forgotten
            ):
                return False
            self._drop(key)
            self.pages[key] = page
            self.size += page.size
            for tag in page.tags:
                self.tagged.setdefault(tag, set()).add(key)
            while self.size > self.most:
                self._drop(next(iter(self.pages)))
            return True

    def forget(self, tags):
        with self.lock:
            self.turn += 1
            self.forgotten.append((self.turn, frozenset(tags)))
            if public.EVERYTHING in tags:
                self.pages.clear()
                self.tagged.clear()
                self.size = 0
                return
            for tag in tags:
                for key in list(self.tagged.get(tag, ())):
                    self._drop(key)

    def drop(self, key):
        with self.lock:
            self._drop(key)

    def _drop(self, key):
        page = self.pages.pop(key, None)
        if page is None:
            return
        self.size -= page.size
        for tag in page.tags:
            if keys := self.tagged.get(tag):
                keys.discard(key)
                if not keys:
                    del self.tagged[tag]
