"""A text to paste for each channel, in its manner and within its room, and how each channel counts."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from community.campaigns.channels import Channel

_ADDRESS = re.compile(r"https?://[^\s\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+")
# What a reader takes for one sign: a flag, or a sign with what is joined to it.
_CLUSTER = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|.(?:[\u0300-\u036f\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d.)*",
    re.DOTALL,
)
X_ADDRESS = 23
# What X counts once; all else counts twice (its published configuration, version 3).
_X_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
PTT_COLUMNS = 76


def plainly(text: str) -> int:
    return len(text)


def as_x_counts(text: str) -> int:
    """Addresses are 23 however long; letters of Latin script one, Han and emoji two, a joined emoji two in all."""
    text = unicodedata.normalize("NFC", text)
    addresses = _ADDRESS.findall(text)
    rest = _ADDRESS.sub("", text)
    count = X_ADDRESS * len(addresses)
    for cluster in _CLUSTER.findall(rest):
        if len(cluster) > 1 and any(ord(sign) > 0x2190 for sign in cluster):
            count += 2
        else:
            count += sum(1 if any(low <= ord(sign) <= high for low, high in _X_LIGHT) else 2 for sign in cluster)
    return count


def as_threads_counts(text: str) -> int:
    """Threads counts letters, and an emoji by its bytes."""
    count = 0
    for cluster in _CLUSTER.findall(text):
        is_emoji = any(unicodedata.category(sign) == "So" and ord(sign) > 0x2190 for sign in cluster)
        count += len(cluster.encode()) if is_emoji else len(cluster)
    return count


@dataclass(frozen=True)
class Room:
    most: int
    count: Callable[[str], int] = plainly


ROOMS: dict[str, Room] = {
    Channel.X: Room(280, as_x_counts),
    Channel.THREADS: Room(500, as_threads_counts),
    Channel.PLURK: Room(360),
    Channel.LINE_OA: Room(500),
    Channel.LINE_GROUP: Room(500),
    Channel.INSTAGRAM: Room(2200),
    Channel.TIKTOK: Room(2200),
    Channel.YOUTUBE: Room(5000),
    Channel.LINKEDIN: Room(3000),
    Channel.PINTEREST: Room(800),
}


def length(channel: str, text: str) -> int:
    return ROOMS[channel].count(text) if channel in ROOMS else plainly(text)


def room(channel: str) -> int | None:
    return ROOMS[channel].most if channel in ROOMS else None


def columns(text: str) -> int:
    """How wide a line is where Han letters take two columns."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, most: int = PTT_COLUMNS) -> str:
    """Lines broken by hand, as boards of plain text want them; words of Latin script stay whole."""
    lines = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece in re.findall(r"[\x21-\x7e]+|\s|.", paragraph):
            if line and columns(line + piece) > most:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return "\n".join(lines)


def propose(link, card) -> str:
    """The text we would post: what the card promises, in the channel's manner, with the link whole at its end."""
    title, text = card.title.strip(), card.text.strip()
    text = "" if text == title else text
    make = _MANNERS.get(link.channel, _paragraphs)
    whole = make(title, text, link)
    most = room(link.channel)
    if most is None or length(link.channel, whole) <= most:
        return whole
    # The link and the title stay; what gives way is the text, then the title.
    for give in ("text", "title"):
        parts = {"title": title, "text": "" if give == "title" else text}
        low, high = 0, len(parts[give])
        while low < high:
            middle = (low + high + 1) // 2
            tried = make(**{**parts, give: _cut(parts[give], middle)}, link=link)
            low, high = (middle, high) if length(link.channel, tried) <= most else (low, middle - 1)
        whole = make(**{**parts, give: _cut(parts[give], low)}, link=link)
        if length(link.channel, whole) <= most:
            break
    return whole


def of(link, card) -> str:
    """The text as the marketer left it, or the one we propose."""
    return link.text or propose(link, card)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: max(0, most - 1)].rstrip() + "…" if most > 0 else ""


def _joined(*parts, between="\n\n") -> str:
    return between.join(part for part in parts if part)


def _paragraphs(title, text, link):
    return _joined(title, text, link.url)


def _short(title, text, link):
    return _joined(title, link.url, between="\n")


def _lines(title, text, link):
    return _joined(title, text, link.url, between="\n")


def _advertisement(title, text, link):
    return _joined(
        _("Text: %(text)s") % {"text": text or title},
        _("Headline: %(title)s") % {"title": _cut(title, 40)},
        _("Address: %(url)s") % {"url": link.url},
        between="\n",
    )


def _profile(title, text, link):
    return _joined(title, text, _("The link is in our profile: %(url)s") % {"url": link.url})


def _board(title, text, link):
    return _joined(wrapped(_("[Info] %(title)s") % {"title": title}), wrapped(text), link.url)


def _description(title, text, link):
    return _joined(_joined(title, link.url, between="\n"), text)


def _letter(title, text, link):
    return _joined(_("Subject: %(title)s") % {"title": title}, text, link.url)


def _paper(title, text, link):
    address = f"{settings.SITE_URL.partition('://')[2]}{link.path}"
    return _joined(title, text, _("Scan the code, or type %(address)s") % {"address": address}, between="\n")


_MANNERS = {
    Channel.FACEBOOK_ADS: _advertisement,
    Channel.INSTAGRAM: _profile,
    Channel.TIKTOK: _profile,
    Channel.LINE_OA: _lines,
    Channel.LINE_GROUP: _short,
    Channel.X: _lines,
    Channel.PLURK: _lines,
    Channel.PTT: _board,
    Channel.YOUTUBE: _description,
    Channel.EMAIL: _letter,
    Channel.QR: _paper,
}
