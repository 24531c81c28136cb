"""Posts as they are shown: what was written, with people, posts and links in it as they are now."""

import html
from dataclasses import dataclass, field

import nh3
from django.urls import reverse

from accounts.models import Member
from community.commons import prose, rich
from community.commons.rich import BREAK, Block, Run, attribute
from community.forum.cards import places
from community.forum.cards.showing import Cards
from community.forum.models import Picture, Post

POLICY = 4  # raise it when words are cooked or cleaned differently: what carries a lower one is cooked again at night
TAGS = "p br strong em ul ol li blockquote a figure picture source img span wbr video-facade"
# What leaves this file is all made by this file; should one of its sentences ever be wrong, nothing else gets by.
_CLEANER = nh3.Cleaner(
    tags=set(TAGS.split()),
    attributes={
        "video-facade": {"frame"},
        "a": {"href", "rel", "data-jump"},
        "source": {"srcset", "type"},
        "img": {"src", "alt", "width", "height", "loading", "decoding"},
    },
    allowed_classes={
        "a": {"mention", "linkcard", "film"},
        "blockquote": {"quoted"},
        "p": {"quoted__by", "linked"},
        "figure": {"shot"},
        "strong": {"linkcard__title"},
        "span": {"linkcard__words", "linkcard__say", "linkcard__site", "film__sign"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


@dataclass
class Cooked:
    """What is kept of some words: how they were composed, what they say, and how they are shown."""

    source: str
    body: str
    html: str
    pictures: list[str] = field(default_factory=list)
    cards: Cards | None = None  # what its lone links lead to


def cook(*, body, source="", thread=None, author=None, post=None) -> Cooked:
    """Plain words as they are; composed ones with what they name looked up: a member by number is called as they are now."""
    if not source:
        return _cook_plain(body)
    words = rich.read(source)
    if words.is_plain:
        return _cook_plain(words.text())
    kitchen = _Kitchen(words, thread, author, post)
    made = _CLEANER.clean(kitchen.serve())
    return Cooked(words.source, words.text(kitchen.name), made, list(kitchen.pictures), kitchen.cards)


def _cook_plain(body) -> Cooked:
    if not any(places.lonely(Run(line)) for line in body.splitlines()):
        return Cooked("", body, prose.cook(body))
    kitchen = _Kitchen(as_words(body))
    return Cooked("", body, _CLEANER.clean(kitchen.serve()), cards=kitchen.cards)


def as_words(body) -> rich.Words:
    """Plain words as composed ones."""
    return rich.Words([Block("p", _lines(part)) for part in prose.paragraphs(body)])


def _lines(paragraph) -> list[Run]:
    runs = [run for line in paragraph.split("\n") for run in (Run(line), BREAK)]
    return runs[:-1]


def told(words) -> str:
    """What composed words say when they are read aloud."""
    return words.text(_Kitchen(words).name)


def _split(block) -> list[list[Run]]:
    """The lines of a paragraph."""
    lines: list[list[Run]] = [[]]
    for run in block.inside if block.kind == "p" else ():
        if run == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return lines


def _lone(line) -> str:
    said = [run for run in line if run.text.strip() or run.mention]
    return places.lonely(said[0]) if len(said) == 1 else ""


class _Kitchen:
    def __init__(self, words, thread=None, author=None, post=None):
        self.words = words
        self.people = Member.objects.public().in_bulk(words.mentions) if words.mentions else {}
        quoted = Post.objects.in_thread(thread).with_ids(words.quoted) if words.quoted and thread else ()
        self.quoted = {post.pk: post for post in quoted.select_related("author")} if quoted else {}

        mine = Picture.objects.to_stand_in(post, author).with_ids(words.pictures) if words.pictures and author else ()
        self.pictures = {str(picture.pk): picture for picture in mine}
        self.cards = Cards(filter(None, (_lone(line) for block in words.blocks for line in _split(block))))

    def name(self, pk) -> str:
        person = self.people.get(pk)
        return str(person) if person else "…"

    def serve(self) -> str:
        return "".join(self.paragraph(block) if block.kind == "p" else self.block(block) for block in self.words.blocks)

    def paragraph(self, block) -> str:
        """Links that stand alone on their line are cards between the paragraphs; of quotes and lists they are links."""
        made, lines = [], []
        for line in _split(block):
            if (href := _lone(line)) and self.cards.shows(href):
                made += [self.told(lines), self.cards.html(href)]
                lines = []
            else:
                lines.append(line)
        return "".join([*made, self.told(lines)])

    def told(self, lines) -> str:
        told = ["".join(self.run(run) for run in line) for line in lines]
        return f"<p>{'<br>'.join(told)}</p>" if any(told) else ""

    def block(self, block) -> str:
        match block.kind:
            case "p":
                return f"<p>{''.join(self.run(run) for run in block.inside)}</p>"
            case "img" if picture := self.pictures.get(block.picture):
                return self.picture(picture, block.alt)
            case "img":
                return ""
            case "blockquote" if post := self.quoted.get(block.post):
                return f'<blockquote class="quoted">{self.source_of(post)}{self.inside(block)}</blockquote>'
            case kind:
                return f"<{kind}>{self.inside(block)}</{kind}>"

    def inside(self, block) -> str:
        return "".join(self.block(each) for each in block.inside)

    def source_of(self, post) -> str:
        place = attribute("href", reverse("forum:post", args=[post.pk])) + attribute("data-jump", post.pk)
        return f'<p class="quoted__by"><a{place}>{html.escape(str(post.author))}</a></p>'

    def picture(self, picture, alt) -> str:
        size = attribute("width", picture.width) + attribute("height", picture.height)
        drawn = f'<img src="{picture.address("jpg")}"{attribute("alt", alt)}{size} loading="lazy" decoding="async">'
        source = f'<source srcset="{picture.address("avif")}" type="image/avif">'
        return f'<figure class="shot"><picture>{source}{drawn}</picture></figure>'

    def run(self, run) -> str:
        if run == BREAK:
            return "<br>"
        if run.mention:
            person = self.people.get(run.mention)
            called = html.escape(f"@{self.name(run.mention)}")
            if person is None:
                return called
            return f'<a class="mention"{attribute("href", person.get_absolute_url())}>{called}</a>'
        if run.href:
            words = rich.inline(run, html.escape(run.text, quote=False))
            return f"<a{attribute('href', run.href)}{attribute('rel', prose.REL)}>{words}</a>"
        return rich.inline(run, prose.linked(run.text))
