"""Rules and the split of a link at the desk."""

import pytest
from django.test import Client

from community.campaigns import linking, rules, steering
from community.campaigns.models import Change, Rule, Split
from tests.campaigns.knocking import campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(db):
    return linking.make_link(campaign=campaign(), channel="x", label="a", destination="/forum/", code="spring")


@pytest.fixture
def at(link):
    return f"/desk/campaigns/links/{link.pk}"


@pytest.mark.parametrize(
    ("kind", "told", "value"),
    [
        ("device", {"asked": ["ios", "tablet"]}, "tablet,ios"),
        ("app", {"asked": ["line"]}, "line"),
        ("language", {"asked": "EN、ja"}, "en,ja"),
        ("dates", {"starts": "2026-12-01T09:00"}, "2026-12-01T09:00:00+08:00/"),
        ("query", {"asked": "?ref=Amy"}, "ref=Amy"),
    ],
)
def test_each_kind_of_rule_can_be_added(as_mark, link, at, kind, told, value):
    told = {f"{kind}-{name}": asked for name, asked in told.items()}
    answer = as_mark.post(f"{at}/rules/", {"kind": kind, f"{kind}-destination": "/other/", **told})
    assert answer["Location"] == f"{at}/ways/"
    rule = Rule.objects.get()
    assert (rule.kind, rule.value, rule.address, rule.position) == (kind, value, "/other/", 0)
    page = as_mark.get(f"{at}/ways/").content.decode()
    assert rules.said(rule) in page
    assert "/other/" in page


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "device", "device-asked": "ios", "device-destination": "https://evil.example/"},
        {"kind": "device", "device-asked": "ios", "device-destination": "/go/spring"},
        {"kind": "device", "device-asked": "ios", "device-destination": "/%67o/spring"},
        {"kind": "device", "device-asked": "toaster", "device-destination": "/"},
        {"kind": "device", "device-destination": "/"},
        {"kind": "dates", "dates-destination": "/"},
        {"kind": "language", "language-asked": "<script>", "language-destination": "/"},
        {"kind": "weather"},
        {},
    ],
)
def test_a_rule_that_makes_no_sense_or_runs_in_a_circle_is_refused(as_mark, at, told):
    assert as_mark.post(f"{at}/rules/", told).status_code == 422
    assert not Rule.objects.exists()


def test_rules_move_and_go(as_mark, link, at):
    made = [
        steering.add_rule(link=link, kind="query", value=f"n={number}", destination=f"/{number}/")
        for number in range(3)
    ]
    as_mark.post(f"/desk/campaigns/rules/{made[2].pk}/", {"act": "up"})
    as_mark.post(f"/desk/campaigns/rules/{made[0].pk}/", {"act": "down"})
    as_mark.post(f"/desk/campaigns/rules/{made[2].pk}/", {"act": "up"})
    assert [rule.pk for rule in Rule.objects.of(link).in_order()] == [made[2].pk, made[0].pk, made[1].pk]
    as_mark.post(f"/desk/campaigns/rules/{made[0].pk}/", {"act": "remove"})
    assert [rule.pk for rule in Rule.objects.of(link).in_order()] == [made[2].pk, made[1].pk]
    as_mark.post(f"/desk/campaigns/rules/{made[1].pk}/", {"act": "explode"})
    assert Rule.objects.count() == 2


def test_the_first_arm_brings_the_links_own_way_with_it(as_mark, link, at):
    as_mark.post(f"{at}/arms/", {"arm-weight": "30", "arm-destination": "/b/"})
    assert list(Split.objects.of(link).in_order().values_list("arm", "weight", "address")) == [
        (0, 70, ""),
        (1, 30, "/b/"),
    ]
    page = as_mark.get(f"{at}/ways/").content.decode()
    assert "<b>A</b>" in page
    assert "<b>B</b>" in page


def test_an_arm_that_ended_keeps_its_letter_for_ever(as_mark, link, at):
    as_mark.post(f"{at}/arms/", {"arm-weight": "50", "arm-destination": "/b/"})
    b = Split.objects.get(arm=1)
    as_mark.post(f"/desk/campaigns/arms/{b.pk}/", {"act": "end"})
    assert as_mark.post(f"/desk/campaigns/arms/{b.pk}/", {"act": "end"}).status_code == 404
    as_mark.post(f"{at}/arms/", {"arm-weight": "50", "arm-destination": "/c/"})
    assert list(Split.objects.running().in_order().values_list("arm", "address")) == [(0, ""), (2, "/c/")]


@pytest.mark.parametrize(("weight", "kept"), [("80", 80), ("0", 50), ("101", 50), ("x", 50), ("", 50)])
def test_a_share_can_be_changed(as_mark, link, at, weight, kept):
    arm = steering.add_arm(link=link, weight=50, destination="/b/")
    as_mark.post(f"/desk/campaigns/arms/{arm.pk}/", {"weight": weight})
    arm.refresh_from_db()
    assert arm.weight == kept


