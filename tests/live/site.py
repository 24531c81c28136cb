"""The site with the tests' own topic in it, a way to make it say something, and a page that listens."""

import os
from urllib.parse import parse_qsl

from asgiref.sync import sync_to_async

from community import asgi
from community.live import hub, topics
from community.running.folder import ROOT
from tests.live import notes

topics.register(notes.Notes())
# A test cannot wait a minute.
hub.RECHECK = float(os.environ.get("RECHECK", hub.RECHECK))
hub.SWEEP = hub.RECHECK / 12


def act(verb, turn, text, number=None, times=1):
    notes.turn, text = int(turn), text * int(times)
    if verb == "tell":
        notes.tell(text, int(number))
    else:
        getattr(notes, verb)(text)


PAGE = """<!doctype html><html lang="zh-Hant-TW"><meta charset="utf-8"><title>.</title>
<live-topic topic="{topic}" since="{since}"></live-topic>
<live-presence topic="{topic}" data-words="{{count}} 人在看" hidden></live-presence>
<script type="module" src="/page/collect.js"></script></html>"""
# Not inline: the page lives under the same rules as any other.
COLLECT = """window.frames_heard = []
document.addEventListener("live:frame", ({ detail }) => window.frames_heard.push(detail))
document.addEventListener("live:line", ({ detail }) => { document.documentElement.dataset.line = detail })
import "/page/elements/live-topic.js";
import "/page/elements/live-presence.js";"""
POLICY = b"default-src 'none'; script-src 'self'; connect-src 'self'"


def page(path, query):
    """A page that collects what it hears, and its scripts."""
    if path == "":
        return b"text/html", PAGE.format(**query)
    if path == "collect.js":
        return b"text/javascript", COLLECT
    return b"text/javascript", (ROOT / "static/js" / path).read_text()


async def application(scope, receive, send):
    async def plainly(message):
        """Hides the server from the hub, which is left with what every ASGI server has."""
        await send(message)

    path, query = scope.get("path", ""), dict(parse_qsl(scope.get("query_string", b"").decode()))
    if path == "/act/":
        await sync_to_async(act)(**query)
        await send({"type": "http.response.start", "status": 204})
        await send({"type": "http.response.body"})
    elif path.startswith("/page/"):
        kind, body = page(path.removeprefix("/page/"), query)
        headers = [(b"content-type", kind), (b"content-security-policy", POLICY)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body.encode()})
    else:
        await asgi.application(scope, receive, plainly if "PLAIN_SEND" in os.environ else send)
