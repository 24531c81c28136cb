"""Campaigns and links over the API: the desk's own forms and verbs."""

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from community.campaigns import destinations, linking
from community.campaigns.models import Campaign, TrackedLink

pytestmark = pytest.mark.django_db


def test_a_campaign_is_opened_read_changed_and_put_away(ask, mark):
    made = ask("post", "/campaigns", {"name": "夏日冰釀", "starts_on": "2026-07-01", "greeting_zh": "來喝一杯"})
    assert made.status_code == 201
    told = made.json()
    assert Campaign.objects.get(pk=told["id"]).owner == mark
    assert (told["starts_on"], told["archived_at"]) == ("2026-07-01", None)
    assert told["made_at"].endswith("Z")
    changed = ask("patch", f"/campaigns/{told['id']}", {"name": "夏日"}).json()
    assert (changed["name"], changed["key"], changed["greeting_zh"]) == ("夏日", told["key"], "來喝一杯")
    assert ask("patch", f"/campaigns/{told['id']}", {"starts_on": None}).json()["starts_on"] is None
    assert ask("put", f"/campaigns/{told['id']}/archive").json()["archived_at"]
    assert ask("get", "/campaigns").json()["items"] == []
    assert len(ask("get", "/campaigns?archived=true").json()["items"]) == 1
    assert ask("delete", f"/campaigns/{told['id']}/archive").json()["archived_at"] is None


def test_a_links_card_shows_a_picture_of_the_desk(ask, program, mark, campaign):
    picture = get_image_model().objects.create(title="冰釀", file=get_test_image_file())
    (listed,) = ask("get", "/pictures").json()["items"]
    assert (listed["id"], listed["title"], listed["width"]) == (picture.pk, "冰釀", 640)
    told = {"campaign": campaign.pk, "channel": "dcard", "label": "心得", "destination": "/forum/"}
    made = ask("post", "/links", told | {"card_picture": picture.pk}).json()
    link = TrackedLink.objects.get()
    assert (made["card_picture"], link.card_picture) == (picture.pk, picture)
    assert ask("patch", f"/links/{link.pk}", {"label": "x"}).json()["card_picture"] == picture.pk
    assert ask("patch", f"/links/{link.pk}", {"card_picture": None}).json()["card_picture"] is None
    refused = ask("patch", f"/links/{link.pk}", {"card_picture": picture.pk + 1})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/card_picture")
    reader = program(mark, "links:read")
    assert reader("patch", f"/links/{link.pk}", {"card_picture": picture.pk}).status_code == 403
    assert reader("get", "/pictures").status_code == 200
    assert program(mark, "stats:read")("get", "/pictures").status_code == 403
    assert program()("get", "/pictures").status_code == 401


def test_the_desks_rules_hold_here_too(ask, campaign):
    for told, place in (
        ({"name": "x", "key": "spring"}, "/key"),
        ({"name": "x", "starts_on": "2026-02-02", "ends_on": "2026-02-01"}, "/"),
    ):
        refused = ask("post", "/campaigns", told)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == place


def test_a_link_is_made_read_changed_and_put_away(ask, campaign, mark):
    made = ask(
        "post", "/links", {"campaign": campaign.pk, "channel": "dcard", "label": "心得", "destination": "/forum/"}
    )
    assert made.status_code == 201
    told = made.json()
    link = TrackedLink.objects.get()
    assert link.made_by == mark
    assert told["url"] == link.url
    assert (told["utm_source"], told["utm_campaign"], told["destination"]) == ("dcard", "spring", "/forum/")
    assert ask("get", f"/links/{link.pk}").json() == told
    changed = ask("patch", f"/links/{link.pk}", {"label": "更正", "utm_content": "B"}).json()
    assert (changed["label"], changed["utm_content"], changed["destination"]) == ("更正", "b", "/forum/")
    assert ask("patch", f"/links/{link.pk}", {"destination": "/articles/"}).json()["destination"] == "/articles/"
    link.refresh_from_db()
    assert destinations.address_of(link) == "/articles/"
    assert ask("put", f"/links/{link.pk}/archive").json()["archived_at"]
    assert ask("get", "/links").json()["items"] == []
    assert ask("delete", f"/links/{link.pk}/archive").json()["archived_at"] is None


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"destination": "https://evil.example/"}, "/destination"),
        ({"destination": "//evil.example/"}, "/destination"),
        ({"destination": "javascript:alert(1)"}, "/destination"),
        ({"destination": "/\x00"}, "/destination"),
        ({"label": "\u200b"}, "/label"),
        ({"code": "admin"}, "/code"),
        ({"code": "a/b"}, "/code"),
        ({"campaign": 999999}, "/campaign"),
        ({"channel": "myspace"}, "/channel"),
        ({"label": 5}, "/label"),
        ({"label": "\ud800"}, "/label"),
    ],
)
def test_a_link_that_cannot_be_is_explained(told, place, ask, campaign):
    told = {"campaign": campaign.pk, "channel": "x", "label": "貼文", "destination": "/forum/"} | told
    refused = ask("post", "/links", told)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == place
    assert not TrackedLink.objects.exists()


