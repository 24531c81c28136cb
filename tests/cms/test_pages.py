"""The pages of the shop window: what each kind shows, to whom, and what a clumsy address gets."""

import json
import re
from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from cms.models import ArticleIndexPage, ArticlePage, HomePage, LandingPage
from tests.cms import windows

pytestmark = pytest.mark.django_db
EVERYONE = ["stranger", "as_chen", "as_ada", "as_edda"]


@pytest.mark.parametrize("reader", EVERYONE)
def test_the_house_stands_before_anyone_has_furnished_it(request, reader):
    client = request.getfixturevalue(reader)
    for address in ("/", "/articles/"):
        assert client.get(address).status_code == 200
    assert HomePage.objects.get().title == "Homeground 主場"


def test_every_kind_of_page_opens_for_everyone_in_both_languages(request):
    photo = windows.picture()
    body = [
        windows.text("磨豆機先別動"),
        ("heading", "水溫"),
        ("picture", {"image": photo, "alt": "濾杯", "caption": "早上七點"}),
        ("quote", {"text": "像烤地瓜", "who": "瑜珈老師", "role": ""}),
        ("gallery", {"pictures": [{"image": photo, "alt": f"第{n}張", "caption": ""} for n in range(2)]}),
        ("join", {"question": "想聽他怎麼說？", "words": "", "button": ""}),
    ]
    pages = [
        windows.article(body=body, cover=photo, cover_alt="封面", author=windows.member("wen")),
        windows.landing(body=body, picture=photo, picture_alt="主圖"),
        windows.plain(body=body),
    ]
    for page, reader, language in product(pages, EVERYONE, ["zh-Hant-TW", "en"]):
        answer = request.getfixturevalue(reader).get(page.url, headers={"Accept-Language": language})
        shown = answer.content.decode()
        assert answer.status_code == 200
        for words in ("磨豆機先別動", "像烤地瓜", "早上七點", "第1張"):
            assert words in shown, (page, reader, language)
        assert ('action="/join/"' in shown) is (reader == "stranger"), (page, reader, language)


