"""A page that never changes, the least a server can do for one: other figures are set beside it."""

import os
from pathlib import Path

BODY = Path(os.environ["STILL_BODY"]).read_bytes()
HEADERS = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % len(BODY))]


async def application(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": BODY})
