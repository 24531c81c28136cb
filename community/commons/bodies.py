"""How much a request may send: more is refused by what it says of itself, or at the byte that is one too many.

Django writes a body to disk, all of it, before any view is asked. So this stands in front of Django.
"""

import asyncio
import io
import time

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.template.loader import render_to_string
from django.utils import translation

from community.commons import problems

# A caller that is refused while it speaks would read a broken line and not the answer, so it is heard out a little.
LINGER_SECONDS, LINGER_BYTES = 3.0, 8_000_000
POLICY = b"default-src 'none'; img-src 'self'; style-src 'self'"


class TooLarge(Exception):
    """Goes through Django, which was waiting for the rest, up to the door that raised it."""


def most_for(path: str) -> int:
    """The first of the addresses in settings.BODY_LIMITS that this one begins with; each ends with everything."""
    return next(most for prefix, most in settings.BODY_LIMITS if path.startswith(prefix))


class Bounded:
    """Stands in front of an application that reads whole bodies. An answer never begins before its body has come."""

    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.inner(scope, receive, send)
        most = most_for(scope["path"])
        if _length_told(scope["headers"]) > most:
            return await _refuse(scope, receive, send, most)
        heard = 0

        async def counted():
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > most:
                raise TooLarge
            return message

        try:
            await self.inner(scope, counted, send)
        except TooLarge:
            await _refuse(scope, receive, send, most)


def _length_told(headers) -> int:
    told = next((value for name, value in headers if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else 0


async def _refuse(scope, receive, send, most):
    kind, body = await asyncio.to_thread(_said, scope, most)
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"connection", b"close")]
    headers += [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    await send({
        "type": "http.response.start", "status": 413, "headers": [*headers, (b"content-security-policy", POLICY)],
    })  # fmt: skip
    await send({"type": "http.response.body", "body": body, "more_body": True})
    await _hear_out(receive)
    await send({"type": "http.response.body", "body": b""})


def _said(scope, most) -> tuple[bytes, bytes]:
    language = translation.get_language_from_request(ASGIRequest(scope, io.BytesIO()))
    with translation.override(language):
        if scope["path"].startswith("/api/"):
            return problems.CONTENT_TYPE.encode(), problems.answer("large").content
        page = render_to_string("errors/413.html", {"english": language == "en", "most": readable(most)})
        return b"text/html; charset=utf-8", page.encode()


def readable(most: int) -> str:
    return f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{max(1, most // 1_000)} kB"


async def _hear_out(receive):
    """Reads on without keeping anything."""
    until, left = time.monotonic() + LINGER_SECONDS, LINGER_BYTES
    while left > 0 and (rest := until - time.monotonic()) > 0:
        try:
            message = await asyncio.wait_for(receive(), rest)
        except TimeoutError:
            return
        left -= len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return