def test_the_front_speaks_both_languages_as_far_as_it_was_told(stranger):
    home, card = (
        windows.home(),
        {"question": "今天這杯如何？", "words": "", "button": "", "question_en": "How is your cup?"},
    )
    home.lead, home.lead_en, home.body = "慢慢沖", "Take your time", [("join", card)]
    home.save_revision().publish()
    for language, said, unsaid in [
        ("zh-Hant-TW", ("慢慢沖", "今天這杯如何？"), ("Take your time", "How is your cup?")),
        ("en", ("Take your time", "How is your cup?"), ("慢慢沖", "今天這杯如何？")),
    ]:
        shown = stranger.get("/", headers={"Accept-Language": language}).content.decode().replace("<wbr>", "")
        assert all(words in shown for words in said), language
        assert not any(words in shown for words in unsaid), language
    home.lead_en = ""
    home.save_revision().publish()
    assert "慢慢沖" in stranger.get("/", headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.parametrize(("reader", "offered"), [("stranger", 0), ("as_ada", 0), ("as_mark", 0), ("as_edda", 1)])
def test_an_editor_finds_the_way_from_a_page_to_its_form(request, reader, offered):
    article = windows.article()
    page = request.getfixturevalue(reader).get(article.url).content.decode()
    assert page.count(f"/desk/pages/{article.pk}/edit/") == offered


def test_a_picture_keeps_its_place_and_only_the_first_does_not_wait(stranger):
    photo = windows.picture()
    body = [
        ("picture", {"image": photo, "alt": "一", "caption": ""}),
        ("picture", {"image": photo, "alt": "二", "caption": ""}),
    ]
    page = stranger.get(windows.plain(body=body).url).content.decode()
    first, second = re.findall(r"<picture>.*?</picture>", page, re.S)
    for picture in (first, second):
        assert 'type="image/avif"' in picture
        assert re.search(r'width="\d+" height="\d+"|height="\d+" .*width="\d+"', picture)
        assert "480w" in picture
    assert 'fetchpriority="high"' in first
    assert "lazy" not in first
    assert 'loading="lazy"' in second


def test_a_cover_is_the_first_picture_of_its_article(stranger):
    photo = windows.picture()
    article = windows.article(
        cover=photo, cover_alt="封面", body=[("picture", {"image": photo, "alt": "一", "caption": ""})]
    )
    page = stranger.get(article.url).content.decode()
    assert page.count('fetchpriority="high"') == 1
    assert page.count('loading="lazy"') == 1


def test_the_card_of_a_page_is_what_it_is_when_shared(stranger, edda):
    article = windows.article('水溫 <b>"八十九"</b> & 酸', cover=windows.picture(size=(1300, 800)), author=edda)
    head = stranger.get(article.url + "?utm_source=facebook").content.decode().split("</head>")[0]
    assert f'<link rel="canonical" href="http://testserver{article.url}">' in head
    assert '<meta property="og:type" content="article">' in head
    assert '<meta property="og:image:width" content="1200">' in head
    assert 'content="水溫 &lt;b&gt;' in head
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', head, re.S)[1]
    assert "<b>" not in data
    told = json.loads(data)
    assert told["@type"] == "Article"
    assert told["author"]["name"] == edda.name
    assert "utm_source" not in head


def test_minutes_are_those_of_a_reader_in_taiwan(stranger):
    article = windows.article(body=[windows.text("水" * 1040)], intro="開頭" * 5)
    assert article.minutes == 3
    assert windows.article("短", body=[]).minutes == 1
    assert windows.article("English", intro="words " * 50, body=[windows.text("words " * 400)]).minutes == 3


def test_the_list_is_paged_by_key_and_asks_a_fixed_number_of_questions(stranger, edda, django_assert_max_num_queries):
    photo = windows.picture()
    for number in range(14):
        windows.article(f"第{number}篇", author=edda, cover=photo, body=[], dated=now() - timedelta(days=number))
    stranger.get("/articles/")
    with django_assert_max_num_queries(16):
        page = stranger.get("/articles/").content.decode()
    assert page.count('class="story"') == 12
    assert "第\u20600篇" in page
    following = re.search(r'href="(\?after=[^"]+)"', page)[1]
    older = stranger.get("/articles/" + following).content.decode()
    assert older.count('class="story"') == 2
    assert "第\u206013篇" in older


@pytest.mark.parametrize("after", ["x", "%00", "W10", "a" * 5000, "eyJ9", "%F0%9F%92%A9"])
def test_a_damaged_place_in_the_list_begins_it_again(stranger, after):
    assert stranger.get(f"/articles/?after={after}").status_code in {200, 400}


def test_drafts_and_private_pages_are_in_no_list(stranger):
    draft = windows.article("草稿")
    draft.unpublish()
    for address in ("/", "/articles/", "/feed/", "/sitemap-pages.xml"):
        assert "草稿" not in stranger.get(address).content.decode()
    assert stranger.get(draft.url).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere/", 404),
        ("/articles/%00/", 400),
        ("/%E4%B8%8D%E5%9C%A8/", 404),
        ("/articles/" + "x" * 7000 + "/", 404),
        ("/" + "a/" * 2000, 404),
        ("/%ff%fe/", 404),
        ("/articles/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/articles/%ED%A0%80/", 404),
    ],
)
def test_a_clumsy_address_gets_a_plain_answer(stranger, path, status):
    answer = stranger.get(path, follow=True)
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_read_and_nothing_else(stranger, method):
    assert getattr(stranger, method)("/articles/").status_code in {200, 405}


@pytest.mark.parametrize("title", ["手沖總是太酸？", "！？", "☕☕", "Iced & hot", "臺灣 咖啡 2026"])
def test_a_title_makes_a_sensible_address(stranger, title):
    article = windows.article(title)
    assert article.slug
    assert not set(article.slug) & set("？！☕& ")
    assert stranger.get(article.url).status_code == 200


@pytest.mark.parametrize("slug", ["forum", "desk", "join", "go", "static", "feed", "me", "live"])
def test_a_page_does_not_hide_another_part_of_the_site(slug):
    with pytest.raises(ValidationError):
        windows.landing(slug=slug)
    assert windows.landing(slug).slug == f"{slug}-page"
    assert windows.article(slug, body=[]).url == f"/articles/{slug}/"


def test_two_articles_may_have_the_same_title(stranger):
    first, second = windows.article("同名"), windows.article("同名")
    assert first.slug != second.slug


def test_at_most_one_divider(as_edda):
    block = ArticlePage._meta.get_field("body").stream_block
    value = block.to_python([{"type": "divider", "value": None}] * 2)
    with pytest.raises(ValidationError):
        block.clean(value)
    assert "divider" not in LandingPage._meta.get_field("body").stream_block.child_blocks


def test_only_fitting_pages_stand_below_one_another():
    assert ArticleIndexPage.allowed_subpage_models() == [ArticlePage]
    assert ArticlePage.allowed_subpage_models() == []
    assert not HomePage.can_create_at(windows.home())
    assert not ArticleIndexPage.can_create_at(windows.home())
