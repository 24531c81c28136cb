"""One line of a file turned into one row of ours, or into a sentence about what is wrong with it."""

import hashlib
import json
import unicodedata
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext_noop

from community.campaigns.costing import columns, posting, values
from community.campaigns.costing.values import Unreadable

NAME, CELL = 400, 1000
NO_DAYS = gettext_noop("Neither a day nor a beginning and end of the report.")
ENDS_FIRST = gettext_noop("It ends before it begins.")
NO_CURRENCY = gettext_noop("Nothing says in which currency this is.")
NO_POST = gettext_noop("Neither an address nor a number of a post.")
TOO_MANY_DAYS = gettext_noop("More than two years in one line.")
FRACTIONS = {"results", "purchases", "purchase_value", "frequency"}
spell = json.JSONEncoder(ensure_ascii=False).encode
LEVELS = {"ad": ("ad_name", "ad_id"), "set": ("set_name",), "campaign": ("campaign_name",)}


@lru_cache(20_000)
def thing_of(*words: str) -> str:
    """One short word for a name, the same whatever its case and width."""
    said = "\x1f".join(" ".join(unicodedata.normalize("NFKC", word).casefold().split()) for word in words)
    return hashlib.blake2s(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


class Wrong(Exception):
    """A line that cannot be kept: which column, what stood there, why."""

    def __init__(self, column: str, value: str, why: str):
        super().__init__(why)
        self.column, self.value, self.why = column, value, why


class Lines:
    """What lines of one table have in common: where which column stands."""

    numbers: tuple[str, ...] = ()

    def __init__(self, table):
        self.table, self.places = table, table.places
        self.unknown = [(place, table.headers[place][:120]) for place in table.unknown]
        self.counting = [
            (name, values.number if name in FRACTIONS else values.whole) for name in self.numbers if name in self.places
        ]

    def cell(self, cells, name: str) -> str:
        place = self.places.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    def read(self, cells, name: str, how):
        said = self.cell(cells, name)
        try:
            return how(said)
        except Unreadable as error:
            raise Wrong(self.table.headers[self.places[name]], said[:80], error.why) from None

    def name(self, cells, name: str, most: int = NAME) -> str:
        return values.plain(self.cell(cells, name), most)

    def rest(self, cells) -> str:
        """Columns nobody here knows, as they stood: a later version may learn them."""
        return spell(
            {
                header: said
                for place, header in self.unknown
                if place < len(cells) and (said := values.plain(cells[place], CELL))
            }
        )

    def counted(self, cells) -> dict:
        try:
            return {name: how(cells[self.places[name]]) for name, how in self.counting}
        except (Unreadable, IndexError):  # seldom: asked again one by one, to say which it was
            return {name: self.read(cells, name, how) for name, how in self.counting}


class AdLines(Lines):
    numbers = columns.NUMBERS_OF_ADS

    def __init__(self, table, currency: str):
        super().__init__(table)
        self.level = next((level for level, names in LEVELS.items() if set(names) & set(self.places)), "campaign")
        self.in_header = columns.currency_in(table.headers[self.places["spent"]])
        self.fallback = currency

    def is_total(self, cells) -> bool:
        """The account's own sum at the end, or a sum of some lines: it has no name where lines have one."""
        return not any(self.cell(cells, name).strip() for name in LEVELS[self.level])

    def row(self, cells) -> dict:
        starts, ends = self._days(cells)
        row: dict = {"starts": starts, "ends": ends, "level": self.level, **self.counted(cells)}
        row["spent"] = self.spent(cells)
        row["currency"] = self._currency(cells)
        for name in ("campaign_name", "set_name", "ad_name"):
            row[name] = self.name(cells, name)
        row["ad_id"] = self.name(cells, "ad_id", 40).removeprefix("a:")
        row["account_name"] = self.name(cells, "account_name", 200)
        row["result_kind"] = self.name(cells, "result_kind", 160)
        row["attribution"] = self.name(cells, "attribution", 160)
        # Names and not numbers: an export may have either, and the same ad must be the same in both.
        names = (row["campaign_name"], row["set_name"], row["ad_name"]) if self.level == "ad" else ()
        names = names or ((row["campaign_name"], row["set_name"]) if self.level == "set" else (row["campaign_name"],))
        row["thing"] = thing_of(self.level, *(names if any(names) else (row["ad_id"],)))
        row["campaign_thing"] = thing_of(row["campaign_name"])
        row["rest"] = self.rest(cells)
        return row

    def spent(self, cells) -> Decimal:
        return self.read(cells, "spent", values.number) or Decimal(0)

    def _currency(self, cells) -> str:
        said = self.in_header or self.name(cells, "currency", 3).upper() or self.fallback
        if not (len(said) == 3 and said.isascii() and said.isalpha()):
            raise Wrong("", "", NO_CURRENCY)
        return said

    def _days(self, cells):
        day = self.read(cells, "day", values.day) if "day" in self.places else None
        starts, ends = day, day
        if day is None:
            starts = self.read(cells, "starts", values.day) if "starts" in self.places else None
            ends = self.read(cells, "ends", values.day) if "ends" in self.places else None
        if starts is None or ends is None:
            raise Wrong("", "", NO_DAYS)
        if ends < starts:
            raise Wrong(self.table.headers[self.places.get("ends", 0)], str(ends), ENDS_FIRST)
        if (ends - starts).days > 731:
            raise Wrong(self.table.headers[self.places.get("ends", 0)], str(ends), TOO_MANY_DAYS)
        return starts, ends


class PostLines(Lines):
    numbers = columns.NUMBERS_OF_POSTS

    def __init__(self, table, currency: str = ""):
        super().__init__(table)
        # Instagram's file first: both have a permalink and an account's name.
        self.level = "instagram" if "username" in self.places else "facebook"

    def is_total(self, cells) -> bool:
        return not (self.cell(cells, "permalink").strip() or self.cell(cells, "post_id").strip())

    def row(self, cells) -> dict:
        row: dict = self.counted(cells)
        permalink = self.name(cells, "permalink", 600)
        row["post_id"] = self.name(cells, "post_id", 80)
        row["post"] = posting.key_of(permalink, row["post_id"])
        if not row["post"]:
            raise Wrong("", permalink[:80], NO_POST)
        safe = permalink.startswith(("https://", "http://"))
        row["permalink"] = permalink if safe else ""
        row["platform"] = posting.site_of(permalink) if safe else self.level
        row["platform"] = row["platform"] or self.level
        row["page_name"] = self.name(cells, "page_name", 200) or self.name(cells, "username", 200)
        row["title"] = self.name(cells, "title", 300) or self.name(cells, "description", 300)
        row["post_kind"] = self.name(cells, "post_kind", 60)
        row["posted_at"] = self.read(cells, "posted_at", values.moment) if "posted_at" in self.places else None
        said = self.name(cells, "day", 40).casefold()
        whole_life = said in {"", "lifetime", "總計", "終身", "永久", "生命週期"}
        row["day"] = None if whole_life else self.read(cells, "day", values.day)
        row["rest"] = self.rest(cells)
        return row


KINDS = {"ads": AdLines, "posts": PostLines}
