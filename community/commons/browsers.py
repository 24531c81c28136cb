"""In whose window somebody reads: an app's own browser, what works inside it, and how one gets out of it."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

APPS = (
    ("line", re.compile(r"\bLine/\d")),
    ("messenger", re.compile(r"MessengerForiOS|MessengerLite|Orca-Android|MetaIAB Messenger")),
    ("instagram", re.compile(r"\bInstagram\b")),
    ("threads", re.compile(r"\bBarcelona \d|MetaIAB Threads")),
    ("facebook", re.compile(r"\bFBA[NV]/|\bFB_IAB\b|\bMetaIAB\b")),
    ("x", re.compile(r"Twitter for |TwitterAndroid")),
    ("tiktok", re.compile(r"musical_ly|\btrill_|BytedanceWebview|\bTikTok\b")),
    ("linkedin", re.compile(r"\[?LinkedInApp\b")),
    ("pinterest", re.compile(r"\[Pinterest/")),
    ("wechat", re.compile(r"MicroMessenger/")),
    ("kakaotalk", re.compile(r"KAKAOTALK")),
    ("snapchat", re.compile(r"\bSnapchat/")),
    ("telegram", re.compile(r"\bTelegram-(?:Android|iOS)\b")),
    ("google", re.compile(r"\bGSA/")),
)
NAMES = {
    "line": "LINE",
    "messenger": "Messenger",
    "instagram": "Instagram",
    "threads": "Threads",
    "facebook": "Facebook",
    "x": "X",
    "tiktok": "TikTok",
    "linkedin": "LinkedIn",
    "pinterest": "Pinterest",
    "wechat": "WeChat",
    "kakaotalk": "KakaoTalk",
    "snapchat": "Snapchat",
    "telegram": "Telegram",
    "google": "Google",
}
SYSTEMS = (
    ("ios", re.compile(r"iPhone|iPad|iPod")),
    ("android", re.compile(r"Android|; ?Adr ")),
    ("windows", re.compile(r"Windows")),
    ("chromeos", re.compile(r"\bCrOS\b")),
    ("macos", re.compile(r"Macintosh|Mac OS X")),
    ("linux", re.compile(r"Linux|X11")),
)

# Every way of proving who one is that this house has; another one is added here, and shown only where it works.
INSTALLED = ("code",)
# Answered with a refusal, or simply not there, inside the browsers of apps. Google's own app is not refused.
FAILING_INSIDE = frozenset({"google", "passkey"})
INSIDE_LINE = "openExternalBrowser"  # LINE opens an address that says so with the telephone's own browser


class Browser(NamedTuple):
    app: str  # the app whose built-in browser it is, or ""
    os: str

    @property
    def is_inside(self) -> bool:
        return bool(self.app)

    @property
    def app_name(self) -> str:
        return NAMES.get(self.app, "")

    @property
    def ways_in(self) -> tuple[str, ...]:
        """The ways of joining that work here, the best one first."""
        failing = FAILING_INSIDE if self.app not in {"", "google"} else frozenset()
        ways = [way for way in INSTALLED if way not in failing]
        # Whoever reads inside LINE is signed in there; everybody can read their mail.
        return tuple(sorted(ways, key=lambda way: (way != self.app, way != "code")))

    def way_out(self, address: str, fallback: str) -> str:
        """An address that opens `address` outside of the app; "" where an app knows no such thing.

        `fallback` is where a telephone without Chrome is led.
        """
        if self.app == "line":
            return f"{address}{'&' if '?' in address else '?'}{INSIDE_LINE}=1"
        if self.app and self.os == "android":
            parts = urlsplit(address)
            bare = address.removeprefix(f"{parts.scheme}://")
            return (
                f"intent://{bare}#Intent;scheme={parts.scheme};package=com.android.chrome;"
                f"S.browser_fallback_url={quote(fallback, safe='')};end"
            )
        return ""


def first(table, said: str) -> str:
    return next((name for name, pattern in table if pattern.search(said)), "")


@lru_cache(maxsize=5_000)
def read(said: str) -> Browser:
    """From what a browser says of itself."""
    said = said[:600]
    return Browser(first(APPS, said), first(SYSTEMS, said))


def of(request) -> Browser:
    return read(request.META.get("HTTP_USER_AGENT", ""))
