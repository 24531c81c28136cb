"""The desk speaks Traditional Chinese throughout: what Wagtail and its companions leave unsaid, community/locale_desk says."""

import ast
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

OURS = Path(__file__).parents[1] / "community/locale_desk"
DOMAINS = ("django", "djangojs")

# Packages that ship an English catalogue: it lists every message they have.
CATALOGUED = (
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "allauth",
    "taggit",
)
# Packages whose list must be read from their code: one ships no list, and Wagtail's own has holes.
READ_FROM_CODE = ("django_filters", "wagtail")
UNSEEN = {"tests", "test", "styleguide", "project_template"}

SPEAKING = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w+\}|</?\w+[^>]*>")
# Words of the mainland, of other manners (您, exclamation marks), and quotation marks Taiwan does not use.
FOREIGN = re.compile(r"[您！!“”]|用戶|登錄|登陸|搜索|創建|默認|鏈接|文本|視頻|屏幕|信息|支持的|點擊|保存|設置|訪問")


def home(package):
    return Path(find_spec(package).submodule_search_locations[0])


def read(folder, language, domain):
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return []
    with path.open("rb") as source:
        return [message for message in read_po(source) if message.id]


def forms(text):
    return list(text) if isinstance(text, (list, tuple)) else [text]


def key(message):
    return message.context, forms(message.id)[0]


def said(messages):
    return {key(message) for message in messages if all(forms(message.string)) and not message.fuzzy}


@cache
def ours(domain):
    return read(OURS, "zh_Hant", domain)


@cache
def gaps(package, domain):
    """What the package says in English and not in Traditional Chinese."""
    folder = home(package) / "locale"
    return {key(message) for message in read(folder, "en", domain)} - said(read(folder, "zh_Hant", domain))


@cache
def spoken_in_code(package):
    """Every message the package's Python marks for translation, as a translator would find them."""
    folder, found = home(package), set()
    for path in folder.rglob("*.py"):
        if UNSEEN & set(path.relative_to(folder).parts) or b"gettext" not in path.read_bytes():
            continue
        for _, message, _, context in extract_from_file("python", path, keywords=SPEAKING):
            found.add((context, forms(message)[0]))
    return found


def listed(keys):
    return "\n".join(f"  {context or ''} {text!r}" for context, text in sorted(keys, key=str))


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("package", CATALOGUED)
def test_every_message_of_the_desk_has_its_chinese(package, domain):
    if domain == "django":
        assert read(home(package) / "locale", "en", domain), f"{package} no longer ships its English catalogue"
    missing = gaps(package, domain) - said(ours(domain))
    assert not missing, f"{package} says in English only, in its {domain} catalogue:\n{listed(missing)}"


@pytest.mark.parametrize("package", READ_FROM_CODE)
def test_messages_absent_from_the_catalogues_have_their_chinese_too(package):
    answered = said(ours("django")).union(*(said(read(home(p) / "locale", "zh_Hant", "django")) for p in CATALOGUED))
    missing = spoken_in_code(package) - answered
    assert not missing, f"{package} says in English only, in its code:\n{listed(missing)}"


def test_only_gaps_are_filled():
    wanted = {domain: set().union(*(gaps(package, domain) for package in CATALOGUED)) for domain in DOMAINS}
    unlisted = set().union(*(spoken_in_code(package) for package in READ_FROM_CODE))
    catalogued = {key(message) for p in CATALOGUED for message in read(home(p) / "locale", "en", "django")}
    wanted["django"] |= spoken_in_code("django_filters") | (unlisted - catalogued)
    for domain in DOMAINS:
        idle = {key(message) for message in ours(domain)} - wanted[domain]
        assert not idle, f"nobody asks for these any more, or upstream has its own by now:\n{listed(idle)}"


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_message_is_fuzzy_empty_or_written_twice(domain):
    assert len(said(ours(domain))) == len(ours(domain)) > 0
    source = (OURS / "zh_Hant/LC_MESSAGES" / f"{domain}.po").read_text("utf-8")
    written = re.findall(r"^(?:msgctxt (\".*\")\n)?msgid (\".+\")$", source, re.MULTILINE)
    written = [(context, ast.literal_eval(text)) for context, text in written if text != '""']
    assert len(written) == len(set(written)) == len(ours(domain))


@pytest.mark.parametrize("domain", DOMAINS)
def test_chinese_has_one_plural_form(domain):
    with (OURS / "zh_Hant/LC_MESSAGES" / f"{domain}.po").open("rb") as source:
        catalogue = read_po(source)
    assert catalogue.num_plurals == 1
    assert str(catalogue.locale) == "zh_Hant"
    assert all(len(forms(message.string)) == 1 for message in ours(domain))


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_survive_translation(domain):
    for message in ours(domain):
        answer = sorted(PLACEHOLDER.findall(forms(message.string)[0]))
        assert answer in [sorted(PLACEHOLDER.findall(form)) for form in forms(message.id)], message.id


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_words_are_those_of_taiwan(domain):
    for message in ours(domain):
        answer = forms(message.string)[0]
        # Big5, drawn up in Taiwan, has no place for characters that exist only in Simplified Chinese.
        assert answer == answer.encode("cp950", "replace").decode("cp950"), answer
        assert not FOREIGN.search(answer), answer
