"""Form fields for words that people type: forgiving about what they paste, exact about what is kept."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.commons import chinese

# Line breaks, tabs and the joiner of emoji families stay; other controls, direction marks and zero-width blanks go.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")


def tidy(text: str) -> str:
    """What was typed, without what cannot be stored, seen or trusted."""
    text = _UNWANTED.sub("", unicodedata.normalize("NFC", _UNWANTED.sub("", text)))
    return _STACKED.sub(r"\1", text.replace("\r\n", "\n").replace("\r", "\n"))


class Words(forms.CharField):
    """Text measured as readers count it: `min_words` and `max_words` are numbers of visible characters."""

    def __init__(self, *, min_words=0, max_words=None, **kwargs):
        kwargs.setdefault("max_length", max_words * 4 if max_words else None)
        super().__init__(**kwargs)
        self.min_words, self.max_words = min_words, max_words
        # Controls are taken out, not complained of: people paste them unseen.
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value):
        return super().to_python(tidy(value) if isinstance(value, str) else value)

    def validate(self, value):
        super().validate(value)
        length = chinese.length(value or "")
        if value and length < self.min_words:
            raise ValidationError(
                ngettext_lazy(
                    "A little more, please: at least %(count)d character.",
                    "A little more, please: at least %(count)d characters.",
                    self.min_words,
                )
                % {"count": self.min_words},
                code="short",
            )
        if self.max_words and length > self.max_words:
            raise ValidationError(
                _("That is %(length)d characters; there is room for %(most)d. Nothing is lost, shorten it here."),
                params={"length": length, "most": self.max_words},
                code="long",
            )
