"""One click as one line of PostgreSQL's COPY text: the form in which it is stored, spooled and replayed."""

import hashlib
import json
import re
from datetime import UTC, datetime
from functools import lru_cache

from community.campaigns.models import CLICK_IDS
from community.campaigns.queries import Asked

COLUMNS = (
    "id",
    "visitor",
    "at",
    "link_id",
    "agent",
    "app",
    "os",
    "device",
    "language",
    "referrer",
    "agent_said",
    "address",
    "network",
    "query",
    "trigger",
    *CLICK_IDS,
    "other_ids",
    "fresh",
    # These stand last because they are known last: of a link with a limit, in the transaction that counts its visits.
    "variant",
    "outcome",
)
NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
COPY = f"COPY campaigns_click ({NAMES}) FROM STDIN"
OTHER_IDS = frozenset({"scclid", "sccid", "yclid", "igshid", "igsh", "ldtag_cl", "dclid", "srsltid", "ttp"})
LONGEST_QUERY = 8_192

NULL = b"\\N"
_SPECIAL = re.compile(r"[\\\t\n\r\x00]")
_SPECIAL_BYTES = b"\\\t\n\r\x00"
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""}
_NO_QUERY = b"\tlink" + b"\t\\N" * (len(CLICK_IDS) + 1)
_NO_IDS = [NULL] * (len(CLICK_IDS) + 1)
_COLUMN_OF = {name.encode(): number for number, name in enumerate(CLICK_IDS)}
# What stands before and behind one identifier, where it is the only one.
_AROUND = {
    name: (b"\tlink\t" + b"\\N\t" * number, b"\t\\N" * (len(CLICK_IDS) - number)) for name, number in _COLUMN_OF.items()
}
# What of a query has a place of its own in the row; most queries have one of these, or none.
_MARKS = frozenset({*_COLUMN_OF, *(name.encode() for name in OTHER_IDS), b"qr"})
_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://(?:[^/@?#]*@)?(\[[0-9a-f:.]+\]|[^/:?#\s]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED[match[0]], text)


@lru_cache(maxsize=5_000)
def host_of(referrer: str) -> str:
    """Only who sent them, never from which page."""
    found = _HOST.match(referrer)
    return found[1].lower()[:120] if found else ""


@lru_cache(maxsize=5_000)
def language_of(accepted: str) -> str:
    found = _LANGUAGE.match(accepted)
    return found[1][:16] if found else ""


@lru_cache(maxsize=8)
def _second(number: int) -> bytes:
    return datetime.fromtimestamp(number, UTC).strftime("%Y-%m-%dT%H:%M:%S").encode()


def hash_of(address: str, salt: bytes | None) -> str:
    """A column's text: the keyed hash of a network address, or null when today's salt could not be had."""
    if not salt or not address:
        return "\\N"
    return "\\\\x" + hashlib.blake2b(address.encode(), key=salt, digest_size=16).hexdigest()


def _written(query: bytes) -> bytes:
    """A query, or a value of one, as a column's text."""
    if query.isascii() and query.translate(None, _SPECIAL_BYTES) == query:
        return query[:LONGEST_QUERY]
    return _escaped(readable(query)).encode()


def readable(query: bytes) -> str:
    """A query as text; bytes outside ASCII are written as servers read them, in percents."""
    text = query[:LONGEST_QUERY].decode("latin-1")
    return text if text.isascii() else "".join(c if c < "\x80" else f"%{ord(c):02X}" for c in text)


def voice(*, agent, language: str, referrer: str, agent_said: str) -> bytes:
    """The columns that stay the same for one browser coming from one place."""
    return (
        f"{agent.app}\t{agent.os}\t{agent.device}\t{language_of(language)}\t{_escaped(host_of(referrer))}"
        f"\t{_escaped(agent_said[:300])}"
    ).encode("utf-8", "replace")


def place(*, address: str, network: str) -> bytes:
    """The columns of where on the net somebody was; `address` is hashed already."""
    return f"{address}\t{network or NULL.decode()}".encode()


def asked(told: Asked) -> bytes:
    """The columns of a query: the whole, what brought them, and the click identifiers.

    Names are met in any case, values stay as they came.
    """
    query = told.query
    if not query:
        return _NO_QUERY
    if len(query) > LONGEST_QUERY:
        told = Asked(query[:LONGEST_QUERY])
    written = _written(query)
    if _MARKS.isdisjoint(told.names):
        return written + _NO_QUERY
    if len(told.names) == 1 and (around := _AROUND.get(name := told.names[0])) and len(query) > len(name) + 1:
        # Nearly every tap in an app brings one identifier and nothing else.
        start = len(name) + 1
        value = written[start:] if written == query else _written(query[start:])
        return b"%b%b%b%b" % (written, around[0], value, around[1])
    found: dict[bytes, bytes] = {}
    for name, part in zip(told.names, told.parts, strict=True):
        if name in _MARKS and name not in found:
            found[name] = part[len(name) + 1 :]
    trigger = b"qr" if found.pop(b"qr", None) is not None and b"qr=1" in told.parts else b"link"
    columns = _NO_IDS.copy()
    others = {}
    for name, value in found.items():
        if value and name in _COLUMN_OF:
            columns[_COLUMN_OF[name]] = _written(value)
        elif value:
            others[name.decode()] = readable(value)
    if others:
        columns[-1] = _escaped(json.dumps(dict(sorted(others.items())))).encode()
    return b"\t".join((written, trigger, *columns))


def begun(
    *,
    id: bytes,
    visitor: bytes,
    at: float,
    link: int,
    kind: bytes,
    voice: bytes,
    place: bytes,
    asked: bytes,
    fresh: bool,
) -> bytes:
    """A row without what became of the click. `id` and `visitor` are written as UUIDs in any way, or as NULL."""
    second = int(at)
    return b"%b\t%b\t%b.%06d+00\t%d\t%b\t%b\t%b\t%b\t%b" % (
        id,
        visitor,
        _second(second),
        (at - second) * 1_000_000,
        link,
        kind,
        voice,
        place,
        asked,
        b"t\t" if fresh else b"f\t",
    )


@lru_cache(maxsize=64)
def ended(variant: int | None = None, outcome: str = "") -> bytes:
    """The rest of a row: the arm that was taken, and whether they were let in."""
    return b"%b\t%b\n" % (NULL if variant is None else b"%d" % variant, outcome.encode())


SENT_ON = ended()


def line(*, id: object, at: float, link: int, visitor: object, kind: str, agent, query: bytes, **told) -> bytes:
    """The whole row of a click that is told piece by piece, as those are that are made up or brought in from elsewhere.

    `id` and `visitor` are anything that is written as a UUID, the latter may be None. `told` holds language, referrer,
    address (already hashed) and agent_said as the request had them; and network, fresh, variant and outcome, if known.
    """
    words = {name: told[name] for name in ("language", "referrer", "agent_said")}
    start = begun(
        id=str(id).encode(),
        visitor=str(visitor).encode() if visitor else NULL,
        at=at,
        link=link,
        kind=kind.encode(),
        voice=voice(agent=agent, **words),
        place=place(address=told["address"], network=told.get("network", "")),
        asked=asked(Asked(query)),
        fresh=told.get("fresh", False),
    )
    return start + ended(told.get("variant"), told.get("outcome", ""))
