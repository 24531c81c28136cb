"""A visitor's query, taken apart once for all who ask about it: the rules, the address, and what is written down."""

from urllib.parse import parse_qsl, unquote_to_bytes

# Looked for as numbers: Python finds a byte at once, and a bytes object of one byte only after some ado.
_AMPERSAND, _PERCENT, _PLUS = b"&%+"
MOST_FIELDS = 200  # parameters of a query that a rule looks through


def name_of(part: bytes) -> bytes:
    """The name of one parameter as a server reads it, however it is written."""
    name = part.partition(b"=")[0]
    if _PERCENT in name or _PLUS in name:
        name = unquote_to_bytes(name.replace(b"+", b" "))
    return name.lower()


class Asked:
    """`parts` are as they came, `names` stand beside them in lower case but otherwise as they were written."""

    __slots__ = ("is_literal", "names", "parts", "query", "told")

    def __init__(self, query: bytes):
        self.query = query
        if _AMPERSAND in query:
            self.parts = query.split(b"&")
            self.names = [part.partition(b"=")[0] for part in query.lower().split(b"&")]
        else:
            self.parts, self.names = [query], [query.partition(b"=")[0].lower()]
        # Then every name is what it looks like, which spares nearly everybody a closer look.
        self.is_literal = _PERCENT not in query and _PLUS not in query and query.isascii()
        self.told: dict[str, list[str]] | None = None

    def lacks(self, names: frozenset[bytes]) -> bool:
        """Whether none of these names is said, however it may be written."""
        return names.isdisjoint(self.names if self.is_literal else map(name_of, self.parts))

    def says(self, name: str, value: str | None) -> bool:
        """Whether a parameter is there, with this very value if one is given."""
        if not self.query:
            return False
        if self.told is None:
            self.told = {}
            for key, said in self._pairs():
                self.told.setdefault(key.lower(), []).append(said)
        said = self.told.get(name)
        return said is not None and (value is None or value in said)

    def _pairs(self) -> list[tuple[str, str]]:
        text = self.query.decode("latin-1")
        if "%" in text or "+" in text:
            try:
                return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
            except ValueError:
                return []
        parts = text.split("&")
        return [] if len(parts) > MOST_FIELDS else [part.partition("=")[::2] for part in parts if part]


NOTHING = Asked(b"")
