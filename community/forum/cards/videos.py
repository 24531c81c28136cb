"""Films of other houses: recognised by their addresses, and framed only by hosts that settings name."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from django.conf import settings

_ID = re.compile(r"[A-Za-z0-9_-]{5,40}", re.ASCII)


@dataclass(frozen=True)
class Video:
    """One film: the page that shows it, what may be framed once somebody asks for it, and where its house tells of it."""

    house: str
    page: str
    frame: str
    about: str


@dataclass(frozen=True)
class House:
    """Where films of one house are: its hosts, its page and frame for an id, and its oEmbed address."""

    hosts: frozenset[str]
    page: str
    frame: str
    about: str

    @property
    def frame_host(self) -> str:
        parts = urlsplit(self.frame)
        return f"{parts.scheme}://{parts.netloc}"


HOUSES = {
    "youtube": House(
        frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}),
        "https://www.youtube.com/watch?v={id}",
        "https://www.youtube-nocookie.com/embed/{id}?autoplay=1&playsinline=1",
        "https://www.youtube.com/oembed?format=json&url={page}",
    ),
    "vimeo": House(
        frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"}),
        "https://vimeo.com/{id}",
        "https://player.vimeo.com/video/{id}?autoplay=1&dnt=1",
        "https://vimeo.com/api/oembed.json?url={page}",
    ),
    "dailymotion": House(
        frozenset({"dailymotion.com", "www.dailymotion.com", "dai.ly"}),
        "https://www.dailymotion.com/video/{id}",
        "https://www.dailymotion.com/embed/video/{id}?autoplay=1",
        "https://www.dailymotion.com/services/oembed?format=json&url={page}",
    ),
}
_PATHS = {
    "youtube": re.compile(r"/(?:embed|shorts|live|v)/([A-Za-z0-9_-]{11})/?", re.ASCII),
    "vimeo": re.compile(r"/(?:video/)?([0-9]{5,12})/?", re.ASCII),
    "dailymotion": re.compile(r"/(?:embed/)?video/([A-Za-z0-9]{5,12})/?", re.ASCII),
}


def frame_hosts() -> list[str]:
    """What a page with films on it may frame, and nothing else."""
    return [HOUSES[name].frame_host for name in settings.VIDEO_HOSTS if name in HOUSES]


def recognise(url: str) -> Video | None:
    """The film that an address leads to, of a house that is allowed; a list or a channel is no film."""
    parts = urlsplit(url)
    for name in settings.VIDEO_HOSTS:
        house = HOUSES.get(name)
        if house and parts.hostname in house.hosts and (film := _film(name, parts)):
            page = house.page.format(id=film)
            return Video(name, page, house.frame.format(id=film), house.about.format(page=quote(page, safe="")))
    return None


def _film(name, parts) -> str:
    if name == "youtube" and parts.path in {"/watch", "/watch/"}:
        told = parse_qs(parts.query).get("v", [""])[0]
        return told if len(told) == 11 and _ID.fullmatch(told) else ""
    if parts.hostname in {"youtu.be", "dai.ly"}:
        told = parts.path.strip("/")
        fits = len(told) == 11 if name == "youtube" else len(told) < 13
        return told if fits and _ID.fullmatch(told) else ""
    found = _PATHS[name].fullmatch(parts.path)
    return found[1] if found else ""
