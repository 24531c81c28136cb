"""Han text first: folding so that look-alikes meet, lengths as readers count them, and tokens to search by."""

import re
import unicodedata

# Forms that people use for one another; the full table of Traditional and Simplified belongs to search.
_SAME = str.maketrans(
    {"臺": "台", "裏": "裡", "羣": "群", "峯": "峰", "啓": "啟", "綫": "線", "麪": "麵", "鷄": "雞", "着": "著"}
)
# Letters of other scripts that are drawn like Latin ones (after Unicode TR 39's confusables).
_LOOKALIKE = str.maketrans("аеорсухіјѕԁɡһԛԝοαν", "aeopcyxijsdghqwoav")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_BLANK = re.compile(r"\s+")


def fold(text: str) -> str:
    """The form in which two spellings of one name meet: NFKC, case, Han variants, look-alikes, no invisibles."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    return _BLANK.sub(" ", unicodedata.normalize("NFKC", text).translate(_SAME).translate(_LOOKALIKE)).strip()


def visible(text: str) -> str:
    """Without blanks, marks that join the letter before, and what no one can see."""
    return "".join(c for c in _INVISIBLE.sub("", text) if not c.isspace() and not unicodedata.combining(c))


def length(text: str) -> int:
    """How many characters a reader counts: blanks, invisible characters and stacked marks are none."""
    return len(visible(text))


def is_han(character: str) -> bool:
    return bool(re.match(f"[{_HAN}]", character))


def tokens(text: str) -> list[str]:
    """Overlapping pairs of Han characters and whole words of other scripts, folded, in order.

    A single Han character stands alone. 「衣索比亞 V60」 gives 衣索, 索比, 比亞, v60.
    """
    found = []
    for word in _WORD.findall(fold(text)):
        if not is_han(word[0]) or len(word) == 1:
            found.append(word)
        else:
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
    return found
