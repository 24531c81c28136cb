"""/go/<code>+ tells staff what a link is; to everybody else there is nothing there."""

import pytest
from django.test import Client

from community.campaigns import linking
from community.campaigns.models import Click, Miss
from tests.campaigns import agents
from tests.campaigns.knocking import campaign

pytestmark = pytest.mark.django_db
SPELLINGS = [
    "/go/spring+",
    "/go/SPRING%2B",
    "/go/ｓｐｒｉｎｇ＋",
    "/go/spring%EF%BC%8B",
    "/go/spring+/",
    "/go/spring %2B",
]


@pytest.fixture
def link(db):
    return linking.make_link(
        campaign=campaign(), channel="plurk", label="噗浪那則", destination="/forum/", code="spring"
    )


@pytest.mark.parametrize("path", SPELLINGS)
def test_a_marketer_sees_what_the_link_is(path, link, as_mark):
    for agent in (agents.LINE, agents.LINE, agents.FACEBOOK_PREVIEW):
        Client().get("/go/spring", headers={"user-agent": agent})
    answer = as_mark.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "噗浪那則" in page
    assert link.get_absolute_url() in page
    assert "no-store" in answer["Cache-Control"]
    assert Click.objects.count() == 3
    assert not Miss.objects.exists()


@pytest.mark.parametrize("path", SPELLINGS)
@pytest.mark.parametrize("who", [None, "as_ada", "as_mod"])
def test_nobody_else_learns_that_there_is_such_a_link(path, who, link, request):
    client = request.getfixturevalue(who) if who else Client()
    answer, nothing = client.get(path), client.get("/go/nothing+")
    assert answer.status_code == nothing.status_code == 404
    assert "噗浪那則" not in answer.content.decode()
    assert not Click.objects.exists()
    assert not Miss.objects.exists()


def test_what_was_never_made_has_no_summary(as_mark, link):
    assert as_mark.get("/go/nothing+").status_code == 404
    assert as_mark.get("/go/+").status_code == 404


def test_the_door_hands_a_summary_on(link):
    from community.campaigns import codes

    assert codes.fold("ｓｐｒｉｎｇ＋") == "spring+"
