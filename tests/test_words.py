"""Every sentence a reader can meet is also there in Traditional Chinese, with the same gaps to fill."""

import io
import re
from functools import cache
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
OURS = ("accounts", "cms", "community", "templates")
LOOKED_FOR = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
GAP = re.compile(r"%\(\w+\)[sd]")


def _sources():
    for place in OURS:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def _said_in(path):
    """Each thing said in a file, as (context, words, has_plural) with `words` the singular."""
    text = path.read_text()
    if path.suffix != ".py":
        text = templatize(text)
    for _line, words, _comments, context in extract("python", io.BytesIO(text.encode()), LOOKED_FOR):
        yield context, (words[0] if isinstance(words, tuple) else words), isinstance(words, tuple)


@cache
def catalogues():
    """Every message of every catalogue of ours, by (context, words)."""
    known = {}
    for place in ("accounts", "cms", "community"):
        for path in sorted((ROOT / place).rglob("locale*/zh_Hant/LC_MESSAGES/django.po")):
            with path.open("rb") as source:
                for message in read_po(source):
                    if message.id:
                        words = message.id[0] if isinstance(message.id, tuple) else message.id
                        known.setdefault((message.context, words), []).append((path, message))
    return known


def _answers(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _is_answered(context, words, has_plural) -> bool:
    return any(
        # What is counted is looked up by its number too: a message without a plural is not found then.
        all(_answers(message)) and not message.fuzzy and (isinstance(message.id, tuple) or not has_plural)
        for _po, message in catalogues().get((context, words), [])
    )


def test_everything_said_is_said_in_chinese_too():
    said = [(path, *each) for path in _sources() for each in _said_in(path)]
    assert len(said) > 1_000
    missing = [f"{path.relative_to(ROOT)}: {asked[1]}" for path, *asked in said if not _is_answered(*asked)]
    assert not missing, "No catalogue of ours has in zh_Hant what these say:\n" + "\n".join(missing)


def test_no_translation_is_a_guess():
    guesses = [key for key, found in catalogues().items() for _po, message in found if message.fuzzy]
    assert not guesses


def test_a_translation_has_the_gaps_of_what_it_translates():
    wrong = []
    for found in catalogues().values():
        for path, message in found:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            wanted = [set(GAP.findall(each)) for each in ids]
            wrong += [
                f"{path.relative_to(ROOT)}: {ids[0]}"
                for answer in _answers(message)
                if answer and set(GAP.findall(answer)) not in wanted
            ]
    assert not wrong


def test_two_rooms_do_not_say_the_same_words_differently():
    """All catalogues become one, in which the order of rooms would decide; what means two things has a context."""
    wrong = {
        key: sorted({_answers(message) for _path, message in found})
        for key, found in catalogues().items()
        if len({_answers(message) for path, message in found if "locale_desk" not in path.parts}) > 1
    }
    assert not wrong


def test_our_own_chinese_speaks_as_our_house_does():
    """你, not 您; full-width marks between Han letters; no shouting."""
    wrong = []
    for found in catalogues().values():
        for path, message in found:
            if "locale_desk" in path.parts:
                continue  # Wagtail's own sentences
            for answer in _answers(message):
                if re.search(r"您|小編|！|[\u4e00-\u9fff][,!?;:](?!\w)", answer or ""):
                    wrong.append(f"{path.relative_to(ROOT)}: {answer}")
    assert not wrong
