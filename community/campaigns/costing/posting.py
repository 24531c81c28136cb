"""Which post an address leads to, the same for all the spellings one post has."""

import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

LONGEST = 120
INSTAGRAM = re.compile(r"/(?:[\w.]+/)?(?:p|reel|reels|tv)/([\w-]+)")
THREADS = re.compile(r"/(?:@[\w.]+/)?(?:post|t)/([\w-]+)")
FACEBOOK = re.compile(r"/(?:posts|videos|reel|permalink|photos)/(?:[^/]+/)*?(pfbid\w+|\d{6,})(?:/|$)")
NUMBERED = ("story_fbid", "fbid", "v")
SITES = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "instagram.com": "instagram",
    "threads.net": "threads",
    "threads.com": "threads",
}


def site_of(address: str) -> str:
    host = (urlsplit(address).hostname or "").lower()
    return next((name for end, name in SITES.items() if host == end or host.endswith("." + end)), "")


def key_of(address: str, post_id: str = "") -> str:
    """Short and comparable: "facebook:1234", "instagram:Cxyz", or host and path of an address we do not know."""
    address = unicodedata.normalize("NFKC", address).strip()
    if address and "://" not in address and not address.startswith("/"):
        address = "https://" + address
    try:
        parts = urlsplit(address)
        site = site_of(address)
    except ValueError:
        return ""
    found = ""
    if (site == "instagram" and (seen := INSTAGRAM.match(parts.path))) or (
        site == "threads" and (seen := THREADS.match(parts.path))
    ):
        found = seen[1]
    elif site == "facebook":
        found = _on_facebook(parts)
    if found:
        return f"{site}:{found}"[:LONGEST]
    if parts.hostname and len(parts.path) > 1:
        host = parts.hostname.lower().removeprefix("www.").removeprefix("m.").removeprefix("web.")
        return f"{host}{parts.path.rstrip('/')}"[:LONGEST]
    return f"id:{post_id}"[:LONGEST] if post_id else ""


def _on_facebook(parts) -> str:
    query = parse_qs(parts.query)
    for name in NUMBERED:
        if name in query:
            return query[name][0]
    seen = FACEBOOK.search(parts.path)
    return seen[1] if seen else ""
