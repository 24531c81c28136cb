"""The desk speaks Traditional Chinese as Taiwan writes it: community/locale_desk says what others leave unsaid, or say badly."""

import ast
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings

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
# Packages whose Chinese our people read: what runs here, and Django itself.
INSTALLED = (
    *(package for package in CATALOGUED if apps.is_installed(package)),
    "django.conf",
    *(package for package in settings.INSTALLED_APPS if package.startswith("django.contrib.")),
)
# Where a message must stand to be read: allauth's own pages are closed, Django's are for those who program it.
HEARD = {"allauth": re.compile(r"(account|core)/.*\.py"), "django.conf": re.compile(r"(?!views/|conf/)")}
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
# Words of the mainland, the manner of another house (您, exclamation marks), and slips of the brush.
FOREIGN = re.compile(
    r"[您！!]"
    r"|用戶|登[錄陸]|搜索|創建|默認|鏈接|超連接|文本|視頻|屏幕|全屏|信息|支持|點擊|保存|設置|(?<!版面)配置|訪問|站點|重定向|文件[夾大過]"
    r"|批量|注釋|禁用|對象|刷新|加載|崩潰|多選框|數據|令牌|會話|當前|首選|重置|占用|激活|服務器|網絡|軟件|硬盤|鼠標|字符|打印|打開|界面"
    r"|隱蔽|縮略名|短標題|控制面板|資源管理器|條目|通配符|發件人|臨時|二進制|上一級|轉到"
    r"|[批核]準|標簽|預覧|驗証|己[核已]|作何|面頁|群群|選則|其它|發布|重覆|為啥|為何|[啊吧呢]"
)
# Marks Taiwan does not set: quotation marks of the West, three dots, half-width stops after a Han letter.
HALF_WIDTH = re.compile(r"""["'“”]|\.\.\.|[\u4e00-\u9fff，。：；] ?[,;:?]|[\u4e00-\u9fff]  +|\xa0""")
TAG = re.compile(r"<[^>]*>")
# Answers that are no sentences: Django's code takes them apart by these very marks.
MACHINE_READ = {"yes,no,maybe", ":?.!"}


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


def is_correction(message):
    return "correction" in message.auto_comments


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
def upstream(package, domain):
    """What the package itself would say in Traditional Chinese, where people here come to read it."""
    folder, place = home(package) / "locale", HEARD.get(package, re.compile(""))
    answers = read(folder, "zh_Hant", domain)
    written = {key(message): message.locations for message in (*answers, *read(folder, "en", domain))}
    return {
        key(message): forms(message.string)[0]
        for message in answers
        if key(message) in said([message]) and any(place.match(file) for file, _ in written[key(message)] or [("", 0)])
    }


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


def wrong(answer):
    # Big5, drawn up in Taiwan, has no place for characters that exist only in Simplified Chinese.
    simplified = answer.replace("\xa0", " ") != answer.replace("\xa0", " ").encode("cp950", "replace").decode("cp950")
    return simplified or FOREIGN.search(answer) or HALF_WIDTH.search(TAG.sub("", answer))


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
        idle = {key(message) for message in ours(domain) if not is_correction(message)} - wanted[domain]
        assert not idle, f"nobody asks for these any more, or upstream has its own by now:\n{listed(idle)}"


@pytest.mark.parametrize("domain", DOMAINS)
def test_corrections_differ_from_upstream(domain):
    theirs = [upstream(package, domain) for package in INSTALLED]
    corrections = {key(message): forms(message.string)[0] for message in ours(domain) if is_correction(message)}
    assert corrections
    idle = {
        asked for asked, answer in corrections.items() if {answers.get(asked, answer) for answers in theirs} == {answer}
    }
    assert not idle, f"upstream does not say these, or says them as we do by now:\n{listed(idle)}"


@pytest.mark.parametrize("domain", DOMAINS)
def test_corrections_stand_together_at_the_end(domain):
    marks = [is_correction(message) for message in ours(domain)]
    assert marks == sorted(marks)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("package", INSTALLED)
def test_what_people_read_is_written_as_in_taiwan(package, domain):
    answers = {key(message): forms(message.string)[0] for message in ours(domain)}
    read_here = {asked: answers.get(asked, theirs) for asked, theirs in upstream(package, domain).items()}
    strange = {asked: answer for asked, answer in read_here.items() if asked[1] not in MACHINE_READ and wrong(answer)}
    assert not strange, "\n".join(f"  {text!r} is {answer!r}" for (_, text), answer in strange.items())


def test_a_room_keeps_its_own_words():
    """The desk's folder overrides whole packages by the English alone, so every room's own must come before it."""
    *first, last = [Path(folder) for folder in settings.LOCALE_PATHS]
    assert last == OURS
    rooms = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR)]
    assert {room / "locale" for room in rooms if "site-packages" not in room.parts} <= set(first)


# Said by a room and by the desk in the same sense, and better as the room says it.
MEANT = {
    "Change",
    "Comments",
    "Edit this page",
    "Email",
    "Latest",
    "Numbered list",
    "Owner",
    "Published",
    "Unknown",
    "Views",
    "day",
    "description",
    "owner",
}


def test_a_rooms_own_words_are_not_heard_where_the_desk_means_something_else():
    """One English word, two meanings: the room's needs a context, or Wagtail's pages say "status code" for a state."""
    theirs = {}
    for package in INSTALLED:
        if package.startswith("wagtail"):
            theirs |= upstream(package, "django")
    theirs |= {key(message): forms(message.string)[0] for message in ours("django")}
    rooms = [message for folder in settings.LOCALE_PATHS[:-1] for message in read(Path(folder), "zh_Hant", "django")]
    said_here = {key(message): forms(message.string)[0] for message in rooms if not message.context}
    other = {asked for asked, answer in said_here.items() if theirs.get(asked, answer) != answer}
    assert {text for _context, text in other} == MEANT


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
        assert not wrong(answer), answer
