"""Han text first: folding so that look-alikes meet, lengths as readers count them, and tokens to search by."""

import re
import unicodedata

from community.commons import variants

# Forms that people use for one another; the table of Traditional and Simplified belongs to search alone, in variants.py.
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
_WORD = re.compile(f"[{_HAN}]+|\\d+|[^\\W\\d_{_HAN}]+")
_WHOLE = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}](?:[^\\s{_HAN}]*[^\\W_{_HAN}])?")
_BLANK = re.compile(r"\s+")
# Pairs that stand in any sentence: a question is not about them. Folded to search by.
FILLERS = frozenset(
    [
        "什么",
        "怎么",
        "么办",
        "怎样",
        "为什",
        "可以",
        "不可",
        "以吗",
        "是不",
        "不是",
        "还是",
        "有没",
        "没有",
        "一个",
        "一下",
        "一直",
        "这个",
        "那个",
        "这样",
        "那样",
        "这么",
        "那么",
        "我的",
        "你的",
        "他的",
        "自己",
        "大家",
        "请问",
        "应该",
        "要不",
        "不要",
        "需要",
        "想要",
        "想问",
        "问一",
        "会不",
        "不会",
        "能不",
        "不能",
        "知道",
        "觉得",
        "就是",
        "但是",
        "因为",
        "所以",
        "如果",
        "真的",
        "有人",
        "哪里",
        "哪个",
        "哪些",
        "哪一",
        "多少",
        "几个",
        "的时",
        "时候",
        "比较",
        "是什",
        "是的",
        "有什",
        "到底",
        "现在",
        "已经",
        "如何",
        "好吗",
        "的人",
        "的话",
    ]
)


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


def sought(text: str) -> str:
    """The form to search by: folded, and with Traditional and Simplified characters as one."""
    return variants.alike(fold(text))


def sought_letters(text: str) -> tuple[str, list[int]]:
    """As sought(), letter by letter: the letters to search in, and for each the place in `text` where it came from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        if _INVISIBLE.match(letter):
            continue
        found = " " if letter.isspace() else sought(letter)
        letters.append(found)
        places += [place] * len(found)
    return "".join(letters), places


def runs(text: str) -> list[str]:
    """Runs of Han characters, of digits, and of letters of other scripts, folded to search by: 「15g 豆子」 are three."""
    return _WORD.findall(sought(text))


def words(text: str) -> list[str]:
    """The same as people see them: V60, 1:15 and 15g are one word each, though searched as two."""
    return _WHOLE.findall(sought(text))


def tokens(text: str) -> list[str]:
    """Overlapping pairs of Han characters, and words and numbers of other scripts, folded to search by, in order.

    A single Han character stands alone. 「衣索比亞 V60」 gives 衣索, 索比, 比亚, v, 60.
    """
    found = []
    for word in runs(text):
        if not is_han(word[0]) or len(word) == 1:
            found.append(word)
        else:
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
    return found
