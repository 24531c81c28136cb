"""What members write: plain text made into HTML, and HTML made harmless."""

import html
import re

import nh3
from linkify_it import LinkifyIt

REL = "nofollow ugc noopener"
_TAGS = {"p", "br", "a", "b", "strong", "i", "em", "ul", "ol", "li", "blockquote", "code", "pre"}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=REL,
)
_STRIPPER = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"})
_LINKS = LinkifyIt(options={"fuzzy_email": False, "fuzzy_ip": False, "fuzzy_link": False})
_PARAGRAPHS = re.compile(r"\n[ \t\u3000]*\n\s*")
_BLOCK_END = re.compile(r"</(p|li|blockquote|pre|h\d|div)>|<br\s*/?>")
# A Chinese sentence follows its address without a blank; full-width punctuation never belongs to the address.
_AFTER = re.compile(
    "[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201f\u2026].*", re.DOTALL
)
_LONGEST_LINK = 60
# Addresses without their beginning, which nobody makes links of and everybody can follow.
_BARE = re.compile(
    r"(?<![\w.])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:com|net|org|tw|cc|me|io|gg|shop|xyz|top|vip|app|link|site)\b",
    re.I,
)


def clean(markup: str) -> str:
    """HTML with nothing left that could run, frame, style or track."""
    return _CLEANER.clean(markup)


def _link(address: str) -> str:
    shown = re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
    shown = shown if len(shown) <= _LONGEST_LINK else shown[: _LONGEST_LINK - 1] + "…"
    return f'<a href="{html.escape(address)}" rel="{REL}">{html.escape(shown)}</a>'


def addresses(text: str) -> list[tuple[int, str]]:
    """The addresses of the web in a text, each with where it begins."""
    found, at = [], 0
    for match in _LINKS.match(text) or []:
        address = _AFTER.sub("", match.raw)
        if match.index < at or not address.lower().startswith(("http://", "https://")):
            continue
        found.append((match.index, address))
        at = match.index + len(address)
    return found


def linked(text: str) -> str:
    """Text as markup, its addresses as links."""
    out, at = [], 0
    for begins, address in addresses(text):
        out += [html.escape(text[at:begins], quote=False), _link(address)]
        at = begins + len(address)
    out.append(html.escape(text[at:], quote=False))
    return "".join(out)


def has_link(text: str) -> bool:
    """Whether a reader would find an address in it: written out, or as people say it (line.me/…, t.me/…, 某某.com)."""
    return bool(_LINKS.match(text)) or bool(_BARE.search(text))


def cook(text: str) -> str:
    """Plain text as clean HTML: blank lines part paragraphs, single breaks stay, addresses become links."""
    made = [linked(part).replace("\n", "<br>") for part in paragraphs(text)]
    return clean("".join(f"<p>{part}</p>" for part in made))


def paragraphs(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return [part for part in _PARAGRAPHS.split(text) if part.strip()]


def plain(markup: str) -> str:
    """The words of some HTML, a line for each block."""
    return html.unescape(_STRIPPER.clean(_BLOCK_END.sub("\n", markup))).strip()


def excerpt(text: str, length: int = 120) -> str:
    """The beginning of plain text on one line, never cut inside a Latin word when that can be helped."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[:length]
    if line[length].isascii() and line[length].isalnum() and (space := cut.rfind(" ")) > length * 2 // 3:
        cut = cut[:space]
    return cut.rstrip(" ，、；：,;:") + "…"
