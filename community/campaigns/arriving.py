"""What one request for a tracked link means: who knocked, what is written down, and what they are answered."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from uuid_utils import uuid7

from community.campaigns import agents, clicks, networks
from community.campaigns.queries import Asked
from community.commons import visitors

AHEAD = (b"sec-purpose", b"purpose", b"x-moz", b"x-purpose")
HUMAN = agents.HUMAN
_MARK = f"{visitors.COOKIE}=".encode()


class Voice(NamedTuple):
    """What a browser tells of itself with every request."""

    agent: agents.Agent
    language: str
    columns: bytes  # as they are written down


class Knock(NamedTuple):
    """Who asks, as far as the request tells."""

    kind: str
    voice: Voice
    place: bytes  # the columns of where on the net they are
    visitor: bytes | None  # sixteen bytes
    cookie: bytes | None  # the Set-Cookie header's value, for a person we had not met


@lru_cache(maxsize=20_000)
def voice_of(agent_said: bytes, language: bytes, referrer: bytes) -> Voice:
    """From raw headers; bytes that are no ASCII stay readable one by one."""
    said, accepted = agent_said.decode("latin-1"), language.decode("latin-1")
    agent = agents.read(said)
    columns = clicks.voice(agent=agent, language=accepted, referrer=referrer.decode("latin-1"), agent_said=said)
    return Voice(agent, clicks.language_of(accepted), columns)


@lru_cache(maxsize=2_000)
def place_of(address: str, salt: bytes | None) -> bytes:
    """Forgotten with the day's salt: see the door."""
    return clicks.place(address=clicks.hash_of(address, salt), network=networks.kind_of(address))


def heard(method: str, told: dict[bytes, bytes], client, *, salt: bytes | None, secure: bool) -> Knock:
    """`told` are the request's headers by their names in lower case; `client` is the address and port it came from.

    `secure` says whether a new cookie is for encrypted connections alone.
    """
    get = told.get
    voice = voice_of(get(b"user-agent", b""), get(b"accept-language", b""), get(b"referer", b""))
    kind = voice.agent.kind
    if kind == HUMAN and (
        b"sec-purpose" in told or b"purpose" in told or b"x-moz" in told or b"x-purpose" in told or method == "HEAD"
    ):
        kind = agents.kind_of(voice.agent, method=method, purpose=_purpose(told))
    visitor = cookie = None
    if cookies := get(b"cookie"):
        visitor = visitor_in(cookies)
    if visitor is None and kind == HUMAN:
        visitor = visitors.mint()
        cookie = visitors.cookie_for(visitor, secure=secure)
    address = client[0] if client else ""
    if forwarded := get(b"x-forwarded-for"):
        address = address_of(forwarded.decode("latin-1"), address)
    return Knock(kind, voice, place_of(address, salt), visitor, cookie)


def _purpose(told: dict[bytes, bytes]) -> str:
    return " ".join(told[name].decode("latin-1").lower() for name in AHEAD if name in told)


def address_of(forwarded: str, nearest: str) -> str:
    """The address before our own proxies; what stands further left in the header anybody could have written."""
    if forwarded and (hops := settings.TRUSTED_PROXIES):
        return forwarded.split(",")[-hops:][0].strip()
    return nearest


def visitor_in(cookies: bytes) -> bytes | None:
    for part in cookies.split(b";"):
        part = part.strip()
        if part.startswith(_MARK):
            return visitors.opened(part[len(_MARK) :])
    return None


def begun(knock: Knock, *, link: int, asked: Asked, at: float) -> bytes:
    """The click's row, but for its end: see `clicks.ended`."""
    return clicks.begun(
        id=str(uuid7()).encode(),
        visitor=knock.visitor.hex().encode() if knock.visitor else clicks.NULL,
        at=at,
        link=link,
        kind=knock.kind.encode(),
        voice=knock.voice.columns,
        place=knock.place,
        asked=clicks.asked(asked),
        fresh=knock.cookie is not None,
    )
