"""Writes links as a table that spreadsheets open safely and that we read back to the same links."""

import csv
from collections.abc import Iterator

from django.utils.timezone import localtime

from community.campaigns import destinations
from community.campaigns.bulk import columns
from community.campaigns.bulk.reading import neutral
from community.campaigns.models import Click

BOM = "\ufeff"  # without it, Excel takes the file for Big5
PIECE = 500
HEADERS = [*columns.NAMES, *columns.SAID]


class _Line:
    """Takes what csv writes, and gives it back at once."""

    def write(self, line):
        return line


def table(links) -> Iterator[str]:
    """The links of a queryset, line by line, a few hundred held at a time."""
    writer, sites = csv.writer(_Line()), destinations.sites()
    yield BOM + writer.writerow(HEADERS)
    batch = []
    for link in links.iterator(chunk_size=PIECE):
        batch.append(link)
        if len(batch) == PIECE:
            yield from _lines(writer, batch, sites)
            batch = []
    yield from _lines(writer, batch, sites)


def _lines(writer, links, sites):
    counted = {row["link_id"]: row for row in Click.objects.of_links([link.pk for link in links]).counted()}
    for link in links:
        told = cells(link, sites) | {"clicks": str(counted.get(link.pk, {}).get("clicks", 0))}
        yield writer.writerow([neutral(told[name]) for name in HEADERS])


def cells(link, sites=None) -> dict[str, str]:
    """A link in cells of plain text, before they are made safe."""
    told = {
        name: "" if (value := getattr(link, name, "")) is None else str(value)
        for name in columns.NAMES
        if name != "tags"
    }
    told |= {
        name: f"{localtime(moment):%Y-%m-%d %H:%M}" if (moment := getattr(link, name)) else ""
        for name in ("starts_at", "ends_at", "made_at")
    }
    told["campaign"] = link.campaign.key
    told["destination"] = destinations.address_of(link, sites)
    told["owner"] = link.owner.handle if link.owner else ""
    told["tags"] = ",".join(tag.name for tag in link.tags.all())
    told["link"] = link.url
    return told
