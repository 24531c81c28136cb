"""Knocks at the door as a server would, without a server."""

import asyncio
from typing import NamedTuple

from community.campaigns.edge import Door
from community.campaigns.models import Campaign
from tests.campaigns import agents


class Answer(NamedTuple):
    status: int
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def location(self) -> bytes:
        return self.headers[b"location"]


async def beyond(scope, receive, send):
    """Stands for Django, which answers what the door hands on."""
    await send({"type": "http.response.start", "status": 404, "headers": [(b"x-beyond", b"1")]})
    await send({"type": "http.response.body", "body": b"beyond"})


async def knock(door, path="/go/spring", query=b"", *, method="GET", agent=agents.FACEBOOK, **headers) -> Answer:
    told = {b"user-agent": agent.encode()}
    told |= {name.replace("_", "-").encode(): value.encode("latin-1") for name, value in headers.items()}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": list(told.items()),
        "client": ("203.0.113.9", 4711),
    }
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b""}

    await door(scope, receive, send)
    return Answer(sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"])


def at_the_door(work):
    """Runs `work(door)` beside an open door and closes it properly afterwards."""

    async def live():
        door = Door(beyond)
        async with door.running():
            return await work(door)

    return asyncio.run(live())


def campaign(**fields) -> Campaign:
    return Campaign.objects.create(**{"name": "春日手沖", "key": "spring", **fields})