def test_a_persons_address_never_goes_into_a_link(ask, link):
    refused = ask("patch", f"/links/{link.pk}", {"utm_content": "ada@example.com"})
    assert refused.json()["errors"][0]["pointer"] == "/utm_content"


def test_many_links_are_made_together_or_not_at_all(ask, campaign):
    one = {"campaign": campaign.pk, "channel": "x", "label": "甲", "destination": "/forum/", "code": "eins"}
    two = {**one, "label": "乙", "code": "zwei"}
    made = ask("post", "/links/bulk", {"links": [one, two]})
    assert made.status_code == 201
    assert [each["code"] for each in made.json()["items"]] == ["eins", "zwei"]
    refused = ask("post", "/links/bulk", {"links": [{**one, "code": "drei"}, {**one, "code": "eins"}]})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/links/1/code"
    assert TrackedLink.objects.count() == 2
    assert ask("post", "/links/bulk", {"links": []}).status_code == 422
    assert ask("post", "/links/bulk", {"links": [one] * 101}).status_code == 422


def test_lists_are_paged_by_key_and_narrowed(ask, campaign, mark, django_assert_max_num_queries):
    other = linking.open_campaign(by=mark, name="另一個", key="other")
    for number in range(7):
        linking.make_link(campaign=campaign, channel="x", label=f"{number}", destination="/forum/")
    linking.make_link(campaign=other, channel="plurk", label="p", destination="/forum/", code="purl")
    ask("get", "/links")
    seen, after = [], ""
    while after is not None:
        with django_assert_max_num_queries(9):
            part = ask("get", f"/links?size=3&after={after}").json()
        seen += [each["label"] for each in part["items"]]
        after = part["next"]
    assert seen == ["p", "6", "5", "4", "3", "2", "1", "0"]
    assert len(ask("get", f"/links?campaign={campaign.pk}").json()["items"]) == 7
    assert len(ask("get", "/links?channel=plurk").json()["items"]) == 1
    assert ask("get", "/links?code=ＰＵＲＬ").json()["items"][0]["label"] == "p"
    assert ask("get", "/links?size=0").status_code == 422
    assert ask("get", "/links?size=201").status_code == 422
    assert ask("get", "/links?after=damaged").status_code == 200


def test_what_is_not_there_is_missing(ask):
    for method, path in (("get", "/links/1"), ("patch", "/links/1"), ("put", "/links/1/archive"),
                         ("delete", "/links/1/archive"), ("get", "/campaigns/1"), ("patch", "/campaigns/1"),
                         ("put", "/campaigns/1/archive"), ("delete", "/campaigns/1/archive")):  # fmt: skip
        assert ask(method, path, {} if method == "patch" else None).status_code == 404


@pytest.mark.parametrize("who", ["ben", "edda", "mod"])
def test_whoever_may_not_at_the_desk_may_not_here(who, request, program, campaign):
    ask = program(request.getfixturevalue(who))
    assert ask("get", "/campaigns").status_code == 403
    assert ask("get", "/links").status_code == 403
    assert ask("post", "/campaigns", {"name": "x"}).status_code == 403


def test_a_pause_is_begun_and_ended(ask, campaign, link):
    for place in (f"/campaigns/{campaign.pk}", f"/links/{link.pk}"):
        assert ask("put", f"{place}/pause").json()["paused_at"]
        assert ask("delete", f"{place}/pause").json()["paused_at"] is None
        assert ask("get", place).json()["paused_at"] is None


