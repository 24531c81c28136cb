"""A file is brought, looked at, kept, undone: four verbs, and nothing is ever half done."""

import hashlib
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from operator import itemgetter

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.campaigns.costing import columns, reading, reckoning, tying
from community.campaigns.costing.lines import KINDS, Wrong
from community.campaigns.models import Sheet
from community.commons.refusals import Refusal

SHOWN_WRONG = 200
FORGOTTEN_AFTER = timedelta(days=7)
COLUMNS = {
    "ads": [
        "level",
        "thing",
        "campaign_thing",
        "account_name",
        "campaign_name",
        "set_name",
        "ad_name",
        "ad_id",
        "starts",
        "ends",
        "currency",
        "spent",
        "impressions",
        "reach",
        "frequency",
        "clicks",
        "link_clicks",
        "landing_views",
        "results",
        "result_kind",
        "purchases",
        "purchase_value",
        "attribution",
        "rest",
    ],
    "posts": [
        "platform",
        "post",
        "post_id",
        "permalink",
        "page_name",
        "title",
        "post_kind",
        "posted_at",
        "day",
        "views",
        "reach",
        "reactions",
        "comments",
        "shares",
        "saves",
        "clicks",
        "link_clicks",
        "rest",
    ],
}
TABLES = {"ads": "campaigns_adfigure", "posts": "campaigns_postfigure"}


class NotNow(Refusal):
    status = 409
    message = gettext_lazy("This file has changed meanwhile. Load the page again.")


class Found:
    """What was noticed while reading: shown before anybody decides."""

    def __init__(self):
        self.rows = self.wrong_rows = self.totals = self.twice = 0
        self.wrong: list[dict] = []
        self.spent: dict[str, Decimal] = defaultdict(Decimal)
        self.total_said: dict[str, Decimal] = defaultdict(Decimal)
        self.first = self.last = None
        self.spans = 0

    def note_wrong(self, line: int, wrong: Wrong):
        self.wrong_rows += 1
        if len(self.wrong) < SHOWN_WRONG:
            self.wrong.append({"line": line, "column": wrong.column, "value": wrong.value, "why": wrong.why})

    def note(self, row: dict):
        self.rows += 1
        first = row.get("starts") or (row["posted_at"].date() if row.get("posted_at") else row.get("day"))
        last = row.get("ends") or first
        if first:
            self.first = min(self.first or first, first)
            self.last = max(self.last or last, last or first)
        if "spent" in row:
            self.spent[row["currency"]] += row["spent"]
            self.spans += row["starts"] != row["ends"]

    def told(self, table) -> dict:
        return {
            "language": columns.language_of(table.headers),
            "encoding": table.encoding,
            "columns": [table.headers[place] for place in sorted(table.places.values())],
            "unknown": [table.headers[place][:120] for place in table.unknown][:60],
            "spent": {currency: str(amount) for currency, amount in sorted(self.spent.items())},
            "total_said": {currency: str(amount) for currency, amount in sorted(self.total_said.items())},
            "totals": self.totals,
            "twice": self.twice,
            "spans": self.spans,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
        }


class Stamped:
    """Reads through to a file, and knows afterwards which bytes they were."""

    def __init__(self, raw):
        digest = hashlib.sha256()
        self.size = 0
        raw.seek(0)
        while part := raw.read(1 << 20):
            digest.update(part)
            self.size += len(part)
        self.digest = digest.hexdigest()


@transaction.atomic
def bring(*, file, name: str, by, kind: str = "", currency: str = "") -> Sheet:
    """Reads a file into rows that count nowhere yet. Raises ValidationError for what is no such file at all."""
    let_go_of_the_forgotten()
    reading.check_size(file.size)
    raw = getattr(file, "file", file)
    table = reading.open_table(raw, kind)
    stamp = Stamped(raw)
    sheet = Sheet.objects.create(kind=table.kind, name=_shown(name), size=stamp.size, digest=stamp.digest, by=by)
    lines = KINDS[table.kind](table, currency)
    found = Found()
    _copy(sheet, lines, table, found)
    if not found.rows and not found.wrong_rows:
        raise reading.refuse(_("There is no row below the headers: nothing was counted in these days."))
    sheet.level, sheet.rows, sheet.wrong_rows = lines.level, found.rows, found.wrong_rows
    sheet.told, sheet.wrong = found.told(table), found.wrong
    sheet.save(update_fields=["level", "rows", "wrong_rows", "told", "wrong"])
    reckoning.learn(sheet)
    return sheet


