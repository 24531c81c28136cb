"""Opens a pasted or brought table: what kind of file it is, how it is written, and its rows under our names."""

import codecs
import csv
import io
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from community.campaigns.bulk import columns

MOST_BYTES = 2_000_000
MOST_ROWS = 2_000
MOST_CELL = 10_000
KINDS = (
    (
        b"PK\x03\x04",
        gettext_noop("This is an Excel workbook. In Excel choose “Save as” and “CSV UTF-8”, and bring that."),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_noop("This is an Excel workbook. In Excel choose “Save as” and “CSV UTF-8”, and bring that."),
    ),
    (b"%PDF", gettext_noop("This is a PDF. A table of links is a CSV file.")),
    (b"\x89PNG", gettext_noop("This is a picture. A table of links is a CSV file.")),
    (b"\xff\xd8\xff", gettext_noop("This is a picture. A table of links is a CSV file.")),
    (b"GIF8", gettext_noop("This is a picture. A table of links is a CSV file.")),
    (b"\x1f\x8b", gettext_noop("This is a packed file. Unpack it, and bring the CSV that is inside.")),
    (b"<", gettext_noop("This is a web page. A table of links is a CSV file.")),
    (b"{", gettext_noop("This is data for programs. A table of links is a CSV file.")),
)
# A cell that a spreadsheet would take for a formula, and the mark that keeps it from being one.
RISKY = "=+-@\t\r\n＝＋－＠"
_MARKED = re.compile(f"'+[{re.escape(RISKY)}]")
_TO_MARK = re.compile(f"'*[{re.escape(RISKY)}]")


def refusal(why: str, **params) -> ValidationError:
    return ValidationError(why, code="table", params=params)


def neutral(cell: str) -> str:
    """A cell as a spreadsheet may open it: what begins like a formula is only text."""
    return f"'{cell}" if _TO_MARK.match(cell) else cell


def unmarked(cell: str) -> str:
    """The cell as it was before `neutral`."""
    return cell[1:] if _MARKED.match(cell) else cell


@dataclass(frozen=True)
class Row:
    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    rows: list[Row]
    columns: list[str]
    unknown: list[str]
    encoding: str


def decoded(raw: bytes) -> tuple[str, str]:
    """The text of a file and how it was written; what cannot be told is refused, never guessed."""
    if len(raw) > MOST_BYTES:
        raise refusal(too_large(len(raw)))
    start = raw.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start:
        raise refusal(_("There is nothing in it."))
    for sign, why in KINDS:
        if start.startswith(sign):
            raise refusal(_(why))
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(raw, "utf-16"), "UTF-16"
    if raw.startswith(codecs.BOM_UTF8):
        return _strictly(raw, "utf-8-sig"), "UTF-8"
    head = raw[:4000]
    if b"\0" in head:
        # Every second byte of Latin letters is empty; which one tells the order.
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) // 8 and min(even, odd) < max(even, odd) // 4:
            return _strictly(raw, "utf-16-le" if odd > even else "utf-16-be"), "UTF-16"
        raise refusal(_("This is no text file. A table of links is a CSV file."))
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text = _strictly(raw, "cp950")
        if re.search(r"[\ue000-\uf8ff]", text):
            raise refusal(_CANNOT) from None
        return text, "Big5"


_CANNOT = gettext_noop("We cannot tell how this file is written. Save it as “CSV UTF-8”, and bring that.")


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise refusal(_(_CANNOT)) from None


def too_large(size: int) -> str:
    return _("This is %(size)d MB; there is room for %(most)d MB, which is more than %(rows)d links.") % {
        "size": max(1, size // 1_000_000),
        "most": MOST_BYTES // 1_000_000,
        "rows": MOST_ROWS,
    }


def read(text: str) -> Table:
    """Rows of a table under our column names. A table that cannot be one is refused whole, in a sentence."""
    if "\0" in text:
        raise refusal(_("This is no text file. A table of links is a CSV file."))
    text = text.lstrip("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(
        ",\t;", key=lambda sign: (len({columns.of(each.strip('" ')) for each in first.split(sign)}), first.count(sign))
    )
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    headers, rows, places = [], [], {}
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not headers:
                headers = cells
                places = _places(headers)
                continue
            if len(rows) == MOST_ROWS:
                raise refusal(_("There are more than %(most)d rows. Bring them in several tables."), most=MOST_ROWS)
            told = {name: unmarked(cells[at]).strip(" ") for name, at in places.items() if at < len(cells)}
            rows.append(Row(reader.line_num, told))
    except csv.Error:
        raise refusal(
            _("Line %(line)d cannot be read: perhaps a quotation mark is missing."), line=max(1, reader.line_num)
        ) from None
    if not rows:
        raise refusal(_("There is a header, and no row below it."))
    unknown = [header.strip() for at, header in enumerate(headers) if at not in places.values() and header.strip()]
    return Table(rows, list(places), [name for name in unknown if columns.folded(name) not in _FOR_PEOPLE], "")


_FOR_PEOPLE = {columns.folded(name) for name in columns.SAID}


def _places(headers) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, header in enumerate(headers[:200]):
        name = columns.of(unmarked(header))
        if name and name in places:
            raise refusal(_("Two columns are called “%(name)s”."), name=header.strip()[:40])
        if name:
            places[name] = at
    missing = [name for name in columns.NEEDED if name not in places]
    if missing:
        raise refusal(
            _("The first line must name the columns; missing: %(missing)s. Known names: %(known)s."),
            missing=", ".join(missing),
            known=", ".join(columns.NAMES),
        )
    return places
