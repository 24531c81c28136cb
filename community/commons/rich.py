"""Words with form: what a composer sends, read into a small known shape and written again by us.

Nothing of the markup is passed on. A tokenizer takes it apart in one pass, whatever cannot be understood falls away, and
what is left becomes blocks and runs of text that are written anew, every letter of them escaped. So no trick of parsing
can matter: what comes out has only the tags of this file, never deeper than MOST_DEPTH, and cleaning it again changes
nothing. Ours alone are three marks: `data-mention` (a member), `data-picture` (a picture), `data-post` (what is quoted).
"""

import html
import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from community.commons.fields import tidy

LONGEST_SOURCE = 100_000  # of markup: five for each letter that a post may have
LONGEST_HREF = 2_000
LONGEST_ALT = 300
MOST_QUOTES, MOST_LISTS = 2, 3  # within one another; deeper ones are told at the deepest that is left
MOST_PICTURES = 20
STRONG, EM = "strong", "em"

_MARKS = {"b": STRONG, "strong": STRONG, "i": EM, "em": EM}
_LISTS = {"ul", "ol"}
# What ends a paragraph without being anything of ours.
_BLOCKS = re.compile(
    "p|div|section|article|aside|header|footer|main|nav|address|figure|figcaption|center|pre|d[ldt]|table|caption|thead"
    "|tbody|tfoot|t[rdh]|h[1-6r]|form|fieldset|legend|details|summary|dialog|hgroup|search"
)
# What is inside is not words for readers, or is words of another language.
_SILENT = re.compile(
    "script|style|title|textarea|iframe|xmp|noembed|noframes|noscript|template|svg|math|object|embed|applet|select|button"
    "|audio|video|canvas|map|head|datalist|frameset|plaintext"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_HIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@dataclass(frozen=True)
class Run:
    """Text of one manner; a break is a run of its own, and so is a mention."""

    text: str
    marks: frozenset = frozenset()
    href: str = ""
    mention: int = 0


BREAK = Run("\n")


@dataclass
class Block:
    """`p` holds runs, the others hold blocks; a picture holds nothing."""

    kind: str
    inside: list = field(default_factory=list)
    post: int = 0
    picture: str = ""
    alt: str = ""

    def walk(self):
        yield self
        if self.kind != "p":
            for block in self.inside:
                yield from block.walk()


@dataclass
class Words:
    """What was read: its blocks, and how much work that was."""

    blocks: list
    steps: int = 0

    def walk(self):
        for block in self.blocks:
            yield from block.walk()

    @cached_property
    def mentions(self) -> list[int]:
        """Members by number, each once, in the order they are named."""
        runs = (run for block in self.walk() if block.kind == "p" for run in block.inside)
        return list(dict.fromkeys(run.mention for run in runs if run.mention))

    @cached_property
    def pictures(self) -> list[str]:
        return list(dict.fromkeys(block.picture for block in self.walk() if block.kind == "img"))

    @cached_property
    def quoted(self) -> list[int]:
        """Posts by number."""
        return list(dict.fromkeys(block.post for block in self.walk() if block.post))

    @property
    def is_plain(self) -> bool:
        """Nothing but paragraphs of bare text: they need no markup to be kept."""
        return all(
            block.kind == "p" and all(not (run.marks or run.href or run.mention) for run in block.inside)
            for block in self.blocks
        )

    @property
    def source(self) -> str:
        """The one way to write this down."""
        return "".join(_written(block) for block in self.blocks)

    def text(self, name=None) -> str:
        """What a reader would read aloud; `name` gives a member's name by number. What others said is not said again."""
        return "\n\n".join(filter(None, (_told(block, name) for block in self.blocks))).strip()


def read(markup: str) -> Words:
    """Reads at most LONGEST_SOURCE characters; every character is looked at a fixed number of times."""
    reader = _Reader()
    reader.take(markup[:LONGEST_SOURCE])
    return Words(reader.finish(), reader.steps)


def good_address(href: str) -> str:
    """An address of the web or of a mailbox, as it may stand in a link; else nothing."""
    href = _HIDDEN.sub("", href)
    if len(href) > LONGEST_HREF or "\\" in href:
        return ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme in {"http", "https"}:
        return href if parts.hostname and "@" not in parts.netloc else ""
    return href if parts.scheme == "mailto" and "@" in parts.path else ""


def attribute(name: str, value) -> str:
    return f' {name}="{html.escape(str(value))}"'


def inline(run: Run, words: str) -> str:
    """The run's own marks around words that are already markup."""
    for mark in (EM, STRONG):
        if mark in run.marks:
            words = f"<{mark}>{words}</{mark}>"
    return words


def _written(block) -> str:
    match block.kind:
        case "img":
            return f"<img{attribute('data-picture', block.picture)}{attribute('alt', block.alt)}>"
        case "p":
            return f"<p>{''.join(_run(run) for run in block.inside)}</p>"
        case kind:
            post = attribute("data-post", block.post) if block.post else ""
            return f"<{kind}{post}>{''.join(_written(each) for each in block.inside)}</{kind}>"


def _run(run) -> str:
    if run == BREAK:
        return "<br>"
    words = inline(run, html.escape(run.text, quote=False))
    if run.mention:
        return f"<a{attribute('data-mention', run.mention)}>{words}</a>"
    return f"<a{attribute('href', run.href)}>{words}</a>" if run.href else words


def _told(block, name) -> str:
    match block.kind:
        case "img":
            return block.alt
        case "p":
            return "".join(f"@{name(run.mention)}" if run.mention and name else run.text for run in block.inside)
        case "blockquote" if block.post:
            return ""
        case _:
            return "\n".join(filter(None, (_told(each, name) for each in block.inside)))


class _Reader:
    """Tokens into blocks. Containers are opened and closed by name; a paragraph is open while there is text."""

    def __init__(self):
        self.steps = 0
        self.root = Block("root")
        self.open: list[Block] = [self.root]
        self.runs: list[Run] | None = None
        self.marks = {STRONG: 0, EM: 0}
        self.href, self.mention = "", 0
        self.pictures = 0

    # --- taking apart

    def take(self, markup):
        at, end = 0, len(markup)
        while at < end:
            self.steps += 1
            sign = markup.find("<", at)
            if sign < 0:
                return self.say(markup[at:])
            if sign > at:
                self.say(markup[at:sign])
            at = self.tag(markup, sign)

    def tag(self, markup, at) -> int:
        """Where to go on after what begins here; what is never closed swallows the rest, as it does in browsers."""
        end = len(markup)
        if markup.startswith("<!--", at):
            close = markup.find("-->", at + 2)
            return end if close < 0 else close + 3
        if markup.startswith(("<!", "<?"), at):
            close = markup.find(">", at)
            return end if close < 0 else close + 1
        found = _TAG.match(markup, at)
        if not found:
            self.say("<")
            return at + 1
        close = self.closing(markup, found.end())
        if close < 0:
            return end
        name = found[2].lower()
        if found[1]:
            self.leave(name)
        elif _SILENT.fullmatch(name):
            over = re.compile(rf"</{name}(?![a-z0-9])", re.IGNORECASE | re.ASCII).search(markup, close)
            return end if over is None else over.start()
        else:
            self.enter(name, markup[found.end() : close - 1])
        return close

    def closing(self, markup, at) -> int:
        """After the > of a tag, with quoted values stepped over."""
        quote = ""
        for place in range(at, len(markup)):
            self.steps += 1
            sign = markup[place]
            if quote:
                quote = "" if sign == quote else quote
            elif sign in "\"'" and markup[place - 1] in "= \t\n":
                quote = sign
            elif sign == ">":
                return place + 1
        return -1

    def attributes(self, inside) -> dict[str, str]:
        # The first of several wins, as in browsers.
        told: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(inside[: LONGEST_HREF * 3]):
            self.steps += 1
            told.setdefault(name.lower(), html.unescape(double or single or bare))
        return told

    # --- putting together

    def enter(self, name, inside):
        if mark := _MARKS.get(name):
            self.marks[mark] += 1
        elif name == "br":
            if self.runs is not None:
                self.runs.append(BREAK)
        elif name == "a":
            self.link(self.attributes(inside))
        elif name == "img":
            self.picture(self.attributes(inside))
        elif name == "blockquote":
            self.quote(self.attributes(inside))
        elif name in _LISTS:
            self.listing(name)
        elif name == "li":
            self.item()
        elif _BLOCKS.fullmatch(name):
            self.end_paragraph()

    def leave(self, name):
        if mark := _MARKS.get(name):
            self.marks[mark] = max(0, self.marks[mark] - 1)
        elif name == "a":
            self.href, self.mention = "", 0
        elif name in {"blockquote", "li", *_LISTS}:
            self.close(name)
        elif _BLOCKS.fullmatch(name):
            self.end_paragraph()

    def link(self, told):
        self.href, self.mention = "", 0
        if _NUMBER.fullmatch(told.get("data-mention", "")):
            self.mention = int(told["data-mention"])
        else:
            self.href = good_address(told.get("href", ""))

    def picture(self, told):
        picture = told.get("data-picture", "").lower()
        if not _UUID.fullmatch(picture) or self.pictures >= MOST_PICTURES:
            return
        self.pictures += 1
        self.end_paragraph()
        alt = _BLANKS.sub(" ", tidy(told.get("alt", ""))).strip()[:LONGEST_ALT]
        # Pictures stand between the words, not inside what is quoted or listed.
        self.root.inside.append(Block("img", picture=picture, alt=alt))

    def quote(self, told):
        self.end_paragraph()
        if self.depth("blockquote") >= MOST_QUOTES or self.top.kind in _LISTS:
            return
        post = told.get("data-post", "")
        self.push(Block("blockquote", post=int(post) if _NUMBER.fullmatch(post) else 0))

    def listing(self, name):
        self.end_paragraph()
        if self.depth("li") < MOST_LISTS and self.top.kind not in _LISTS:
            self.push(Block(name))

    def item(self):
        self.end_paragraph()
        if self.top.kind == "li":
            self.open.pop()
        if self.top.kind not in _LISTS:
            if self.depth("li") >= MOST_LISTS:
                return
            self.push(Block("ul"))
        self.push(Block("li"))

    def push(self, block):
        self.top.inside.append(block)
        self.open.append(block)

    def close(self, name):
        """Closes the nearest of that name and all inside it; one that never opened closes a paragraph at most."""
        self.end_paragraph()
        if any(block.kind == name for block in self.open):
            while self.open.pop().kind != name:
                pass

    @property
    def top(self) -> Block:
        return self.open[-1]

    def depth(self, kind) -> int:
        return sum(block.kind == kind for block in self.open)

    def say(self, raw):
        self.steps += len(raw) // 64
        text = tidy(_BLANKS.sub(" ", html.unescape(raw))).replace("\n", " ")
        if self.runs is None or not self.runs or self.runs[-1] == BREAK:
            text = text.lstrip(" ")
        elif text.startswith(" ") and self.runs[-1].text.endswith(" "):
            text = text[1:]
        if not text:
            return
        if self.runs is None:
            self.runs = []
        marks = frozenset(mark for mark, count in self.marks.items() if count)
        run = Run(text, marks, "" if self.mention else self.href, self.mention)
        last = self.runs[-1] if self.runs else BREAK
        if last != BREAK and (last.marks, last.href, last.mention) == (run.marks, run.href, run.mention):
            self.runs[-1] = Run(last.text + text, run.marks, run.href, run.mention)
        else:
            self.runs.append(run)

    def end_paragraph(self):
        runs, self.runs = self.runs, None
        while runs and (runs[-1] == BREAK or not runs[-1].text.strip()):
            runs.pop()
        if not runs:
            return
        if not (last := runs[-1]).mention:
            runs[-1] = Run(last.text.rstrip(" "), last.marks, last.href)
        if self.top.kind in _LISTS:
            self.push(Block("li"))
        self.top.inside.append(Block("p", runs))

    def finish(self) -> list[Block]:
        self.end_paragraph()
        return _without_empty(self.root.inside)


def _without_empty(blocks) -> list[Block]:
    kept = []
    for block in blocks:
        if block.kind not in {"p", "img"}:
            block.inside = _without_empty(block.inside)
            if not block.inside:
                continue
        kept.append(block)
    return kept
