"""Pages for strangers are rendered once, shown to all of them, and forgotten the moment something on them changes."""

import asyncio
import gzip
import time

import pytest

from community.commons import public, public_shelf
from community.commons.public_pages import PublicPages
from community.commons.public_shelf import Page, Shelf


@pytest.fixture
def anyio_backend():
    return "asyncio"


class House:
    """Stands for Django: answers with a number that grows, and says that it may be kept."""

    def __init__(self, tags=b"thread-1", status=200, headers=(), takes=0.0):
        self.tags, self.status, self.headers, self.takes = tags, status, list(headers), takes
        self.rendered = 0
        self.asked: list[dict] = []

    async def __call__(self, scope, receive, send):
        self.asked.append(scope)
        self.rendered += 1
        words = f"rendered {self.rendered} {scope['path']}".encode()
        if self.takes:
            await asyncio.sleep(self.takes)
        headers = [(b"Content-Type", b"text/html"), *self.headers]
        if self.tags:
            headers.append((b"X-Public-Tags", self.tags))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": words[:4], "more_body": True})
        await send({"type": "http.response.body", "body": words[4:]})


def scope_of(path="/forum/threads/1/", query=b"", method="GET", **headers):
    pairs = [(b"host", b"site"), *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items())]
    return {"type": "http", "method": method, "path": path, "query_string": query, "headers": pairs, "scheme": "http"}


class Hall:
    """Stands for the hall of commons/hall.py, where a page that is at hand is answered before a task is made for it."""

    is_asked = False
    http_scheme = "http"

    def __init__(self, scope):
        self.url = scope["path"].encode() + (b"?" + scope["query_string"] if scope["query_string"] else b"")
        self.said = None

    def visit(self):
        return self

    def answer(self, status, lines, body=b""):
        pairs = [tuple(line.split(b": ", 1)) for line in lines.splitlines()]
        self.said = int(status.split()[0]), dict(pairs), body


async def ask(pages, *args, **kwargs):
    said = []
    scope = scope_of(*args, **kwargs)
    hall = Hall(scope)
    if Hall.is_asked and scope["method"] == "GET" and pages.at_once(hall, dict(scope["headers"])):
        return hall.said

    async def send(message):
        said.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    await pages(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in said[1:])
    return said[0]["status"], dict(said[0]["headers"]), body


def keeping(house, hearing=True):
    pages = PublicPages(house)
    pages.hearing = hearing
    return pages


@pytest.fixture(autouse=True, params=["usual", "hall"])
def _switched_on(settings, request, monkeypatch):
    """Everything below holds in the hall as well as the usual way."""
    monkeypatch.setattr(Hall, "is_asked", request.param == "hall")
    settings.PUBLIC_PAGES = True
    before = list(public._nearby)
    yield
    public._nearby[:] = before


def run(coroutine):
    return asyncio.run(coroutine)


def test_the_second_stranger_is_shown_what_the_first_one_caused():
    house = House()

    async def walk():
        pages = keeping(house)
        first = await ask(pages)
        second = await ask(pages, query=b"fbclid=SECRET&utm_medium=social", cookie="visitor=somebody")
        return first, second

    (status, headers, body), second = run(walk())
    assert (status, body) == (200, b"rendered 1 /forum/threads/1/")
    assert second[2] == body
    assert house.rendered == 1
    assert b"x-public-tags" not in {name.lower() for name in headers}
    assert headers[b"vary"] == b"Accept-Encoding, Accept-Language, Cookie"


@pytest.mark.parametrize(
    "asked",
    [
        {"cookie": "sessionid=abc"},
        {"hx_request": "true"},
        {"authorization": "Bearer x"},
        {"method": "POST"},
        {"path": "/desk/"},
        {"query": b"q=" + b"x" * 400},
    ],
)
def test_whoever_is_somebody_is_never_answered_from_the_shelf(asked):
    house = House()

    async def walk():
        pages = keeping(house)
        await ask(pages)
        return await ask(pages, **asked), len(pages.shelf.pages)

    answer, kept = run(walk())
    assert answer[2].startswith(b"rendered 2")
    assert kept == 1


@pytest.mark.parametrize(
    "house",
    [
        House(tags=b""),
        House(status=404),
        House(status=302),
        House(headers=[(b"Set-Cookie", b"sessionid=1")]),
    ],
    ids=["unmarked", "missing", "elsewhere", "with a cookie"],
)
def test_what_is_not_for_everyone_is_not_kept(house):
    house.rendered = 0

    async def walk():
        pages = keeping(house)
        await ask(pages)
        answer = await ask(pages)
        assert not pages.shelf.pages
        assert not pages.rendering
        return answer

    status, headers, body = run(walk())
    assert (house.rendered, status) == (2, house.status)
    assert body.startswith(b"rendered 2")
    assert b"X-Public-Tags" not in headers


