"""What the bell can say: each room registers its sentences, translated when they are read."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

_sentences: dict[str, Any] = {}


class _Gaps(dict):
    """An old ring may lack what a newer sentence speaks of; it is still readable."""

    def __missing__(self, name):
        return "…"


def register(sentences: Mapping[str, Any]) -> None:
    """Sentences by their kinds, lazily translated, with %(name)s gaps that a ring's `params` fill."""
    _sentences.update(sentences)


def known(key: str) -> bool:
    return key in _sentences


def say(key: str, params: Mapping[str, Any]) -> str:
    """The sentence in the active language. A kind nobody knows any more is still something that happened."""
    if key not in _sentences:
        return _("Something happened here.")
    return str(_sentences[key]) % _Gaps(params)
