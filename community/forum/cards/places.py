"""Where a link leads that stands alone on its line: to a thread or a page of ours, to a film, or to a page elsewhere."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.urls import Resolver404, resolve

from community.commons import rich
from community.forum.cards import videos
from community.forum.cards.videos import Video
from community.forum.models import LONGEST_CARD_URL

MOST = 5  # cards in one post; further links stay links
_THREAD = re.compile(r"/forum/threads/([1-9][0-9]{0,17})/", re.ASCII)
_POST = re.compile(r"/forum/posts/([1-9][0-9]{0,17})/", re.ASCII)


@dataclass(frozen=True)
class Place:
    """`href` as it was written; `url` the one address by which a card of it is kept."""

    href: str
    url: str = ""
    thread: int = 0
    post: int = 0
    page: str = ""  # the path of what may be a page of ours
    video: Video | None = None


def of(href: str) -> Place | None:
    """None for what stays a link: what is no talk and no page of ours (tracked links among them), and odd addresses."""
    if not settings.LINK_CARDS or rich.good_address(href) != href:
        return None
    try:
        url = httpx.URL(href).copy_with(fragment=None)
        host, path = url.raw_host.decode("ascii"), url.path
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return None
    if url.scheme not in {"http", "https"}:
        return None
    if is_ours(host, url.port):
        return _ours(href, path)
    video = videos.recognise(str(url))
    told = video.page if video else str(url)
    has_name = "." in host or settings.FETCH_PRIVATE
    return Place(href, told, video=video) if has_name and told.isascii() and len(told) <= LONGEST_CARD_URL else None


def is_ours(host: str, port: int | None = None) -> bool:
    """One of our own names. On this very machine the port says whose site it is."""
    site = urlsplit(settings.SITE_URL)
    if host == site.hostname:
        return port == site.port or host not in {"127.0.0.1", "localhost"}
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in _other_names())


def _other_names():
    return [name for name in settings.ALLOWED_HOSTS if name not in {"127.0.0.1", "localhost", "[::1]", "*"}]


def _ours(href, path) -> Place | None:
    if found := _THREAD.fullmatch(path):
        return Place(href, thread=int(found[1]))
    if found := _POST.fullmatch(path):
        return Place(href, post=int(found[1]))
    path = path if path.endswith("/") else f"{path}/"
    return Place(href, page=path) if _is_no_room(path) else None


def _is_no_room(path) -> bool:
    """Nothing but a page of the shop window can answer there."""
    try:
        return resolve(path).url_name == "wagtail_serve"
    except Resolver404:
        return False


def lonely(run) -> str:
    """The address of a run that is nothing but an address: a link that has a name of its own stays in its sentence."""
    text = run.text.strip()
    if run.mention or not text:
        return ""
    if run.href:
        return run.href if _bare(text) == _bare(run.href) else ""
    return (
        text
        if text.startswith(("http://", "https://")) and not re.search(r"\s", text) and rich.good_address(text) == text
        else ""
    )


def _bare(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