def test_languages_and_questions_have_pages_of_their_own():
    house = House()

    async def walk():
        pages = keeping(house)
        for asked in (
            {"accept_language": "zh-TW,zh;q=0.9"},
            {"accept_language": "en-GB"},
            {"accept_language": "zh-Hant"},
            {"cookie": "django_language=en"},
            {"query": b"after=20"},
            {"query": b"utm_source=line"},
            {"accept_language": "fr"},
        ):
            await ask(pages, **asked)

    run(walk())
    assert house.rendered == 4  # Chinese, English, the second page, and what people from LINE read


def test_a_change_is_forgotten_at_once_and_only_where_it_shows():
    house = House()

    async def walk():
        pages = keeping(house)
        await ask(pages)
        public.purge("thread-2")
        assert (await ask(pages))[2].startswith(b"rendered 1")
        public.purge("thread-1")
        assert (await ask(pages))[2].startswith(b"rendered 2")
        public.purge("*")
        assert (await ask(pages))[2].startswith(b"rendered 3")

    run(walk())


def test_a_page_that_was_outrun_by_a_change_is_shown_to_nobody_who_asks_later():
    house = House(takes=0.05)

    async def walk():
        pages = keeping(house)
        first = asyncio.create_task(ask(pages))
        await asyncio.sleep(0.01)
        public.purge("thread-1")
        second = await ask(pages)
        assert (await first)[2].startswith(b"rendered 1")
        assert second[2].startswith(b"rendered 2")
        assert (await ask(pages))[2].startswith(b"rendered 2")

    run(walk())


def test_sixty_four_who_want_a_forgotten_page_cause_one_rendering():
    house = House(takes=0.05)

    async def walk():
        pages = keeping(house)
        await ask(pages)
        public.purge("thread-1")
        answers = await asyncio.gather(*(ask(pages) for _ in range(64)))
        assert {body for _status, _headers, body in answers} == {b"rendered 2 /forum/threads/1/"}

    run(walk())
    assert house.rendered == 2


def test_when_the_one_who_renders_goes_away_the_next_one_does_it():
    house = House(takes=0.05)

    async def walk():
        pages = keeping(house)
        leaver = asyncio.create_task(ask(pages))
        await asyncio.sleep(0.01)
        waiting = [asyncio.create_task(ask(pages)) for _ in range(3)]
        await asyncio.sleep(0.01)
        leaver.cancel()
        return await asyncio.gather(*waiting)

    answers = run(walk())
    assert {body for _status, _headers, body in answers} == {b"rendered 2 /forum/threads/1/"}


def test_an_old_page_is_shown_while_one_newer_is_made(monkeypatch):
    house = House()

    async def walk():
        pages = keeping(house)
        await ask(pages, cookie="visitor=somebody")
        monkeypatch.setattr(public_shelf, "FRESH", 0.0)
        pages.shelf.get(next(iter(pages.shelf.pages))).until_stale = 0.0
        both = [await ask(pages, cookie="visitor=other"), await ask(pages)]
        assert {body for _s, _h, body in both} == {b"rendered 1 /forum/threads/1/"}
        await asyncio.gather(*pages.renewing)
        assert pages.shelf.get(next(iter(pages.shelf.pages))).body.startswith(b"rendered 2")

    run(walk())
    assert house.rendered == 2
    told = dict(house.asked[1]["headers"])
    assert told[b"cookie"] == b"django_language=zh-hant"  # a renewal belongs to nobody


def test_without_word_of_changes_a_page_is_believed_for_seconds_only():
    async def walk():
        pages = keeping(House(), hearing=False)
        await ask(pages)
        page = pages.shelf.get(next(iter(pages.shelf.pages)))
        assert page.until_stale - time.monotonic() <= public_shelf.DEAF
        page.until_stale = 0.0
        assert (await ask(pages))[2].startswith(b"rendered 2")

    run(walk())


def test_packed_unpacked_and_unchanged():
    async def walk():
        pages = keeping(House())
        _status, headers, body = await ask(pages)
        _status, packed, wrapped = await ask(pages, accept_encoding="gzip, br")
        assert packed[b"content-encoding"] == b"gzip"
        assert gzip.decompress(wrapped) == body
        status, _headers, nothing = await ask(pages, if_none_match=headers[b"etag"].decode())
        assert (status, nothing) == (304, b"")
        status, head, nothing = await ask(pages, method="HEAD")
        assert (status, nothing) == (200, b"")
        assert head[b"content-length"] == b"%d" % len(body)

    run(walk())


def test_it_can_be_switched_off(settings):
    settings.PUBLIC_PAGES = False
    house = House()

    async def walk():
        pages = keeping(house)
        await ask(pages)
        return await ask(pages)

    assert run(walk())[2].startswith(b"rendered 2")


def test_the_shelf_has_an_end():
    shelf = Shelf(most=20_000)
    for number in range(20):
        body = bytes([number]) * 3_000
        assert shelf.put(number, Page([], body, frozenset({"all", f"page-{number}"}), False), since=shelf.turn)
    assert shelf.size <= 20_000
    assert 19 in shelf.pages
    assert 0 not in shelf.pages
    shelf.forget(["all"])
    assert not shelf.pages
    assert not shelf.tagged
    assert shelf.size == 0
