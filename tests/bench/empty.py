"""The least that a server can answer: a redirect that knows nothing. Other figures are set beside it."""

HEADERS = [(b"location", b"/"), (b"content-length", b"0")]


async def application(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 302, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b""})
