"""What one request for a tracked link means: who knocked, what is written down, and what they are answered."""

import time
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from uuid_utils import uuid7

from community.campaigns import agents, clicks
from community.commons import visitors

WANTED = {
    b"user-agent": "agent_said",
    b"accept-language": "language",
    b"referer": "referrer",
    b"cookie": "cookie",
    b"x-forwarded-for": "forwarded",
    b"sec-purpose": "purpose",
    b"purpose": "purpose",
    b"x-moz": "purpose",
    b"x-purpose": "purpose",
}


class Knock(NamedTuple):
    """What a request told of itself."""

    method: str
    query: bytes
    address: str
    agent_said: str = ""
    language: str = ""
    referrer: str = ""
    cookie: str = ""
    purpose: str = ""


class Arrival(NamedTuple):
    kind: str
    line: bytes  # to be written down before they are answered
    cookie: bytes | None  # for a person we had not met


def heard(method: str, query: bytes, headers, client) -> Knock:
    """A request's own words, from its raw headers; bytes that are no ASCII stay readable one by one."""
    told: dict[str, str] = {}
    for name, value in headers:
        if word := WANTED.get(name):
            told[word] = value.decode("latin-1")
    address = _nearest_stranger(told.pop("forwarded", ""), client)
    if "purpose" in told:
        told["purpose"] = told["purpose"].lower()
    return Knock(method, query, address, **told)


def _nearest_stranger(forwarded: str, client) -> str:
    """The address before our own proxies; what stands further left in the header anybody could have written."""
    if forwarded and (hops := settings.TRUSTED_PROXIES):
        return forwarded.split(",")[-hops:][0].strip()
    return client[0] if client else ""


def arrive(*, link: int, knock: Knock, salt: bytes | None) -> Arrival:
    agent = agents.read(knock.agent_said)
    kind = agents.kind_of(agent, method=knock.method, purpose=knock.purpose)
    visitor, cookie = _visitor(knock.cookie), None
    if visitor is None and kind == agents.HUMAN:
        visitor, value = visitors.issue()
        cookie = visitors.cookie_header(value, secure=settings.SECURE)
    line = clicks.line(
        id=uuid7(),
        at=time.time(),
        link=link,
        visitor=visitor,
        kind=kind,
        agent=agent,
        query=knock.query,
        language=knock.language,
        referrer=knock.referrer,
        address=clicks.hash_of(knock.address, salt),
        agent_said=knock.agent_said,
        fresh=cookie is not None,
    )
    return Arrival(kind, line, cookie)


def _visitor(cookies: str) -> UUID | None:
    if not cookies:
        return None
    mark = visitors.COOKIE + "="
    for part in cookies.split(";"):
        part = part.strip()
        if part.startswith(mark):
            return visitors.read(part[len(mark) :])
    return None