def test_there_is_an_end_to_rules_and_arms(as_mark, link, at):
    for number in range(steering.MOST_RULES):
        steering.add_rule(link=link, kind="query", value=f"n={number}", destination="/x/")
    for _ in range(steering.MOST_ARMS - 1):
        steering.add_arm(link=link, weight=50, destination="/b/")
    told = {"kind": "query", "query-asked": "a=b", "query-destination": "/"}
    assert as_mark.post(f"{at}/rules/", told).status_code == 422
    assert as_mark.post(f"{at}/arms/", {"arm-weight": "5", "arm-destination": "/"}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"device": "ios", "app": "line"}, ["/line/"]),
        ({"device": "android", "language": "ja"}, ["/world/"]),
        ({"device": "windows", "language": "zh-TW", "query": "fbclid=x"}, ["/forum/", "/b/", "fbclid=x"]),
    ],
)
def test_the_try_out_says_where_somebody_would_go(as_mark, link, at, asked, words):
    steering.add_rule(link=link, kind="app", value="line", destination="/line/")
    steering.add_rule(link=link, kind="language", value="ja", destination="/world/")
    steering.add_arm(link=link, weight=40, destination="/b/")
    page = as_mark.get(f"{at}/ways/", asked).content.decode()
    tried = page.rpartition('id="try"')[2]
    assert all(f"{word}" in tried for word in words)


def test_the_try_out_knows_of_a_pause(as_mark, link, at):
    linking.pause(link)
    assert "暫停中" in as_mark.get(f"{at}/ways/", {"device": "ios"}).content.decode()


@pytest.mark.parametrize("who", [None, "as_ada", "as_edda", "as_mod"])
def test_only_marketers_steer(request, link, at, who):
    client = request.getfixturevalue(who) if who else Client()
    rule = steering.add_rule(link=link, kind="query", value="a", destination="/x/")
    arm = steering.add_arm(link=link, weight=50, destination="/b/")
    assert client.get(f"{at}/ways/").status_code in {302, 403}
    assert client.post(f"{at}/arms/", {"arm-weight": "5"}).status_code in {302, 403}
    assert client.post(f"/desk/campaigns/rules/{rule.pk}/", {"act": "remove"}).status_code in {302, 403}
    assert client.post(f"/desk/campaigns/arms/{arm.pk}/", {"act": "end"}).status_code in {302, 403}
    assert (Rule.objects.count(), Split.objects.running().count()) == (1, 2)
    assert client.get(f"/desk/insights/links/{link.pk}/split/").status_code in {302, 403}


def test_the_screen_asks_as_much_for_many_rules_as_for_one(as_mark, link, at, django_assert_max_num_queries):
    steering.add_rule(link=link, kind="query", value="a", destination="/x/")
    as_mark.get(f"{at}/ways/")
    with django_assert_max_num_queries(200) as few:
        as_mark.get(f"{at}/ways/")
    for number in range(5):
        steering.add_rule(link=link, kind="query", value=f"a{number}", destination="/x/")
        steering.add_arm(link=link, weight=50, destination="/b/") if number < 4 else None
    with django_assert_max_num_queries(len(few)):
        as_mark.get(f"{at}/ways/")


def test_the_card_has_a_picture_of_its_own_chosen_at_the_desk(as_mark, link):
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    picture = get_image_model().objects.create(title="咖啡", file=get_test_image_file())
    page = as_mark.get(link.get_absolute_url())
    assert 'name="card_picture"' in page.content.decode()
    assert as_mark.get("/desk/images/chooser/").status_code == 200
    told = {"channel": "x", "label": "a", "destination": "/forum/", "card_picture": str(picture.pk)}
    assert as_mark.post(link.get_absolute_url(), told).status_code == 302
    link.refresh_from_db()
    assert link.card_picture == picture
    told["card_picture"] = "999999"
    assert as_mark.post(link.get_absolute_url(), told).status_code == 422


def test_the_history_of_a_link_tells_every_change_of_where_it_leads(as_mark, mark, link, at):
    as_mark.post(f"{at}/rules/", {"kind": "app", "app-asked": "line", "app-destination": "/line/"})
    as_mark.post(f"{at}/rules/", {"kind": "language", "language-asked": "ja", "language-destination": "/world/"})
    first, second = Rule.objects.in_order()
    as_mark.post(f"/desk/campaigns/rules/{second.pk}/", {"act": "up"})
    as_mark.post(f"/desk/campaigns/rules/{second.pk}/", {"act": "up"})  # it is up already
    as_mark.post(f"/desk/campaigns/rules/{first.pk}/", {"act": "remove"})
    as_mark.post(f"{at}/arms/", {"arm-weight": "30", "arm-destination": "/b/"})
    arm = Split.objects.get(arm=1)
    as_mark.post(f"/desk/campaigns/arms/{arm.pk}/", {"weight": "70"})
    as_mark.post(f"/desk/campaigns/arms/{arm.pk}/", {"act": "end"})
    told = {"channel": "x", "label": "a", "destination": "/forum/", "after_address": "/over/", **link.utm}
    as_mark.post(link.get_absolute_url(), told)
    noted = list(Change.objects.of(link).order_by("pk"))
    assert [(change.field, change.before, change.after) for change in noted] == [
        ("rules", "", "app: line → /line/"),
        ("rules", "app: line → /line/", "app: line → /line/\nlanguage: ja → /world/"),
        ("rules", "app: line → /line/\nlanguage: ja → /world/", "language: ja → /world/\napp: line → /line/"),
        ("rules", "language: ja → /world/\napp: line → /line/", "language: ja → /world/"),
        ("split", "", "A 70 → –\nB 30 → /b/"),
        ("split", "A 70 → –\nB 30 → /b/", "A 70 → –\nB 70 → /b/"),
        ("split", "A 70 → –\nB 70 → /b/", "A 70 → –"),
        ("after_address", "", "/over/"),
    ]
    assert {change.by for change in noted} == {mark}
    page = as_mark.get(f"{at}/changes/").content.decode()
    assert page.count('id="change-') == 8
    assert "app: line → /line/<br>language: ja → /world/" in page
