"""The site with the tests' own topic in it, for servers that tests start; and a way to make it say something."""

import os
from urllib.parse import parse_qsl

from asgiref.sync import sync_to_async

from community import asgi
from community.live import hub, topics
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


async def application(scope, receive, send):
    async def plainly(message):
        """Hides the server from the hub, which is left with what every ASGI server has."""
        await send(message)

    if scope["type"] != "http" or scope["path"] != "/act/":
        return await asgi.application(scope, receive, plainly if "PLAIN_SEND" in os.environ else send)
    await sync_to_async(act)(**dict(parse_qsl(scope["query_string"].decode())))
    await send({"type": "http.response.start", "status": 204})
    await send({"type": "http.response.body"})
