"""One request to a service and its answer, with whatever is secret taken out before anybody can write it down."""

import json
import re
import time
from dataclasses import dataclass, field

from django.conf import settings

from community.commons import fetching

PATIENCE = 1.5  # seconds for everything; Meta answers within 0.6 or is in trouble
MOST = 65_536
HIDDEN = "…"
# What looks like a token, whoever's: long words of letters and digits after the names that tokens go by.
TOKENS = re.compile(r"(?i)((?:access_token|api_secret|appsecret_proof|token)[=:\s\"']{1,4})[\w|%.-]{6,}")
LONG = re.compile(r"\bEA[A-Za-z0-9]{16,}")
# Nothing can have arrived: the connection never stood.
NOT_THERE = {"unknown", "inside", "untrusted", "address", "port", "login"}


@dataclass(frozen=True)
class Reply:
    """`said` is what the answer's JSON held, or None when it held none; `lost` is why no answer came at all."""

    status: int | None = None
    said: dict | None = None
    lost: str = ""
    took: int = 0
    whole: bool = True
    retry_after: int = 0
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    def words(self, said, most: int = 300) -> str:
        """A sentence of theirs that may be kept and shown."""
        return hide(str(said), self.secrets)[:most]


def hide(words: str, secrets=()) -> str:
    """Services repeat what they were asked, token included; whose of our secrets it is makes no difference."""
    for secret in (*secrets, settings.META_ACCESS_TOKEN, settings.GA4_API_SECRET):
        if secret:
            words = words.replace(secret, HIDDEN)
    words = LONG.sub(HIDDEN, TOKENS.sub(rf"\1{HIDDEN}", words))
    return "".join(c for c in words if c.isprintable())


def post(url: str, body: dict, *, secrets=()) -> Reply:
    """Never raises and never follows: a redirect would take the token somewhere else."""
    started = time.monotonic()
    try:
        answer = fetching.fetch(
            url,
            method="POST",
            body=json.dumps(body, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            timeout=PATIENCE,
            most=MOST,
            hops=0,
        )
    except fetching.Unreachable as error:
        return Reply(lost=error.why, took=_since(started), secrets=tuple(secrets))
    after = answer.headers.get("Retry-After", "")
    return Reply(
        status=answer.status,
        said=_json(answer.body) if answer.whole else None,
        took=_since(started),
        whole=answer.whole,
        retry_after=min(int(after), 86_400) if after.isascii() and after.isdigit() and len(after) < 7 else 0,
        secrets=tuple(secrets),
    )


def _since(started: float) -> int:
    return int((time.monotonic() - started) * 1000)


def _json(body: bytes) -> dict | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
