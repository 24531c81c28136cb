"""One click as one line of PostgreSQL's COPY text: the form in which it is stored, spooled and replayed."""

import hashlib
import json
import re
from datetime import UTC, datetime
from functools import lru_cache

from community.campaigns.models import CLICK_IDS

COLUMNS = (
    "id",
    "visitor",
    "at",
    "link_id",
    "agent",
    "trigger",
    "app",
    "os",
    "device",
    "language",
    "referrer",
    "address",
    "agent_said",
    "query",
    *CLICK_IDS,
    "other_ids",
    "network",
    "fresh",
    "variant",
    "outcome",
)
NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
COPY = f"COPY campaigns_click ({NAMES}) FROM STDIN"
OTHER_IDS = frozenset({"scclid", "sccid", "yclid", "igshid", "igsh", "ldtag_cl", "dclid", "srsltid", "ttp"})
LONGEST_QUERY = 4_096

_SPECIAL = re.compile(r"[\\\t\n\r\x00]")
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""}
_NO_IDS = "\t\\N" * (len(CLICK_IDS) + 1)
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
def _second(number: int) -> str:
    return datetime.fromtimestamp(number, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _moment(at: float) -> str:
    second = int(at)
    return f"{_second(second)}.{int((at - second) * 1_000_000):06}+00"


@lru_cache(maxsize=5_000)
def _said(agent: str) -> str:
    return _escaped(agent[:300])


def hash_of(address: str, salt: bytes | None) -> str:
    """A column's text: the keyed hash of a network address, or null when today's salt could not be had."""
    if not salt or not address:
        return "\\N"
    return "\\\\x" + hashlib.blake2b(address.encode(), key=salt, digest_size=16).hexdigest()


def readable(query: bytes) -> str:
    """A query as text; bytes outside ASCII are written as servers read them, in percents."""
    text = query[:LONGEST_QUERY].decode("latin-1")
    return text if text.isascii() else "".join(c if c < "\x80" else f"%{ord(c):02X}" for c in text)


def _ids(query: str) -> str:
    """The columns of click identifiers. Names are met in any case, values stay as they came."""
    found: dict[str, str] = {}
    for part in query.split("&"):
        name, _, value = part.partition("=")
        found.setdefault(name.casefold(), value)
    columns = [_escaped(found[name]) if found.get(name) else "\\N" for name in CLICK_IDS]
    others = {name: found[name] for name in sorted(OTHER_IDS & found.keys()) if found[name]}
    columns.append(_escaped(json.dumps(others)) if others else "\\N")
    return "\t" + "\t".join(columns)


def line(*, id: object, at: float, link: int, visitor: object, kind: str, agent, query: bytes, **told) -> bytes:
    """The whole row. `id` and `visitor` are anything that is written as a UUID, the latter may be None.

    `told` holds language, referrer, address (already hashed) and agent_said as the request had them; and whether the
    visitor is fresh.
    """
    text = readable(query) if query else ""
    trigger = "qr" if text and "qr=1" in text.split("&") else "link"
    return (
        f"{id}\t{visitor or chr(92) + 'N'}\t{_moment(at)}\t{link}\t{kind}\t{trigger}"
        f"\t{agent.app}\t{agent.os}\t{agent.device}\t{language_of(told['language'])}\t{_escaped(host_of(told['referrer']))}"
        f"\t{told['address']}\t{_said(told['agent_said'])}\t{_escaped(text)}{_ids(text) if text else _NO_IDS}"
        f"\t\\N\t{'t' if told.get('fresh') else 'f'}\t\\N\t\n"
    ).encode("utf-8", "replace")
