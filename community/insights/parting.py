"""The results parted: by link, campaign, channel and so on, or by how people looked; sorted first, named where they show.

A year has thousands of links, and a page shows ten: what a line is called is asked for those that are shown.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns.channels import Channel
from community.insights import gathering
from community.insights.figures import Line
from community.insights.models import questions
from community.insights.reading import OF_PLACE, Counts, Reader

_DAY30, _JOINED, _VISITS = (OF_PLACE.index(measure) for measure in ("day30", "joined", "visits"))


def parted(by: str, reader: Reader) -> list[Line]:
    """The lines of one parting without their names, those who brought most first."""
    lines = _by_way(by, reader) if by in gathering.WAY else _by_place(by, reader)
    return sorted(
        lines, key=lambda line: (-line.counts["joined"], -line.counts["visits"], -line.counts["arrivals"], line.key)
    )


def stayed(reader: Reader, most: int | None = None) -> list[Line]:
    """Links, and sources without one, those first whose people stayed; without their names."""
    whole, links = reader.whole_by_place, reader.links
    places = [place for place in whole if isinstance(place, str) or place in links]

    def rank(place):
        row = whole[place]
        return -row[_DAY30], -row[_JOINED], -row[_VISITS], str(place)

    return [_line_of(place, reader) for place in sorted(places, key=rank)[:most]]


def how_many_stayed(reader: Reader) -> int:
    """How many links and sources there are to tell of."""
    links = reader.links
    return sum(isinstance(place, str) or place in links for place in reader.whole_by_place)


def _line_of(place: int | str, reader: Reader) -> Line:
    """A place is a line: nothing to add up."""
    by, counts = "source" if isinstance(place, str) else "link", _counts(reader.whole_by_place[place])
    takings = Counts(reader.takings_by_place.get(place, ()))
    return Line(str(place), None, by, str(place), counts=counts, takings=takings, of_link=place)


def _counts(row: Iterable[int]) -> Counts:
    return Counts(zip(OF_PLACE, row, strict=True))


def _by_way(by: str, reader: Reader) -> list[Line]:
    place, lines = gathering.WAY.index(by), {}
    for ways in (reader.by_way, reader.fates_by_way):
        for way, counts in ways.items():
            value = way[place]
            if value not in lines:
                lines[value] = Line(value, None, by, value)
            lines[value].counts.add(counts)
    return list(lines.values())


def _by_place(by: str, reader: Reader) -> list[Line]:
    whole, links = reader.whole_by_place, reader.links
    if by == "source":
        return [_line_of(place, reader) for place in whole if isinstance(place, str)]
    if by == "link":
        return [_line_of(place, reader) for place in whole if place in links]
    below: dict = defaultdict(list)
    tags: dict = questions.tags_of(links) if by == "tag" else {}
    for place in whole:
        if place not in links:  # a source, or a link that is gone
            continue
        for heading in tags.get(place, ()) if by == "tag" else (_heading(by, links[place]),):
            below[heading].append(place)
    return [_headed(by, heading, places, reader) for heading, places in below.items()]


def _headed(by: str, heading, places: list, reader: Reader) -> Line:
    """The places below one heading, summed column by column."""
    whole, takings = reader.whole_by_place, reader.takings_by_place
    line = Line(str(heading), None, by, str(heading), of_link=places[0])
    line.counts = _counts(map(sum, zip(*(whole[place] for place in places), strict=True)))
    for place in places:
        for currency, amount in takings.get(place, _NO_TAKINGS).items():
            line.takings[currency] += amount
    return line


_NO_TAKINGS: dict[str, int] = {}


def _heading(by: str, link):
    """Under which campaign, channel or landing page a link is counted."""
    if by == "landing":
        return f"page-{link.page_id}" if link.page_id else link.address
    return link.campaign_id if by == "campaign" else link.channel


# --- what lines are called

APPS = {"": _("an ordinary browser"), "line": "LINE", "x": "X", "tiktok": "TikTok", "linkedin": "LinkedIn"}
NAMES = {
    "os": {"ios": "iOS", "android": "Android", "windows": "Windows", "chromeos": "ChromeOS", "macos": "macOS"},
    "device": {"phone": _("phone"), "tablet": _("tablet"), "desktop": pgettext_lazy("a device", "desktop")},
    "language": {
        "zh-hant": _("Traditional Chinese"),
        "zh-hans": _("Simplified Chinese"),
        "en": _("English"),
        "ja": _("Japanese"),
        "ko": _("Korean"),
        "vi": _("Vietnamese"),
        "th": _("Thai"),
        "id": _("Indonesian"),
        "other": _("another language"),
    },
    "source": {"direct": _("directly"), "": _("inside the site")},
}


def named(by: str, value: str):
    """A value of a filter, as a reader calls it."""
    if by == "app":
        return APPS.get(value, value.capitalize())
    if by == "channel":
        return dict(Channel.choices).get(value, value)
    return NAMES.get(by, {}).get(value) or value or _("unknown")


def titled(lines: Iterable[Line]) -> list[Line]:
    """Gives each of these lines its name; a question for each kind of thing among them."""
    lines = list(lines)
    wanted = {by: [line for line in lines if line.name == by] for by in {line.name for line in lines}}
    for by, those in wanted.items():
        if by in {"link", "landing"}:
            links = questions.links_named((line.of_link for line in those), "campaign" if by == "link" else "page")
            for line in those:
                link = links[line.of_link]
                if by == "link":
                    line.label, line.note, line.subject = link, link.campaign, link
                else:
                    line.label = link.page or link.address or "/"
        elif by in {"campaign", "tag"}:
            things = (questions.campaigns_named if by == "campaign" else questions.tags_named)(
                line.key for line in those
            )
            for line in those:
                line.label = line.subject = things[int(line.key)]
        else:
            for line in those:
                line.label = named(by, line.value)
    return lines
