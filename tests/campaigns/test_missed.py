"""Codes that nobody made: listed with where they came from, made in one click, or waved off."""

import pytest
from django.urls import reverse

from community.campaigns import linking, missing
from community.campaigns.models import Miss, TrackedLink
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(db):
    return linking.make_link(
        campaign=make_campaign(), channel="plurk", label="求救", destination="/forum/", code="rescue"
    )


def test_misses_are_grouped_by_code_with_where_they_came_from(as_mark, link):
    for referrer, times in (("ptt.cc", 3), ("", 2)):
        for _ in range(times):
            linking.note_miss(code="Rescu", referrer=referrer)
    page = as_mark.get(reverse("campaigns:missed")).content.decode()
    assert page.count("<code>rescu</code>") == 1
    assert "ptt.cc" in page
    assert "rescue · 求救" in page


def test_one_click_fills_the_link_from_the_one_that_was_meant(as_mark, link):
    linking.note_miss(code="rescu", referrer="ptt.cc")
    place = reverse("campaigns:missed_link") + "?code=rescu"
    form = as_mark.get(place).content.decode()
    assert 'value="/forum/"' in form
    assert 'value="rescu"' in form
    told = {
        "campaign": link.campaign_id,
        "channel": "ptt",
        "label": "少一個字",
        "destination": "/forum/",
        "code": "rescu",
    }
    assert as_mark.post(place, told).status_code == 302
    assert TrackedLink.objects.coded("RESCU").get().label == "少一個字"
    assert "<code>rescu</code>" not in as_mark.get(reverse("campaigns:missed")).content.decode()
    assert as_mark.post(place, told).status_code == 422


def test_a_code_is_waved_off_and_shown_again(as_mark):
    linking.note_miss(code="wp-login", referrer="")
    place = reverse("campaigns:missed_ignore")
    as_mark.post(place, {"code": "wp-login"})
    assert "wp-login" not in as_mark.get(reverse("campaigns:missed")).content.decode()
    assert "wp-login" in as_mark.get(reverse("campaigns:missed") + "?ignored=1").content.decode()
    as_mark.post(place, {"code": "wp-login", "out": "1"})
    assert "wp-login" in as_mark.get(reverse("campaigns:missed")).content.decode()


def test_far_codes_are_no_suggestion_and_short_ones_must_be_nearer(link):
    assert missing.meant(["rescxx", "resque", "zzz", "r", ""]) == {"rescxx": link, "resque": link}
    assert missing.meant(["resc"]) == {}


def test_missed_codes_are_read_in_pages_at_the_same_cost(as_mark, link, django_assert_max_num_queries):
    Miss.objects.bulk_create(
        Miss(code=f"rescue{n:03}", day="2026-11-01", referrer="ptt.cc", count=n + 1) for n in range(35)
    )
    place = reverse("campaigns:missed")
    as_mark.get(place)
    with django_assert_max_num_queries(16):
        first = as_mark.get(place).content.decode()
    assert first.count("<code>rescue") == 30
    after = first.partition("?after=")[2].partition('"')[0]
    assert as_mark.get(f"{place}?after={after}").content.decode().count("<code>rescue") == 5
    assert as_mark.get(f"{place}?after=x").status_code == 200


@pytest.mark.parametrize("code", ["", "a" * 5000, "../..", "＜script＞", "%FF"])
def test_wild_codes_break_nothing(code, as_mark, link):
    assert as_mark.get(reverse("campaigns:missed_link") + f"?code={code}").status_code == 200
    assert as_mark.post(reverse("campaigns:missed_ignore"), {"code": code}).status_code == 302
