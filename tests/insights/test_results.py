"""What the marketer sees of it, and that it is true."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from accounts import joining
from community.campaigns import crediting, linking
from community.campaigns.agents import Kind
from community.campaigns.models import Click
from community.forum import discussing
from community.forum.models import Board
from community.insights import plain as measuring
from community.insights.intervals import Share
from community.insights.plain import Lens

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(mark):
    return linking.open_campaign(by=mark, name="春日手沖", key="spring")


@pytest.fixture
def links(campaign, mark):
    return [
        linking.make_link(campaign=campaign, channel=channel, label=label, destination="/forum/", by=mark)
        for channel, label in (("plurk", "求救串"), ("facebook_page", "貓咪拉花"))
    ]


@pytest.fixture
def thread(ada):
    board = Board.objects.create(name="新手沖煮", slug="brewing")
    return discussing.start(board=board, author=ada, title="衣索比亞水洗太酸", body="九十二度，一比十五，還是酸。")


def tap(link, visitor=None, agent=Kind.HUMAN, days=1):
    visitor = visitor or uuid.uuid4()
    Click.objects.create(link=link, visitor=visitor, agent=agent, at=now() - timedelta(days=days), app="facebook")
    return visitor


def come(link, name, **fields):
    visitor = tap(link, **fields)
    member = joining.admit(email=f"{name}@come.example", name=name, visitor=visitor)
    crediting.claim(member=member, visitor=visitor)
    return member, visitor


def test_each_link_tells_clicks_people_joined_and_first_posts(links, thread):
    plurk, cats = links
    kim, visitor = come(plurk, "Kim")
    tap(plurk, visitor)  # the same person again
    come(plurk, "Lee")
    discussing.reply(thread=thread, author=kim, body="我也是，換了水就好了")
    for _ in range(3):
        tap(cats)
    for kind in (Kind.PREVIEW, Kind.SEARCH, Kind.SCANNER, Kind.PREFETCH, Kind.UNKNOWN):
        tap(cats, agent=kind)
    first, second = measuring.by_link(links, Lens())
    assert (first.subject, first.clicks, first.people, first.joined, first.spoke, first.others) == (
        plurk,
        3,
        2,
        2,
        1,
        0,
    )
    assert (second.subject, second.clicks, second.people, second.joined, second.others) == (cats, 3, 3, 0, 5)
    whole = measuring.total([first, second])
    assert (whole.clicks, whole.joined, whole.spoke, whole.others) == (6, 2, 1, 5)


def test_first_and_last_touch_are_told_apart(links):
    plurk, cats = links
    come(cats, "Kim", visitor=tap(plurk, days=5))
    assert [row.joined for row in measuring.by_link([plurk], Lens(touch="first"))] == [1]
    assert [row.joined for row in measuring.by_link([plurk], Lens(touch="last"))] == [0]
    assert [row.joined for row in measuring.by_link([cats], Lens(touch="last"))] == [1]


def test_a_span_leaves_out_what_was_before(links):
    tap(links[0], days=20)
    assert measuring.by_link(links[:1], Lens(days=7))[0].clicks == 0
    assert measuring.by_link(links[:1], Lens(days=30))[0].clicks == 1
    assert measuring.by_link(links[:1], Lens(days=0))[0].clicks == 1


@pytest.mark.parametrize(
    "query", [{}, {"days": "-1"}, {"days": "٧"}, {"days": "9" * 50, "touch": "x"}, {"touch": "\x00"}]
)
def test_a_lens_that_makes_no_sense_is_as_if_unsaid(query):
    assert Lens.of(query) == Lens()


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_an_interval_holds_its_share_and_narrows_with_people(part, more):
    share = Share(part, part + more)
    low, high = share.interval
    assert 0 <= low <= share.rate + 1e-9
    assert share.rate - 1e-9 <= high <= 1
    if share.whole:
        wider = Share(part * 10, share.whole * 10).interval
        assert wider[1] - wider[0] <= high - low + 1e-9


def test_wilsons_interval_as_published():
    low, high = Share(10, 100).interval
    assert (round(low, 4), round(high, 4)) == (0.0552, 0.1744)


ADDRESSES = ["", "campaigns/{campaign}/", "members/", "members/{member}/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_results_are_for_marketers(request, stranger, as_ada, as_edda, as_mark, as_root, campaign, links, address):
    kim, _ = come(links[0], "Kim")
    path = "/desk/insights/" + address.format(campaign=campaign.pk, member=kim.pk)
    assert stranger.get(path).url.startswith("/join/")
    assert as_ada.get(path).status_code == 403
    assert as_edda.get(path).status_code == 302  # Wagtail leads an editor back to their own first page
    assert as_mark.get(path).status_code == 200
    assert as_root.get(path).status_code == 200
    assert as_mark.post(path).status_code == 405


def test_the_page_shows_what_was_counted_and_says_when_it_is_little(as_mark, campaign, links):
    come(links[0], "Kim")
    tap(links[0], agent=Kind.PREVIEW)
    page = as_mark.get(
        f"/desk/insights/campaigns/{campaign.pk}/", headers={"Accept-Language": "zh-TW"}
    ).content.decode()
    assert 'data-figure="joined" data-value="1"' in page
    assert "樣本太少，說不準" in page
    assert "預覽卡" not in page
    others = as_mark.get(f"/desk/insights/campaigns/{campaign.pk}/?all=1", headers={"Accept-Language": "zh-TW"})
    assert "預覽卡" in others.content.decode()


def test_a_members_way_is_told_in_order(as_mark, links):
    plurk, cats = links
    visitor = tap(plurk, days=5)
    kim, _ = come(cats, "Kim", visitor=visitor)
    page = as_mark.get(f"/desk/insights/members/{kim.pk}/", headers={"Accept-Language": "en"}).content.decode()
    assert "First came through Plurk · 求救串, joined through Facebook page · 貓咪拉花." in page
    assert page.index("求救串</b>") < page.index("貓咪拉花</b>")


def test_someone_who_came_directly_is_not_given_to_any_link(as_mark, chen):
    crediting.claim(member=chen, visitor=uuid.uuid4())
    page = as_mark.get(f"/desk/insights/members/{chen.pk}/", headers={"Accept-Language": "en"}).content.decode()
    assert "Came directly" in page


def test_more_links_ask_no_more_questions(as_mark, campaign, links, mark):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert as_mark.get(f"/desk/insights/campaigns/{campaign.pk}/").status_code == 200
        return len(seen)

    asked()
    before = asked()
    for n in range(10):
        linking.make_link(campaign=campaign, channel="ptt", label=str(n), destination="/forum/", by=mark)
    assert asked() == before


def test_the_desks_first_page_answers_the_marketers_first_question(as_mark, as_edda, links):
    come(links[0], "Kim")
    assert b'id="results-panel"' in as_mark.get("/desk/").content
    assert b'id="results-panel"' not in as_edda.get("/desk/").content


def test_nothing_there_is_said_kindly(as_mark):
    assert "/desk/campaigns/" in as_mark.get("/desk/insights/").content.decode()
    assert as_mark.get("/desk/insights/campaigns/999999/").status_code == 404
    assert as_mark.get("/desk/insights/members/99999999999999999999/").status_code == 404
