"""Where a Chinese title may break, so that no word is torn: a small set of rules, silent where they do not know.

A browser may break Han text between any two characters. Titles are marked at the few places that are certainly
between words; the style sheet forbids the rest. A title without marks breaks as browsers do. What belongs to a figure
(1:15, 3–5, 92 °C, 第 3 期) is held together in both.
"""

import re
from functools import lru_cache
from itertools import accumulate

from community.commons import chinese

SHORTEST = 2  # a piece of one character would look lost at a line's end
ROOM = 11  # what a phone's line holds in a title's size: a clause as short as this stays whole
NARROW = 9  # what the narrowest phone's line holds in any case

_CLOSING = "，。！？；：、）」』】〉》…—,!?;:)]"
_OPENING = "（「『【〈《([#@＠"
# Particles that end a phrase, unless they begin one of these words.
_PARTICLES = {
    "的": ("的話", "的確", "的士"),
    "了": ("了解", "了不", "了得", "了結"),
    "嗎": (),
    "呢": (),
    "吧": ("吧台", "吧檯"),
    "啊": (),
    "喔": (),
    "著": ("著名", "著作", "著手", "著迷", "著急", "著重"),
}
# … or end one of these.
_NOT_PARTICLES = ("目的", "標的", "了了", "為了", "除了", "酒吧", "網吧", "沿著", "隨著", "顯著", "原著", "名著")
# Words that begin a phrase; long ones are never anything else.
_STARTERS = (
    "因為", "所以", "如果", "可是", "但是", "不過", "而且", "或是", "還是", "以及", "然後", "雖然", "其實", "或者", "就是",
    "怎麼", "什麼", "為什麼", "哪裡", "哪一", "如何", "我們", "你們", "他們", "大家", "自己", "這個", "那個", "這次", "這樣", "這裡",
    "一起", "可以", "應該", "已經", "需要", "沒有", "不是", "不要", "只要", "只有", "從來", "關於", "請問", "有沒有",
)  # fmt: skip
# A word of these leans on the one after it: 不在, 都可以, 最需要.
_LEANING = "不沒很太也都就還才只最更又再一正請在"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.]*\Z")  # V60, but not the 92 of 92 度
# Short ones that join, unless they stand in one of these words.
_JOINERS = {
    "和": ("和平", "和服", "和風", "和諧", "和室", "和好", "和氣", "溫和", "飽和", "柔和", "緩和", "總和", "調和", "隨和", "附和"),
    "與": ("與會", "與眾", "與其", "參與", "給與", "贈與"),
    "跟": ("跟著", "跟上", "跟進", "腳跟", "高跟"),
    "把": ("把握", "把手", "把關", "把脈", "一把", "兩把", "這把", "那把", "火把"),
    "被": ("被子", "被單", "棉被"),
    "讓": ("讓步", "出讓", "轉讓"),
    "從": ("從事", "從容", "從前", "服從"),
    "在": ("在乎", "在意", "在地", "在家", "存在", "現在", "正在", "實在", "自在", "所在", "還在", "好在", "都在", "內在", "外在", "差在"),
}  # fmt: skip
# What is counted or measured, beside a number.
_COUNTED = "年月日週天時點分秒度克元塊杯次期號樓章集版回屆名位人個支種包顆台倍成折歲頁場"
_UNIT = r"(?:[°%‰℃℉]|(?:[kcm]?[glm]|cc|oz|bar|psi|kcal|[kW]?W|rpm|ppm)(?![A-Za-z]))"
# A blank within a figure, where no line may end: 92 °C, 第 3 期, NT$ 500, 1 : 15, 10:30 – 12:00.
_BLANK_WITHIN = re.compile(
    rf"(?<=\d) (?={_UNIT}|[{_COUNTED}]|[-–—~～:：/／×] ?\d)|(?<=[$＄第]) (?=\d)|(?<=\d [:：/／×]) (?=\d)"
)
# Places within one where browsers would end a line: 3–5, 85～92, 1：15, @小明, 第3期, 92度.
_PLACE_WITHIN = re.compile(
    rf"(?<=[\d%°℃])(?=[-–—~～]\d)|(?<=\d[-–—~～：／])(?=\d)|(?<=[%°℃][-–—~～])(?=\d)"
    rf"|(?<![A-Za-z\d._-][@＠])(?<=[@＠])(?=\w)|(?<=第)(?=\d)|(?<=\d)(?=[{_COUNTED}])|(?<=\d[%°℃])(?=\w)"
)
_NO_BREAK_BLANK, _JOINER = "\u00a0", "\u2060"