EVERYTHING = {
    "tags": ["夏天", "第一波"],
    "notes": "給阿明看",
    "starts_at": "2026-07-01T10:00:00+08:00",
    "before_address": "/",
    "ends_at": "2026-07-31T15:59:00Z",
    "after_address": "/articles/",
    "most_visits": 500,
    "full_address": "/forum/",
    "card_title": "冰釀",
    "card_text": "來喝一杯",
    "utm_content": "b",
}
KEPT = EVERYTHING | {"starts_at": "2026-07-01T02:00:00Z"}


def test_a_link_is_made_with_everything_the_desk_knows(ask, campaign, mark):
    told = {"campaign": campaign.pk, "channel": "plurk", "label": "a", "destination": "/forum/", **EVERYTHING}
    made = ask("post", "/links", told).json()
    assert {name: made[name] for name in KEPT} == KEPT | {"tags": made["tags"]}
    assert set(made["tags"]) == set(EVERYTHING["tags"])
    assert (made["owner"], made["utm_source"], made["utm_campaign"]) == (mark.handle, "plurk", "spring")
    assert ask("get", f"/links/{made['id']}").json() == made
    assert ask("get", "/links").json()["items"] == [made]
    bare = ask("post", "/links", told | {"owner": None, "utm_source": "", "tags": []}).json()
    assert (bare["owner"], bare["utm_source"], bare["tags"]) == (None, "", [])


def test_each_part_of_a_link_is_changed_alone_and_emptied(ask, link, mark, ada):
    place = f"/links/{link.pk}"
    before = ask("get", place).json()
    changed = ask("patch", place, EVERYTHING | {"owner": f"@{mark.handle.upper()}"}).json()
    assert changed == before | KEPT | {"owner": mark.handle, "tags": changed["tags"]}
    assert set(changed["tags"]) == set(EVERYTHING["tags"])
    assert ask("patch", place, {"label": "別的"}).json() == changed | {"label": "別的"}
    emptied = ask("patch", place, dict.fromkeys([*EVERYTHING, "owner"])).json()
    assert emptied == before | {"label": "別的"}


def test_a_link_stays_with_an_owner_who_left_the_desk(ask, link, ada):
    link.owner = ada
    link.save()
    assert ask("patch", f"/links/{link.pk}", {"notes": "x"}).json()["owner"] == ada.handle


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"owner": "ada"}, "/owner"),
        ({"owner": "\x00"}, "/owner"),
        ({"starts_at": "2026-07-02T00:00:00Z", "ends_at": "2026-07-01T00:00:00Z"}, "/ends_at"),
        ({"starts_at": "2026-07-02"}, "/starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "/starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-12:00"}, "/ends_at"),
        ({"before_address": "https://evil.example/"}, "/before_address"),
        ({"after_address": "/go/x"}, "/after_address"),
        ({"full_address": "javascript:alert(1)"}, "/full_address"),
        ({"most_visits": 0}, "/most_visits"),
        ({"tags": ["a,b"]}, "/tags/0"),
        ({"tags": ["x" * 41]}, "/tags/0"),
        ({"notes": "x" * 2001}, "/notes"),
    ],
)
def test_what_does_not_fit_a_link_is_explained_when_making_and_changing(told, place, ask, campaign, link, ada):
    whole = {"campaign": campaign.pk, "channel": "x", "label": "b", "destination": "/forum/"} | told
    for refused in (ask("patch", f"/links/{link.pk}", told), ask("post", "/links", whole)):
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == place
    in_bulk = ask("post", "/links/bulk", {"links": [whole]}).json()["errors"][0]["pointer"]
    assert in_bulk == f"/links/0{place}"
    assert TrackedLink.objects.count() == 1


def test_lists_ask_as_often_with_tags_and_owners(ask, campaign, mark, django_assert_max_num_queries):
    for number in range(12):
        linking.make_link(
            campaign=campaign, channel="x", label=f"{number}", destination="/", owner=mark, tags=[f"t{number}", "x"]
        )
    ask("get", "/links")
    with django_assert_max_num_queries(10):
        assert len(ask("get", "/links").json()["items"][0]["tags"]) == 2
