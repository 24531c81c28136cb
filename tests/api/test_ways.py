"""A link's rules and the arms of its split over the API: the desk's own verbs."""

import pytest

from community.campaigns import linking, steering
from community.campaigns.models import Change, Rule, Split

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("device", "tablet, iOS", "tablet,ios"),
        ("app", "line", "line"),
        ("language", "EN、ja", "en,ja"),
        ("dates", "2026-12-01T09:00/", "2026-12-01T09:00:00+08:00/"),
        ("query", "?ref=Amy", "ref=Amy"),
    ],
)
def test_each_kind_of_rule_is_added_listed_and_removed(kind, value, kept, ask, link):
    place = f"/links/{link.pk}/rules"
    made = ask("post", place, {"kind": kind, "value": value, "destination": "/other/"})
    assert made.status_code == 201
    told = made.json()
    assert (told["kind"], told["value"], told["destination"], told["position"]) == (kind, kept, "/other/", 0)
    assert told["said"]
    assert ask("get", place).json() == {"items": [told], "next": None}
    assert ask("delete", f"{place}/{told['id']}").status_code == 204
    assert ask("get", place).json()["items"] == []
    assert ask("delete", f"{place}/{told['id']}").status_code == 404


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"destination": "https://evil.example/"}, "/destination"),
        ({"destination": "/go/spring"}, "/destination"),
        ({"value": "toaster"}, "/value"),
        ({"kind": "weather"}, "/kind"),
        ({"kind": "dates", "value": "/"}, "/value"),
        ({"kind": "dates", "value": "0001-01-01T00:00+14:00/"}, "/value"),
        ({"kind": "dates", "value": "2026-12-02/2026-12-01"}, "/value"),
        ({"kind": "language", "value": "<script>"}, "/value"),
        ({"kind": "query", "value": "\x00"}, "/value"),
        ({"position": 1}, "/position"),
    ],
)
def test_a_rule_that_makes_no_sense_or_runs_in_a_circle_is_explained(told, pointer, ask, link):
    told = {"kind": "device", "value": "ios", "destination": "/"} | told
    refused = ask("post", f"/links/{link.pk}/rules", told)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert not Rule.objects.exists()


def test_the_history_says_who_changed_what_over_the_api(ask, link, mark):
    rule = ask("post", f"/links/{link.pk}/rules", {"kind": "app", "value": "line", "destination": "/x/"}).json()
    ask("delete", f"/links/{link.pk}/rules/{rule['id']}")
    ask("post", f"/links/{link.pk}/arms", {"weight": 30, "destination": "/b/"})
    ask("put", f"/links/{link.pk}/pause")
    noted = list(Change.objects.of(link).order_by("pk"))
    assert [change.field for change in noted] == ["rules", "rules", "split", "paused"]
    assert {change.by for change in noted} == {mark}


def test_rules_are_moved(ask, link):
    made = [steering.add_rule(link=link, kind="query", value=f"n{n}", destination="/") for n in range(3)]
    place = f"/links/{link.pk}/rules"
    assert ask("patch", f"{place}/{made[2].pk}", {"position": 0}).json()["position"] == 0
    assert ask("patch", f"{place}/{made[0].pk}", {"position": 19}).json()["position"] == 2
    assert [each["value"] for each in ask("get", place).json()["items"]] == ["n2", "n1", "n0"]
    assert ask("patch", f"{place}/{made[0].pk}", {"position": -1}).status_code == 422


def test_arms_are_added_weighed_ended_and_stay_in_the_list(ask, link):
    place = f"/links/{link.pk}/arms"
    made = ask("post", place, {"weight": 30, "destination": "/b/"})
    assert made.status_code == 201
    assert (made.json()["letter"], made.json()["share"], made.json()["destination"]) == ("B", 30.0, "/b/")
    own, other = ask("get", place).json()["items"]
    assert (own["letter"], own["weight"], own["destination"]) == ("A", 70, "/forum/")
    assert ask("patch", f"{place}/{own['id']}", {"weight": 10}).json()["share"] == 25.0
    assert ask("delete", f"{place}/{other['id']}").status_code == 204
    own, other = ask("get", place).json()["items"]
    assert (own["share"], other["share"]) == (100.0, None)
    assert other["ended_at"]
    assert ask("delete", f"{place}/{other['id']}").status_code == 404
    assert ask("patch", f"{place}/{other['id']}", {"weight": 10}).status_code == 404


@pytest.mark.parametrize(
    ("told", "pointer"),
    [({"weight": 0}, "/weight"), ({"weight": 101}, "/weight"), ({}, "/weight"),
     ({"weight": 5, "destination": "//evil.example"}, "/destination")],
)  # fmt: skip
def test_an_arm_that_cannot_be_is_explained(told, pointer, ask, link):
    refused = ask("post", f"/links/{link.pk}/arms", told)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert not Split.objects.exists()


def test_there_is_an_end_to_rules_and_arms(ask, link):
    for number in range(steering.MOST_RULES):
        steering.add_rule(link=link, kind="query", value=f"n={number}", destination="/x/")
    for _ in range(steering.MOST_ARMS - 1):
        steering.add_arm(link=link, weight=50, destination="/b/")
    rule = {"kind": "query", "value": "a", "destination": "/"}
    assert ask("post", f"/links/{link.pk}/rules", rule).status_code == 409
    assert ask("post", f"/links/{link.pk}/arms", {"weight": 5, "destination": "/"}).status_code == 409


def test_another_links_rules_and_arms_are_not_here(ask, link, campaign):
    other = linking.make_link(campaign=campaign, channel="x", label="b", destination="/")
    rule = steering.add_rule(link=other, kind="query", value="a", destination="/x/")
    arm = steering.add_arm(link=other, weight=50, destination="/b/")
    for method, path, body in (
        ("delete", f"/links/{link.pk}/rules/{rule.pk}", None),
        ("patch", f"/links/{link.pk}/rules/{rule.pk}", {"position": 0}),
        ("delete", f"/links/{link.pk}/arms/{arm.pk}", None),
        ("patch", f"/links/{link.pk}/arms/{arm.pk}", {"weight": 5}),
        ("get", "/links/999999/rules", None),
        ("post", "/links/999999/arms", {"weight": 5}),
    ):
        assert ask(method, path, body).status_code == 404
    assert (Rule.objects.count(), Split.objects.running().count()) == (1, 2)


def test_reading_alone_changes_nothing_and_strangers_see_nothing(program, mark, ada, link):
    reader, stranger = program(mark, "links:read"), program()
    assert reader("get", f"/links/{link.pk}/rules").status_code == 200
    assert reader("get", f"/links/{link.pk}/arms").status_code == 200
    rule = {"kind": "query", "value": "a", "destination": "/"}
    assert reader("post", f"/links/{link.pk}/rules", rule).status_code == 403
    assert reader("post", f"/links/{link.pk}/arms", {"weight": 5}).status_code == 403
    assert stranger("get", f"/links/{link.pk}/rules").status_code == 401
    assert program(ada)("get", f"/links/{link.pk}/arms").status_code == 403
