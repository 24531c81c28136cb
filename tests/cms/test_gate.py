"""What stands below the divider reaches those it is for, and nobody else, by whatever way they ask."""

import json
import re

import pytest

from accounts.models import Tier
from cms import finding
from tests.cms import windows
from tests.cms.windows import OPEN, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def gated():
    return windows.article(tier=Tier.objects.get(rank=2))


def test_a_stranger_gets_the_teaser_and_one_join_card(stranger, gated):
    answer = stranger.get(gated.url)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert OPEN in page
    assert SECRET not in page
    assert page.count('action="/join/"') == 1
    assert f'name="next" value="{gated.url}"' in page


def test_the_wrong_tier_is_told_what_opens_it_and_is_not_asked_to_join(as_chen, gated):
    page = as_chen.get(gated.url).content.decode()
    assert OPEN in page
    assert SECRET not in page
    assert "常客" in page
    assert 'action="/join/"' not in page


@pytest.mark.parametrize("reader", ["as_ben", "as_ada", "as_edda", "as_mod"])
def test_its_tier_those_above_and_staff_read_on_in_a_private_copy(request, reader, gated):
    answer = request.getfixturevalue(reader).get(gated.url)
    assert SECRET in answer.content.decode()
    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


def test_a_divider_without_a_tier_is_for_every_member(stranger, as_chen):
    article = windows.article()
    assert SECRET not in stranger.get(article.url).content.decode()
    assert SECRET in as_chen.get(article.url).content.decode()


def test_a_tier_without_a_divider_keeps_the_whole_body(stranger, as_chen, as_ben):
    article = windows.article(tier=Tier.objects.get(rank=2), body=[windows.text(SECRET)])
    assert SECRET not in stranger.get(article.url).content.decode()
    assert SECRET not in as_chen.get(article.url).content.decode()
    assert SECRET in as_ben.get(article.url).content.decode()


def test_without_divider_and_tier_all_of_it_is_for_everyone(stranger):
    article = windows.article(body=[windows.text(SECRET)])
    page = stranger.get(article.url).content.decode()
    assert SECRET in page
    assert 'class="veil"' not in page


def test_a_divider_with_nothing_below_it_veils_nothing(stranger):
    article = windows.article(tier=Tier.objects.get(rank=2), body=[windows.text(OPEN), ("divider", None)])
    assert 'class="veil"' not in stranger.get(article.url).content.decode()


def test_a_member_who_was_shut_out_of_the_house_is_a_stranger(ben, as_ben, gated):
    ben.is_active = False
    ben.save()
    assert SECRET not in as_ben.get(gated.url).content.decode()


@pytest.mark.parametrize("reader", ["stranger", "as_ben", "as_root"])
@pytest.mark.parametrize("address", ["/", "/articles/", "/feed/", "/sitemap.xml", "/sitemap-pages.xml", "/robots.txt"])
def test_no_list_feed_or_map_says_a_word_of_it(request, reader, address, gated):
    answer = request.getfixturevalue(reader).get(address)
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


def test_cards_and_data_for_machines_say_that_it_is_kept_and_nothing_of_it(as_ben, stranger, gated):
    for reader in (stranger, as_ben):
        head = reader.get(gated.url).content.decode().split("</head>")[0]
        assert SECRET not in head
        told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', head, re.S)[1])
        assert told["isAccessibleForFree"] is False
        assert told["hasPart"]["cssSelector"] == ".veil"


def test_even_the_desks_own_search_knows_only_what_everyone_may_read(gated):
    indexed = [field.get_value(gated) for field in gated.get_search_fields() if hasattr(field, "get_value")]
    assert any(OPEN in str(value) for value in indexed)
    assert not any(SECRET in str(value) for value in indexed)


def test_there_is_no_api_and_no_oembed_of_pages(stranger, gated):
    for address in (f"/api/v2/pages/{gated.pk}/", "/api/pages/", "/oembed/", "/services/oembed/"):
        assert stranger.get(address).status_code == 404


def test_the_search_of_the_house_shows_where_it_is_said_above_the_divider_and_nothing_below(stranger, gated):
    finding.note(gated)
    found = stranger.get("/forum/search/", {"q": OPEN, "kind": "article"}).content.decode()
    assert f"<mark>{OPEN}</mark>" in found
    assert gated.url not in stranger.get("/forum/search/", {"q": SECRET}).content.decode()