def held(text: str) -> str:
    """`text`, with what belongs to a figure or a name tied to it by signs that are not seen."""
    return _PLACE_WITHIN.sub(_JOINER, _BLANK_WITHIN.sub(_NO_BREAK_BLANK, text))


@lru_cache(4096)  # rows of lists show the same titles again and again
def phrases(text: str) -> tuple[str, ...]:
    """The pieces of `text`; joined they are `text` again. 「手沖總是太酸？把你的水溫貼上來」 gives 手沖總是太酸？ and 把你的水溫貼上來."""
    return tuple(piece for clause in _split(text, _between_clauses) for piece in _words(clause)) if text else ()


def is_long(piece: str) -> bool:
    """Whether it may be wider than a phone's line, so that it must be able to break somewhere."""
    return chinese.length(piece) > NARROW


def breaks(text: str) -> list[int]:
    """The places between them."""
    return list(accumulate(map(len, phrases(text))))[:-1]


def _words(clause: str) -> list[str]:
    return [clause] if chinese.length(clause) <= ROOM else _split(clause, _between_words)


def _split(text: str, may_break) -> list[str]:
    pieces, start = [], 0
    for place in range(1, len(text)):
        if may_break(text, start, place) and _long_enough(text[start:place]) and _long_enough(text[place:]):
            pieces.append(text[start:place])
            start = place
    return [*pieces, text[start:]]


def _long_enough(piece: str) -> bool:
    return len(re.findall(r"\w", piece)) >= SHORTEST


def _between_clauses(text: str, start: int, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if _never_between(before, after) or (before.isascii() and after.isascii()):
        return False  # 1:15, a@b.tw and F(x) are whole
    if after.isdigit() and before == "：":
        return not text[place - 2].isdigit()
    return before in _CLOSING or after in _OPENING


def _never_between(before: str, after: str) -> bool:
    """Browsers break at blanks themselves, never before a comma, and never where we have tied a knot."""
    return before.isspace() or after.isspace() or after in _CLOSING or before in _OPENING or _JOINER in (before, after)


def _between_words(text: str, start: int, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if _never_between(before, after):
        return False
    if chinese.is_han(before) and not chinese.is_han(after):
        return after.isascii() and after.isalpha()  # 第 3 次 stays whole; so do a number and what it counts
    if not chinese.is_han(before):
        if before.isdigit() and text.startswith(_STARTERS, place):
            return True
        return chinese.is_han(after) and after not in _PARTICLES and bool(_NAME.search(text, 0, place))
    return (place - start > SHORTEST and _ends_phrase(text, place)) or _begins_phrase(text, place)


def _ends_phrase(text: str, place: int) -> bool:
    longer = _PARTICLES.get(text[place - 1])
    if longer is None or text[place] in _PARTICLES or text[max(0, place - 2) : place] in _NOT_PARTICLES:
        return False
    return not text.startswith(longer, place - 1)


def _begins_phrase(text: str, place: int) -> bool:
    if text[place - 1] in _LEANING or text[place - 1] == text[place + 1 : place + 2]:
        return False  # 要不要, 是不是
    if text.startswith(_STARTERS, place):
        return not any(text.startswith(word, place - 1) for word in _STARTERS)
    words = _JOINERS.get(text[place])
    if words is None:
        return False
    return not text.startswith(words, place) and text[place - 1 : place + 1] not in words
