"""Who someone is here, and what their tier opens."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import climbing, joining, tiers
from accounts.models import Consent, Member, Tier

pytestmark = pytest.mark.django_db


def test_rank_is_one_comparison(ada, chen, host):
    assert [tiers.rank_of(p) for p in (AnonymousUser(), None, chen, ada)] == [0, 0, 1, 3]
    assert tiers.rank_of(host) == tiers.STAFF
    assert tiers.opens(chen, None)
    assert not tiers.opens(chen, Tier.objects.get(rank=2))
    chen.is_active = False
    assert tiers.rank_of(chen) == 0


def test_a_tier_is_kept_as_a_history(chen, root):
    regular = Tier.objects.get(rank=2)
    assert climbing.grant(member=chen, tier=regular, reason="kind", by=root)
    assert not climbing.grant(member=chen, tier=regular)
    chen.refresh_from_db()
    assert chen.tier == regular
    then, before = chen.standings.all()
    assert (then.tier, then.until, then.by) == (regular, None, root)
    assert before.until == then.since


@pytest.mark.parametrize("again", ["ADA", "ＡＤＡ", "аda", "a\u200bda"])
def test_handles_that_look_alike_collide(ada, again):
    assert not joining.handle_is_free(again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(handle=again, name="x")


def test_handles_may_be_han(chen, as_chen):
    as_chen.post("/me/", {"name": "米粉湯", "handle": "米粉湯"})
    chen.refresh_from_db()
    assert chen.handle == "米粉湯"
    assert as_chen.get(chen.get_absolute_url()).status_code == 200


def test_an_address_may_be_missing_more_than_once():
    assert joining.admit(email=None) != joining.admit(email=None)


@pytest.mark.parametrize(
    "told", [{"name": ""}, {"name": "x" * 31}, {"name": "\u200b\u200b"}, {"name": "a", "handle": "官方"},
             {"name": "a", "handle": "has blank"}, {"name": "a", "handle": "ADA"}, {"name": "a", "time_zone": "Mars/Base"},
             {"name": "a", "locale": "tlh"}, {"name": "a", "handle": "x" * 31}]
)  # fmt: skip
def test_a_profile_that_cannot_be_is_shown_again_with_what_was_typed(ada, as_chen, told):
    answer = as_chen.post("/me/", told)
    assert answer.status_code == 422
    assert answer.context["form"].data.get("name") == told["name"]


def test_consent_to_marketing_can_be_given_and_taken_back(chen, as_chen):
    as_chen.post("/me/", {"name": "Chen", "marketing": "on"})
    assert Consent.objects.standing(chen, "marketing").count() == 1
    as_chen.post("/me/", {"name": "Chen"})
    assert Consent.objects.standing(chen, "marketing").count() == 0
    assert chen.consents.count() == 2  # terms, and what was taken back


def test_a_new_member_is_asked_for_a_name_where_they_are(as_chen, chen):
    assert as_chen.post("/me/name/", {"name": "小陳", "next": "/forum/"}).url == "/forum/"
    chen.refresh_from_db()
    assert chen.name == "小陳"
    for wrong in ("", "一個實在太長而且怎麼唸都唸不完的名字" * 4):
        asked = as_chen.post("/me/name/", {"name": wrong, "next": "/forum/"})
        assert asked.status_code == 422
        assert asked.context["form"].errors.keys() == {"name"}
        assert asked.context["form"]["name"].value() == wrong
        assert asked.context["form"]["handle"].value() == chen.handle


@pytest.mark.parametrize("name", ["阿崙師傅", "阿 崙師傅", "阿崙\u200b師傅", "客服"])
def test_nobody_is_called_like_somebody_of_the_house(name, as_chen, as_ada, chen, ada, host):
    joining.present(member=host, name="阿崙師傅")
    for address in ("/me/", "/me/name/"):
        told = as_chen.post(address, {"name": name, "handle": chen.handle})
        assert told.status_code == 422
        assert "品牌自己的夥伴" in told.content.decode()
    chen.refresh_from_db()
    assert chen.name != name
    joining.present(member=ada, name="阿崙師傅")  # who was called so before stays so, whatever else they change
    assert as_ada.post("/me/", {"name": "阿崙師傅", "handle": ada.handle}).status_code == 302
    assert as_chen.post("/me/", {"name": "阿崙的徒弟", "handle": chen.handle}).status_code == 302


def test_strangers_are_asked_in_and_come_back(stranger):
    assert stranger.get("/me/?a=b").url == "/join/?next=%2Fme%2F%3Fa%3Db"
    assert stranger.post("/me/name/", {"name": "x"}).url.startswith("/join/")
    asked = stranger.get("/me/", headers={"HX-Request": "true"})
    assert asked.headers["HX-Redirect"].startswith("/join/")


def test_who_was_signed_out_while_writing_keeps_the_words_and_comes_back_to_their_page(stranger):
    page = {"Referer": "http://testserver/me/?next=%2Fforum%2F"}
    told = stranger.post("/me/name/", {"name": "x"}, headers={**page, "HX-Request": "true"})
    assert told["Signed-Out"], "the page takes an answer that leads elsewhere for one that has its words"
    assert told["HX-Redirect"] == stranger.post("/me/name/", {"name": "x"}, headers=page).url
    assert told["HX-Redirect"] == "/join/?next=%2Fme%2F%3Fnext%3D%252Fforum%252F"
    for strange in ("https://evil.example/a", "http://testserver//evil.example/", "http://[", ""):
        assert stranger.post("/me/name/", headers={"Referer": strange}).url == "/join/?next=%2F"


def test_a_member_who_left_has_no_page(stranger, chen):
    assert stranger.get("/members/chen/").status_code == 200
    chen.is_active = False
    chen.save()
    assert stranger.get("/members/chen/").status_code == 404
    assert stranger.get("/members/nobody/").status_code == 404


def test_clean_names_the_handle_that_is_taken(ada):
    with pytest.raises(ValidationError, match="handle"):
        Member(handle="Ada", name="x", password="x").full_clean()
