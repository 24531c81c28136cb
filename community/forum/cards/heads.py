"""What a page says of itself in its head, or its house by oEmbed: read by a few patterns, never run, never trusted."""

import codecs
import html
import json
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from community.commons import prose
from community.commons.fields import tidy

LONGEST_TITLE, LONGEST_WORDS, LONGEST_SITE = 160, 240, 60
# Each looks a bounded way ahead: a page of nothing but beginnings costs no more than its length.
_META = re.compile(r"<meta\b([^<>]{1,4000})>", re.I)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,2000})", re.I)
_ATTRIBUTE = re.compile(r"""([a-z:-]{2,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.I)
_END = re.compile(r"<body\b|</head\s*>", re.I)


@dataclass(frozen=True)
class Head:
    title: str = ""
    words: str = ""
    site: str = ""
    picture: str = ""


def read(body: bytes, kind: str, url: str) -> Head:
    """From a page: Open Graph first, then what else it says."""
    markup = _decoded(body, kind)
    if end := _END.search(markup):
        markup = markup[: end.start()]
    told: dict[str, str] = {}
    for inside in _META.findall(markup):
        found = {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(inside)}
        name = (found.get("property") or found.get("name") or "").lower()
        if name and found.get("content"):
            told.setdefault(name, found["content"])
    title = _TITLE.search(markup)
    return Head(
        title=_line(told.get("og:title") or told.get("twitter:title") or (title[1] if title else ""), LONGEST_TITLE),
        words=_line(told.get("og:description") or told.get("description", ""), LONGEST_WORDS),
        site=_line(told.get("og:site_name", ""), LONGEST_SITE),
        picture=_address(told.get("og:image") or told.get("twitter:image", ""), url),
    )


def read_oembed(body: bytes, url: str) -> Head:
    """From a house of films, which tells of them in few words."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return Head()
    if not isinstance(told, dict):
        return Head()
    told = {name: value for name, value in told.items() if isinstance(value, str)}
    return Head(
        title=_line(told.get("title", ""), LONGEST_TITLE),
        words=_line(told.get("author_name", ""), LONGEST_WORDS),
        site=_line(told.get("provider_name", ""), LONGEST_SITE),
        picture=_address(told.get("thumbnail_url", ""), url),
    )


def _decoded(body, kind) -> str:
    found = _CHARSET.search(kind.encode("ascii", "ignore")) or _CHARSET.search(body[:2048])
    name = found[1].decode("ascii").lower() if found else "utf-8"
    name = {"big5": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)
    try:
        is_text = codecs.lookup(name)._is_text_encoding  # zip and rot13 are codecs too, and no way of writing
        return body.decode(name if is_text else "utf-8", "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _line(words: str, longest: int) -> str:
    return prose.excerpt(tidy(html.unescape(words[:4000])), longest - 1)


def _address(address: str, url: str) -> str:
    try:
        return urljoin(url, html.unescape(address.strip())) if address.strip() else ""
    except ValueError:
        return ""
