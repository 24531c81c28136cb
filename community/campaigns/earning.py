"""Revenue: what members bought and gave back, one by one or from a file that any shop can write."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import get_default_timezone, now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Member
from community.campaigns import converting
from community.campaigns.models import Conversion

CURRENCY = "TWD"
SKEW = timedelta(days=1)  # another clock may be ahead of ours
MOST = Decimal("1000000000")
MOST_ROWS = 5_000
MOST_LETTERS = 1_000_000
LONGEST_REF = 64
# What shops call the columns, folded.
COLUMNS = {
    "ref": {"ref", "order", "order id", "order number", "order no", "訂單", "訂單編號", "訂單號碼", "單號"},
    "who": {"member", "email", "e-mail", "mail", "customer email", "handle", "會員", "信箱", "電子信箱", "電子郵件"},
    "amount": {"amount", "total", "revenue", "金額", "總金額", "訂單金額", "實付金額"},
    "currency": {"currency", "幣別", "貨幣"},
    "at": {"at", "date", "day", "time", "ordered at", "日期", "時間", "訂單日期", "付款時間"},
}
NEEDED = ("ref", "who", "amount")


@dataclass(frozen=True, slots=True)
class Sale:
    """One order as it was told; an amount below nothing is money given back."""

    ref: str
    member: Member
    amount: Decimal
    currency: str
    at: datetime


@dataclass(slots=True)
class Sheet:
    """What a file says: what can be written down, what is there already, and which rows are wrong and why."""

    sales: list[Sale] = field(default_factory=list)
    known: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)

    @property
    def sums(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for sale in self.sales:
            found[sale.currency] = found.get(sale.currency, Decimal()) + sale.amount
        return found


@transaction.atomic
def earn(*, member, ref: str, amount: Decimal, currency: str = CURRENCY, at: datetime | None = None):
    """Writes down an order once: its number is its name. Gives the row, and whether it is new.

    The same number with another amount or another member is refused rather than guessed at; money given back comes
    under a number of its own, with an amount below nothing.
    """
    check(ref=ref, amount=amount, currency=currency)
    there = Conversion.objects.of_kind(Conversion.Kind.REVENUE).named(ref).select_for_update().first()
    if there and (there.member_id, there.amount, there.currency) != (member.pk, amount, currency):
        raise ValidationError(
            _("Order %(ref)s is written down already, with another amount or member.") % {"ref": ref}, code="other"
        )
    if there:
        return there, False
    return converting.record(
        member=member, kind=Conversion.Kind.REVENUE, at=at or now(), ref=ref, amount=amount, currency=currency
    )


def check(*, ref, amount, currency):
    if not ref or len(ref) > LONGEST_REF or not ref.isprintable():
        raise ValidationError(_("An order needs a number of at most %(most)d letters.") % {"most": LONGEST_REF})
    if not amount or not amount.is_finite() or abs(amount) >= MOST or amount != round(amount, 2):
        raise ValidationError(_("The amount is not one that can be written down."))
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise ValidationError(_("A currency has three letters, such as TWD."))


@transaction.atomic
def earn_all(sheet: Sheet) -> int:
    return sum(
        earn(member=sale.member, ref=sale.ref, amount=sale.amount, currency=sale.currency, at=sale.at)[1]
        for sale in sheet.sales
    )


def read(text: str) -> Sheet:
    """A CSV as shops export it. Nothing is written; five queries at most, however many rows."""
    if len(text) > MOST_LETTERS:
        raise ValidationError(_("That is too much at once. Cut the file into pieces of at most 5,000 orders."))
    rows = _rows(text)
    names = _names(rows[0]) if rows else {}
    if missing := [name for name in NEEDED if name not in names]:
        told = {"ref": _("order number"), "who": _("e-mail"), "amount": _("amount")}
        raise ValidationError(
            _("The first line must name the columns; these are missing: %(names)s.")
            % {"names": pgettext("between the clauses of a sentence", ", ").join(told[name] for name in missing)}
        )
    if len(rows) - 1 > MOST_ROWS:
        raise ValidationError(_("That is too much at once. Cut the file into pieces of at most 5,000 orders."))
    return _sheet(rows[1:], names)


def _rows(text):
    text = text.lstrip("\ufeff").replace("\x00", "")
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ValidationError(_("This cannot be read as a table: %(why)s.") % {"why": error}) from None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _names(head) -> dict[str, int]:
    """Which column holds what; `amount (TWD)` says the currency as well."""
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        plain = re.sub(r"\s*\([^)]*\)$", "", _folded(cell))
        for name, called in COLUMNS.items():
            if plain in called:
                found.setdefault(name, place)
    return found


def _sheet(rows, names) -> Sheet:
    sheet, told = Sheet(), []
    for number, row in enumerate(rows, start=2):
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in names.items()}
        try:
            told.append((number, cells["who"], _sale(cells)))
        except ValidationError as error:
            sheet.wrong.append((number, " ".join(error.messages)))
    people = _people([who for _number, who, _sale in told])
    refs = [sale["ref"] for _number, _who, sale in told]
    there = {row.ref: row for row in Conversion.objects.of_kind(Conversion.Kind.REVENUE).with_refs(refs)}
    for number, who, sale in told:
        member, before = people.get(_folded(who)), there.get(sale["ref"])
        if member is None:
            sheet.wrong.append((number, _("Nobody here is called %(who)s.") % {"who": who[:80]}))
        elif before is None:
            there[sale["ref"]] = Sale(member=member, **sale)
            sheet.sales.append(there[sale["ref"]])
        elif (_whose(before), before.amount, before.currency) == (member.pk, sale["amount"], sale["currency"]):
            sheet.known += 1
        else:
            words = _("Order %(ref)s is written down already, with another amount or member.")
            sheet.wrong.append((number, words % {"ref": sale["ref"]}))
    sheet.wrong.sort()
    return sheet


def _whose(row) -> int:
    return row.member.pk if isinstance(row, Sale) else row.member_id


def _people(words) -> dict[str, Member]:
    """Members by address or handle, folded."""
    wanted = {_folded(word) for word in words}
    found = {}
    for member in Member.objects.called_exactly(wanted):
        found[member.handle_folded] = member
        if member.email:
            found[member.email.lower()] = member
    return found


def _sale(cells) -> dict:
    amount, currency = amount_of(cells["amount"])
    currency = (cells.get("currency") or currency or CURRENCY).upper()
    check(ref=cells["ref"], amount=amount, currency=currency)
    return {"ref": cells["ref"], "amount": amount, "currency": currency, "at": moment_of(cells.get("at", ""))}


def amount_of(text: str) -> tuple[Decimal, str]:
    """`NT$1,200`, `(300)`, `－80.50` and `TWD 90` as a number, and the currency they speak of if any."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").replace("−", "-")
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    found = re.fullmatch(r"(-?)(NT\$|\$|[A-Za-z]{3})?(-?)(\d+(?:\.\d+)?)([A-Za-z]{3}|元)?", plain)
    if not found or (found[1] and found[3]):
        raise ValidationError(_("“%(text)s” is not an amount.") % {"text": text[:40]})
    try:
        amount = Decimal(found[4])
    except InvalidOperation:
        raise ValidationError(_("“%(text)s” is not an amount.") % {"text": text[:40]}) from None
    said = (found[2] or found[5] or "").upper()
    return (-amount if found[1] or found[3] else amount), CURRENCY if said in {"NT$", "元"} else said.strip("$")


def moment_of(text: str) -> datetime:
    """A day or a moment, in the brand's time zone where it names none; nothing is now."""
    if not text:
        return now()
    plain = text.replace("/", "-")
    try:
        if (moment := parse_datetime(plain)) is None and (day := parse_date(plain)) is not None:
            moment = datetime.combine(day, time(12))
    except ValueError:
        moment = None
    if moment is None:
        raise ValidationError(_("“%(text)s” is not a day such as 2026-03-09.") % {"text": text[:40]})
    moment = moment if moment.tzinfo else moment.replace(tzinfo=get_default_timezone())
    if not datetime(2000, 1, 1, tzinfo=get_default_timezone()) <= moment <= now() + SKEW:
        raise ValidationError(_("“%(text)s” is not a day on which anybody can have bought something.") % {"text": text})
    return moment
