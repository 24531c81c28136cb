"""The door the long way round, through Django."""

import pytest
from django.db import OperationalError
from django.utils.translation import override

from community.campaigns import counting, linking, replaying
from community.campaigns.models import Click, Miss
from community.commons import visitors
from tests.campaigns import agents
from tests.campaigns.knocking import campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(db):
    return linking.make_link(campaign=campaign(), channel="x", label="a", destination="/forum/", code="spring")


def test_a_person_is_sent_on_here_as_well(stranger, link):
    answer = stranger.get(
        "/go/Spring?fbclid=Ab%2Fc", headers={"user-agent": agents.LINE, "referer": "https://lm.facebook.com/l.php"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/forum/?utm_source=x&utm_medium=social&utm_campaign=spring&fbclid=Ab%2Fc"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"].startswith("noindex")
    click = Click.objects.get()
    assert (click.agent, click.app, click.referrer, click.fbclid) == ("human", "line", "lm.facebook.com", "Ab%2Fc")
    cookie = stranger.cookies["visitor"]
    assert visitors.read(cookie.value) == click.visitor
    assert cookie["httponly"]
    assert not cookie["max-age"]


def test_a_preview_is_shown_the_card_here_as_well(stranger, link):
    answer = stranger.get("/go/spring", headers={"user-agent": agents.LINE_PREVIEW})
    assert answer.status_code == 200
    assert b"og:title" in answer.content
    assert "visitor" not in stranger.cookies


def test_a_link_refuses_to_be_written_to(stranger, link):
    assert stranger.post("/go/spring").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/go/nobody",
        "/go/" + "x" * 4096,
        "/go/a/b/c",
        "/go/%E6%98%A5",
        "/go/%ff%fe",
        "/go/..%2f",
        "/go/%e2%80%ae",
    ],
)
def test_an_unknown_code_gets_a_friendly_page_with_the_way_home(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_friendly_page_speaks_the_readers_language(stranger, link):
    assert "This link leads nowhere" in stranger.get("/go/no", headers={"accept-language": "en"}).content.decode()
    with override("zh-hant"):
        assert "這個連結" in stranger.get("/go/no", headers={"accept-language": "zh-TW"}).content.decode()


@pytest.mark.parametrize("path", ["/go/a%00b", "/go/x?%00"])
def test_a_nul_is_a_bad_request(stranger, path):
    assert stranger.get(path).status_code == 400


def test_misses_are_counted_by_day_code_and_sender(stranger):
    for _ in range(3):
        stranger.get("/go/Sprng", headers={"referer": "https://www.plurk.com/p/abc"})
    stranger.get("/go/sprng")
    assert sorted(Miss.objects.values_list("code", "referrer", "count")) == [
        ("sprng", "", 1),
        ("sprng", "www.plurk.com", 3),
    ]


def test_a_flood_of_guesses_is_answered_but_not_kept(stranger):
    for number in range(40):
        assert stranger.get(f"/go/guess{number}").status_code == 404
    assert Miss.objects.count() == 30


def test_a_click_the_table_cannot_take_goes_to_the_spool_and_comes_back_once(
    stranger, link, settings, tmp_path, monkeypatch
):
    settings.VAR_DIR = tmp_path

    def broken(line):
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(counting, "put", broken)
        assert stranger.get("/go/spring?a=b").status_code == 302
    assert not Click.objects.exists()
    assert replaying.replay() == 1
    assert replaying.replay() == 0
    assert Click.objects.get().query == "a=b"
