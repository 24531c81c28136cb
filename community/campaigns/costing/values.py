"""What stands in a cell: numbers with thousands marks, days in the ways Meta writes them; never guessed at."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_noop

NUMBER = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
MONEY = re.compile(r"^(?:nt\$|us\$|hk\$|\$|€|£|¥)\s*", re.IGNORECASE)
BLANK = {"", "-", "–", "—", "n/a", "--"}
LARGEST = Decimal(10) ** 11
DAY = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), "ymd"),
    (re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"), "ymd"),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), "mdy"),
)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")

NOT_A_NUMBER = gettext_noop("This is no number.")
TOO_LARGE = gettext_noop("This number is too large to be true.")
BELOW_NOTHING = gettext_noop("An amount below zero.")
NOT_A_DAY = gettext_noop("This is no day we can read.")


class Unreadable(ValueError):
    """A cell that says nothing we could count with; `why` is a sentence to be translated where it is shown."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


def plain(cell: str, most: int) -> str:
    """A name as people wrote it, without what a database or a page could trip over."""
    if cell.isprintable():  # nearly always
        return cell.strip()[:most]
    return "".join(c for c in cell if c >= " " and not 0xD800 <= ord(c) <= 0xDFFF).strip()[:most]


@lru_cache(16_384)  # a file of a hundred thousand lines says the same small numbers again and again
def number(cell: str) -> Decimal | None:
    """1200, "1,200", "１,200.50", "NT$1,200"; nothing for a blank. A comma elsewhere is no thousands mark: refused."""
    if cell.isascii():
        if cell.isdigit() and len(cell) < 12:
            return Decimal(cell)
        said = cell.strip().casefold()
    else:
        said = unicodedata.normalize("NFKC", cell).strip().casefold()
    if said in BLANK:
        return None
    said, minus = (said[1:].strip(), True) if said.startswith(("-", "\u2212")) else (said, False)
    if not said[:1].isdigit():
        said = MONEY.sub("", said)
    if not NUMBER.fullmatch(said):
        raise Unreadable(NOT_A_NUMBER)
    value = Decimal(said.replace(",", ""))
    if value >= LARGEST:
        raise Unreadable(TOO_LARGE)
    if minus and value:
        raise Unreadable(BELOW_NOTHING)
    return value


@lru_cache(16_384)
def whole(cell: str) -> int | None:
    if cell.isascii() and cell.isdigit() and len(cell) < 12:
        return int(cell)
    value = number(cell)
    if value is None:
        return None
    if value != int(value):
        raise Unreadable(NOT_A_NUMBER)
    return int(value)


@lru_cache(4096)
def day(cell: str) -> date | None:
    """2026-10-01, 2026/10/1, 2026年10月1日, 10/01/2026 (month first, as Meta writes it)."""
    said = unicodedata.normalize("NFKC", cell).strip()
    if said.casefold() in BLANK:
        return None
    for pattern, order in DAY:
        if parts := pattern.match(said):
            numbers = [int(part) for part in parts.groups()]
            year, month, number_ = numbers if order == "ymd" else (numbers[2], numbers[0], numbers[1])
            try:
                found = date(year, month, number_)
            except ValueError:
                break
            if 2004 <= found.year <= 2100:  # Facebook's first year, and a typing mistake
                return found
            break
    raise Unreadable(NOT_A_DAY)


def moment(cell: str) -> datetime | None:
    """A day and a clock in the brand's own time zone, which is what Meta's account is set to."""
    found = day(cell)
    if found is None:
        return None
    clock = CLOCK.search(unicodedata.normalize("NFKC", cell))
    try:
        hour, minute, second = [*(int(part or 0) for part in clock.groups()), 0][:3] if clock else (0, 0, 0)
        at = time(hour, minute, second)
    except ValueError:
        raise Unreadable(NOT_A_DAY) from None
    if clock and "pm" in cell.casefold() and at.hour < 12:
        at = at.replace(hour=at.hour + 12)
    return datetime.combine(found, at, ZoneInfo(settings.TIME_ZONE))
