"""Opens a file somebody brought: finds out how it is written and where its table begins, and reads it line by line."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.campaigns.costing import columns

HEAD = 256 * 1024
LOOKED_FOR_HEADER = 12  # lines; some exports begin with a title
MOST_COLUMNS = 400
OTHER_KINDS = (
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xlsx"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x1f\x8b", "zip"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
)


def refuse(why: str, **params) -> ValidationError:
    return ValidationError(why, code="file", params=params)


@dataclass
class Table:
    """A file's headers, and a way to its rows."""

    kind: str
    headers: list[str]
    encoding: str
    delimiter: str
    first_line: int
    places: dict[str, int] = field(default_factory=dict)
    raw: Any = None  # a file that is open for reading bytes

    @property
    def unknown(self) -> list[int]:
        known = set(self.places.values())
        return [place for place, header in enumerate(self.headers) if place not in known and header.strip()]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line numbers and cells. What cannot be decoded or parsed ends the reading with a sentence, not with a crash."""
        self.raw.seek(0)
        text = io.TextIOWrapper(self.raw, encoding=self.encoding, newline="")
        line = self.first_line
        try:
            lines = csv.reader(text, delimiter=self.delimiter)
            for cells in lines:
                if lines.line_num > self.first_line and any(cells):
                    line = lines.line_num
                    yield line, cells
        except UnicodeDecodeError:
            raise refuse(
                _("From line %(line)d on this file is written in another way than before. Save it as CSV UTF-8."),
                line=line + 1,
            ) from None
        except csv.Error:
            raise refuse(
                _("Line %(line)d cannot be read: perhaps a quotation mark is missing."), line=line + 1
            ) from None
        finally:
            text.detach()


def too_large(size: int) -> ValidationError:
    return refuse(
        _("This file is %(size)d MB; there is room for %(most)d MB. Export fewer days or columns, in several files."),
        size=max(1, size // 1_000_000),
        most=settings.IMPORT_MOST_BYTES // 1_000_000,
    )


def check_size(size: int):
    if size > settings.IMPORT_MOST_BYTES:
        raise too_large(size)
    if not size:
        raise refuse(_("This file is empty."))


def open_table(raw, wanted: str = "") -> Table:
    """`raw` is a binary file that can be rewound. Nothing of it is kept in memory but its head."""
    raw.seek(0)
    head = raw.read(HEAD)
    _refuse_other_kinds(head)
    encoding = _encoding_of(head)
    lines = _head_lines(head, encoding)
    delimiter, first_line, headers = _header_in(lines)
    kind = columns.kind_of(headers)
    if not kind or (wanted and kind != wanted):
        raise refuse(_missing(headers))
    table = Table(kind, headers, encoding, delimiter, first_line, raw=raw)
    table.places = columns.found(kind, headers)
    return table


def _refuse_other_kinds(head: bytes):
    if not head.strip():
        raise refuse(_("This file is empty."))
    kind = next((kind for start, kind in OTHER_KINDS if head.startswith(start)), "")
    if kind == "xlsx":
        raise refuse(
            _("This is an Excel workbook. In Meta choose CSV when exporting, or save it in Excel as CSV UTF-8.")
        )
    if kind == "zip":
        raise refuse(_("This is a packed file. Unpack it, and bring the CSV that is inside."))
    start = head[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    page = start.startswith((b"<!doctype", b"<html", b"<?xml", b"{", b"["))
    if kind or page or (b"\x00" in head and _wide(head) == ""):
        raise refuse(
            _("This is no CSV file. In Meta's export window choose “CSV”, and bring the file that is downloaded.")
        )


def _wide(head: bytes) -> str:
    """UTF-16, which Excel writes, with its mark or known by every second byte being nothing."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:2000]
    if sample[1::2].count(0) > len(sample) // 6 and not sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) // 6 and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def _encoding_of(head: bytes) -> str:
    if wide := _wide(head):
        return wide
    for encoding in ("utf-8-sig", "cp950"):  # the second is what an old Excel in Taiwan writes
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return encoding
    raise refuse(_("The letters of this file cannot be read. Save it as CSV UTF-8."))


def _head_lines(head: bytes, encoding: str) -> str:
    if encoding.startswith("utf-16"):
        head = head[: len(head) // 2 * 2]
    return codecs.getincrementaldecoder(encoding)().decode(head).lstrip("\ufeff")


def _header_in(text: str) -> tuple[str, int, list[str]]:
    """The delimiter, and the line that holds most names we know."""
    best, found = 0, (",", 1, [])
    for delimiter in (",", "\t", ";"):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for _turn, cells in zip(range(LOOKED_FOR_HEADER), reader, strict=False):
                score = max(len(columns.found(kind, cells[:MOST_COLUMNS])) for kind in columns.KNOWN)
                if score > best:
                    best, found = score, (delimiter, reader.line_num, cells)
        except csv.Error:
            continue
    if len(found[2]) > MOST_COLUMNS:
        raise refuse(_("This file has more than %(most)d columns. Export those you look at."), most=MOST_COLUMNS)
    return found[0], found[1], [header.strip().strip("\ufeff") for header in found[2]]


def _missing(headers: list[str]) -> str:
    """Says which columns we look for, so that the next export works."""
    places = columns.found("ads", headers)
    if "spent" in places or {"campaign_name", "ad_name"} & set(places):
        return _(
            "This looks like an ads export, but it lacks a column: “Amount spent”, and a campaign, ad set or ad name."
        )
    return _(
        "None of the columns we know are in this file. We read Meta's ads report (campaign or ad name, amount spent, days) "
        "and the content export of a page or of Instagram (permalink, reach, reactions)."
    )
