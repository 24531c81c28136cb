"""The socket at /live/: a bare ASGI application that checks who is at the door and then leaves the work to the hub."""

import asyncio
import json
import logging
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http.request import validate_host

from community.live import checking, readers
from community.live import hub as hubs
from community.live.doors import Door, wire
from community.live.topics import LARGEST_NUMBER, MOST_FRAMES, Closed, well_formed

ADDRESS = "/live/"
LONGEST_MESSAGE = 4096
MOST_TOPICS = 8
MOST_MESSAGES, WINDOW = 20, 10  # so many messages in so many seconds

RECALLED = 20  # seconds for which what the database said to one who came back is told to others
SLACK = 64  # frames before theirs, for others who are a little further behind

NOT_TEXT, TOO_LONG, LATER, GARBAGE, TOO_OFTEN = 1003, 1009, 1013, 4400, 4429

logger = logging.getLogger(__name__)


class Rejected(Exception):
    """The socket is closed with this code: what it says is not what our own script would say."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


async def application(scope, receive, send):
    headers = dict(scope["headers"])
    await receive()  # websocket.connect
    hub, address = hubs.current(), _network(scope)
    if scope["path"] != ADDRESS:
        return await _refuse(scope, send, 404)
    if not _ours(headers):
        return await _refuse(scope, send, 403)
    if hub.leaving:
        return await _refuse(scope, send, 503)
    if hub.addresses[address] >= settings.LIVE_SOCKETS_PER_ADDRESS:
        return await _refuse(scope, send, 429)
    reader = readers.read(headers)
    try:
        async with asyncio.timeout(5):
            await hub.hearing.wait()
            person = await checking.person_of(reader.session) if reader.session else AnonymousUser()
    except Exception as error:  # a page that cannot have a socket asks over HTTP
        logger.warning("no socket could be given: %s", type(error).__name__)
        return await _refuse(scope, send, 503)
    if person.pk and hub.members[person.pk] >= settings.LIVE_SOCKETS_PER_MEMBER:
        return await _refuse(scope, send, 429)
    if hub.leaving:
        return await _refuse(scope, send, 503)
    door = Door(reader, person, address, send)
    hub.enter(door)
    try:
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await _heed(hub, door, message)
    except Rejected as rejected:
        await send({"type": "websocket.close", "code": rejected.code})
    except asyncio.CancelledError:
        if not door.dropped:
            raise
    finally:
        hub.leave(door)


def _ours(headers) -> bool:
    """Only our own pages: a foreign one would come with the reader's cookies, and read as them."""
    origin, host = headers.get(b"origin", b"").decode("latin-1"), headers.get(b"host", b"").decode("latin-1")
    try:
        parts = urlsplit(origin)
        name = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or (parts.netloc.lower() != host.lower() and origin != settings.SITE_URL):
        return False
    return validate_host(f"[{name}]" if ":" in name else name, settings.ALLOWED_HOSTS)


def _network(scope) -> str:
    """The address to count by; of IPv6 the part that one household has to itself."""
    text = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return text if address.version == 4 else str(int(address) >> 64)


async def _refuse(scope, send, status):
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": status, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close"})


async def _heed(hub, door, message):
    _weigh(hub, door)
    said = _understand(message)
    match said:
        case {"watch": str(name), "since": int(since)} if well_formed(name) and _numbers(since):
            await _watch(hub, door, name, since)
        case {"typing": str(name), **more} if more in ({}, {"over": True}):
            await hub.writes(door, name, bool(more))
        case {"leave": str(name)}:
            hub.unwatch(door, name)
        case {"ping": _}:
            door.tell({"kind": "pong"})
        case _:
            raise Rejected(GARBAGE)


def _numbers(since) -> bool:
    return not isinstance(since, bool) and 0 <= since <= LARGEST_NUMBER


def _weigh(hub, door):
    """More than a page ever says, and in a hurry: not a page."""
    now = hub.loop.time()
    if now - door.since > WINDOW:
        door.since, door.heard = now, 0
    door.heard += 1
    if door.heard > MOST_MESSAGES:
        raise Rejected(TOO_OFTEN)


def _understand(message):
    text = message.get("text")
    if text is None:
        raise Rejected(NOT_TEXT)
    if len(text) > LONGEST_MESSAGE:
        raise Rejected(TOO_LONG)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Rejected(GARBAGE) from error


async def _watch(hub, door, name, since):
    if len(door.rooms) >= MOST_TOPICS and name not in door.rooms:
        return door.tell({"topic": name, "kind": "poll"})
    try:
        room = await hub.listen_to(name)
        number = hub.watch(door, room, await checking.place_of(name, door.person))
        missed = await _missed(hub, door, room, since) if number > since else None
    except Closed:
        return door.tell({"topic": name, "kind": "closed"})
    except Exception:
        # Could not be found out, which is not the same as forbidden.
        logger.exception("no watch could be kept on a topic")
        return door.tell({"topic": name, "kind": "poll"})
    if missed:
        door.write(wire(missed), [missed])
    else:
        door.tell({"topic": name, "kind": "behind" if number > since else "open", "n": number})
    room.greet(door, hub.loop.time())


async def _missed(hub, door, room, since) -> bytes | None:
    """What one who comes back has missed. After a deploy all come back at once: the database is asked for the first."""
    language = door.reader.language
    if (told := room.since(since, language)) or room.last - since > MOST_FRAMES:
        return told
    async with room.recalling:
        if told := room.since(since, language):
            return told
        async with asyncio.timeout(5):
            begin = max(0, since - SLACK, room.last - MOST_FRAMES)
            past = await checking.past_of(room.name, door.person, begin, language)
        if past:
            room.recall(language, past, hub.loop.time() + RECALLED)
    return room.since(since, language)
