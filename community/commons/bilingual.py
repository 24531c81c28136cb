"""What a brand says twice, in Chinese and in English, as the reader of the moment reads it."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

IN_ENGLISH = _("For those who read the site in English. Empty: the same.")


def in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def said(chinese: str, english: str) -> str:
    """The words in the reader's language; where those were never written, the others."""
    return (chinese or english) if in_chinese() else (english or chinese)


def listed(names) -> str:
    """Several names in one sentence: 甲、乙 to one reader, A, B to the other."""
    return ("、" if in_chinese() else ", ").join(map(str, names))
