"""What each channel shows of a link: read from the very page that link-preview agents are sent."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.campaigns import routes
from community.campaigns.channels import Channel


@dataclass(frozen=True)
class Card:
    """What the page for preview agents says, and nothing it does not say."""

    title: str = ""
    text: str = ""
    picture: str = ""
    is_large: bool = False

    @property
    def picture_here(self) -> str:
        """The picture as this site serves it, so that looking at a card asks nobody else."""
        return self.picture.removeprefix(settings.SITE_URL) if self.picture.startswith(settings.SITE_URL) else ""

    @property
    def host(self) -> str:
        return urlsplit(settings.SITE_URL).netloc


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said, self.in_title = {}, False

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.in_title = tag == "title"
        if tag == "meta" and told.get("content"):
            self.said.setdefault(told.get("property") or told.get("name"), told["content"])

    def handle_endtag(self, tag):
        self.in_title = False

    def handle_data(self, data):
        if self.in_title:
            self.said.setdefault("title", data)


def read(page: bytes) -> Card:
    """The tags of a page as preview agents read them."""
    reader = _Reader()
    reader.feed(page.decode("utf-8", "replace"))
    said = reader.said
    return Card(
        title=said.get("og:title") or said.get("title", ""),
        text=said.get("og:description") or said.get("description", ""),
        picture=said.get("og:image", ""),
        is_large=said.get("twitter:card") == "summary_large_image",
    )


class Cards:
    """Cards of many links: those that lead to one page and say nothing of their own are read once."""

    def __init__(self):
        self._read = {}

    def of(self, link) -> Card:
        own = link.card_title, link.card_text, link.card_picture_id
        key = (link.page_id, *own, "" if link.page_id or link.card_title else link.label)
        if key not in self._read:
            self._read[key] = read(routes.card(link.pk))
        return self._read[key]


@dataclass(frozen=True)
class Shape:
    """How a channel draws a card. `kind` is wide, side, tall, plain or none; the numbers are lines before it cuts."""

    kind: str
    title_lines: int = 2
    text_lines: int = 0
    host_first: bool = True
    says: object = ""


SHAPES: dict[str, Shape] = {
    Channel.FACEBOOK_PAGE: Shape(
        "wide", 2, 1, says=_("Picture cut to 1.91:1; on phones the text under the title is left out.")
    ),
    Channel.FACEBOOK_ADS: Shape(
        "wide",
        2,
        1,
        says=_("An advertisement shows the picture and title you upload there. This is the card of a plain post."),
    ),
    Channel.INSTAGRAM: Shape(
        "none", says=_("No card, and an address in a caption cannot be tapped: put the link in the profile or a story.")
    ),
    Channel.THREADS: Shape("wide", 1, 0, says=_("Picture cut to 1.91:1, host and one line of title.")),
    Channel.LINE_OA: Shape("wide", 2, 2, host_first=False, says=_("Title and text above, picture cut to 1.91:1.")),
    Channel.LINE_GROUP: Shape("wide", 2, 2, host_first=False, says=_("Title and text above, picture cut to 1.91:1.")),
    Channel.X: Shape("wide", 1, 0, says=_("Picture cut to 1.91:1 with the title laid over it; the text is not shown.")),
    Channel.PLURK: Shape("plain", 1, 0, says=_("The address becomes the title with a small square picture beside it.")),
    Channel.PTT: Shape("none", says=_("Plain text: the address stands as it is, so a short and readable one helps.")),
    Channel.DCARD: Shape(
        "side", 2, 2, says=_("A box with the title, some of the text, and a square cut of the picture.")
    ),
    Channel.YOUTUBE: Shape("none", says=_("In a description the address can be tapped; there is no card.")),
    Channel.LINKEDIN: Shape("side", 2, 0, says=_("A small picture beside the title and the host.")),
    Channel.PINTEREST: Shape(
        "tall", 2, 0, says=_("Pins stand upright: a wide picture is cut to 2:3, so its sides are lost.")
    ),
    Channel.TIKTOK: Shape("none", says=_("An address in a caption cannot be tapped: put the link in the profile.")),
    Channel.PARTNER: Shape("wide", 2, 2, says=_("Depends on the page; most show picture, title and text.")),
    Channel.EMAIL: Shape("none", says=_("Letters show no card: the words around the link do its work.")),
    Channel.QR: Shape("none", says=_("Paper shows no card: people see the code and the short address beside it.")),
}


def shape_of(channel: str, card: Card) -> Shape:
    """A card without its picture is drawn smaller by everybody who would have shown a wide one."""
    shape = SHAPES.get(channel, SHAPES[Channel.PARTNER])
    if shape.kind in {"wide", "tall"} and not card.picture:
        return Shape(
            "side", shape.title_lines, shape.text_lines, shape.host_first, _("Without a picture the card stays small.")
        )
    return shape