def _shown(name: str) -> str:
    """The last part of a name that a browser sent, whatever system it came from."""
    return "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())[:200] or "csv"


def _copy(sheet, lines, table, found: Found):
    names = COLUMNS[table.kind]
    into = f"COPY {TABLES[table.kind]} (sheet_id, line, stands, {', '.join(names)}) FROM STDIN"
    usual = {name: "" if name in WORDS else None for name in names}
    pick = itemgetter(*names)
    seen: set[bytes] = set()
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for number, cells in table.rows():
            row = _row(lines, number, cells, found, seen)
            if row is not None:
                copy.write_row((sheet.pk, number, False, *pick({**usual, **row})))
                if found.rows > settings.IMPORT_MOST_ROWS:
                    raise reading.refuse(
                        _("This file has more than %(most)d rows. Export fewer days, in several files."),
                        most=settings.IMPORT_MOST_ROWS,
                    )


WORDS = {
    "account_name",
    "campaign_name",
    "set_name",
    "ad_name",
    "ad_id",
    "result_kind",
    "attribution",
    "page_name",
    "title",
    "post_kind",
    "permalink",
    "post_id",
}


def _row(lines, number: int, cells, found: Found, seen: set[bytes]) -> dict | None:
    try:
        if lines.is_total(cells):
            found.totals += 1
            if "spent" in lines.places and (said := lines.spent(cells)):
                found.total_said[lines.in_header or lines.fallback] += said
            return None
        row = lines.row(cells)
    except Wrong as wrong:
        found.note_wrong(number, wrong)
        return None
    # Twice the very same line is one line copied by accident; two ads that share a name differ in something.
    mark = hashlib.blake2s("\x1f".join(cells).encode("utf-8", "replace"), digest_size=12).digest()
    if mark in seen:
        found.twice += 1
        return None
    seen.add(mark)
    found.note(row)
    return row


def _locked(sheet) -> Sheet:
    reckoning.lock()
    return Sheet.objects.select_for_update().get(pk=sheet.pk)


@transaction.atomic
def keep(*, sheet) -> Sheet:
    """From now on its rows count, in place of whatever they say anew. Kept twice is kept once."""
    sheet = _locked(sheet)
    if sheet.state == Sheet.State.KEPT:
        return sheet
    if not sheet.rows:
        raise NotNow(_("No row of this file could be read, so there is nothing to keep."))
    sheet.state, sheet.kept_at = Sheet.State.KEPT, now()
    sheet.save(update_fields=["state", "kept_at"])
    tying.find(sheet)
    reckoning.place_sheet(sheet)
    reckoning.stand(sheet)
    return sheet


@transaction.atomic
def undo(*, sheet) -> Sheet:
    """As if it had never been kept: what it had replaced counts again."""
    sheet = _locked(sheet)
    if sheet.state == Sheet.State.KEPT:
        sheet.state = Sheet.State.UNDONE
        sheet.save(update_fields=["state"])
        reckoning.fall(sheet)
    return sheet


@transaction.atomic
def let_go(*, sheet):
    """Forgets a file that was not kept, with all its rows."""
    sheet = _locked(sheet)
    if sheet.state == Sheet.State.KEPT:
        raise NotNow(_("This file is kept. Undo it first."))
    _drop([sheet.pk])


def let_go_of_the_forgotten():
    """Previews that nobody came back to."""
    _drop(list(Sheet.objects.left_lying(now() - FORGOTTEN_AFTER).values_list("pk", flat=True)))


def _drop(ids: list[int]):
    """Rows first and in one go: a file may have a hundred thousand."""
    if ids:
        with connection.cursor() as cursor:
            for table in TABLES.values():
                cursor.execute(f"DELETE FROM {table} WHERE sheet_id = ANY(%s)", [ids])  # noqa: S608
        Sheet.objects.numbered(ids).delete()
