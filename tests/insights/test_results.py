"""What the marketer sees of it, who may see it, and that one look tells one number everywhere."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from accounts import keying
from community.campaigns import linking
from community.insights import days, measuring, tables
from community.insights.intervals import Share
from community.insights.lens import FILTERS, Lens
from community.insights.models import Annotation
from tests.insights.making import come, step, tap

pytestmark = pytest.mark.django_db
EN, ZH = {"Accept-Language": "en"}, {"Accept-Language": "zh-TW"}


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


ADDRESSES = [
    "",
    "links/",
    "leaks/",
    "by/app/",
    "live/",
    "notes/",
    "shared/",
    "wishes/",
    "members/",
    "members/{member}/",
    *(f"files/{name}.csv" for name in tables.TABLES),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_results_are_for_marketers(stranger, as_ada, as_edda, as_mark, as_root, links, address):
    kim = come(links[0], "Kim")
    path = "/desk/insights/" + address.format(member=kim.pk)
    assert stranger.get(path).url.startswith("/join/")
    assert as_ada.get(path).status_code == 403
    assert as_edda.get(path).status_code == 302  # Wagtail leads an editor back to their own first page
    assert as_mark.get(path).status_code == 200
    assert as_root.get(path).status_code == 200
    if address not in {"notes/", "shared/", "wishes/"}:
        assert as_mark.post(path).status_code == 405


def test_a_campaigns_results_are_the_results_looked_at_through_it(as_mark, campaign):
    answer = as_mark.get(f"/desk/insights/campaigns/{campaign.pk}/?period=7")
    assert answer.url == f"/desk/insights/?period=7&campaign={campaign.pk}"


@pytest.fixture
def busy(links, thread=None):
    """Two links, of which one brings people who stay."""
    plurk, cats = links
    for number in range(4):
        member = come(plurk, f"kim{number}", at=now() - timedelta(days=20, hours=number))
        step(member, "first_act")
        if number:
            step(member, "week2")
    come(cats, "lee", at=now() - timedelta(days=3), app="line", os="android", language="en-US")
    for number in range(6):
        tap(cats, at=now() - timedelta(days=number, hours=1), app="line", os="android")
    tap(cats, agent="preview", app="", os="", device="", language="")
    tap(cats, at=now() - timedelta(days=40))
    return plurk, cats


@pytest.mark.parametrize(
    "query",
    [
        "?",
        "?period=7",
        "?period=90&app=line",
        "?model=linear&channel=plurk",
        "?period=today",
        "?channel=facebook_page&language=zh-hant&os=android",
    ],
)
def test_card_chart_table_file_and_program_tell_the_same_number(as_mark, mark, busy, query):
    lens = Lens.of(dict(pair.split("=") for pair in query[1:].split("&") if pair))
    page = as_mark.get(f"/desk/insights/{query}", headers=EN).content.decode()
    figures = measuring.figures(lens)
    token = keying.issue(member=mark, name="test", scopes=["stats:read"])[1]

    def program(path):
        return as_mark.get(f"/api/v1/stats/{path}", headers={"Authorization": f"Bearer {token}"}).json()

    answered = {"figures": program(f"figures{query}")["figures"], "points": program(f"series{query}")["points"]}
    answered |= {by: program(f"breakdown{query}&by={by}")["items"] for by in ("app", "os")}
    answered["relationship"] = program(f"relationship{query}")["items"]
    parted = {by: measuring.breakdown(lens, by) for by in ("app", "os", "device", "language")}
    related, points = measuring.relationship(lens), measuring.series(lens).points
    files = [list(csv.DictReader(io.StringIO(file_of(as_mark, name, query)))) for name in ("links", "app")]
    for key in ("clicks", "visits", "people", "joined", "first_act", "week2", "day30"):
        value = figures[key].value
        assert f'data-figure="{key}" data-value="{value}"' in page
        assert answered["figures"][key]["value"] == value
        for by in ("app", "os"):
            assert sum(line["figures"][key] for line in answered[by]) == pytest.approx(value), by
        for by, lines in parted.items():
            assert sum(getattr(line, key) for line in lines) == value, by
        if key in ("clicks", "visits", "people"):
            assert sum(line["figures"][key] for line in answered["relationship"]) == value
            assert sum(getattr(line, key) for line in related) == value
        if key in ("clicks", "visits", "people", "joined"):
            assert sum(point["values"][key] for point in answered["points"]) == value
            assert sum(point.values[key] for point in points) == value
        if said := {"clicks": "Clicks by people", "visits": "Visits", "joined": "Joined"}.get(key):
            for rows in files:
                assert sum(float(row[said] or 0) for row in rows) == pytest.approx(value)
    told = {row[0]: row[1] for row in csv.reader(io.StringIO(file_of(as_mark, "figures", query)))}
    assert told["Joined"] == str(figures["joined"].value)


def file_of(client, name, query):
    answer = client.get(f"/desk/insights/files/{name}.csv{query}", headers=EN)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return answer.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "query",
    [
        "period=-1&from=x&to=2026-99-99",
        "period=٧&campaign=x&link=99999999999999999999999",
        "from=2026-02-03&to=2026-01-01&model=x&line=x",
        "app=%07&channel=" + "x" * 3000,
        "&".join(f"app={number}" for number in range(100)),
        "campaign=999999&landing=page-x&landing=page-99999999999999999999&tag=7",
        "source=direct&channel=plurk",
        "from=0001-01-01&to=9999-12-31",
    ],
)
def test_a_look_that_makes_no_sense_is_answered_kindly(as_mark, links, query):
    assert as_mark.get(f"/desk/insights/?{query}").status_code == 200
    assert as_mark.get(f"/desk/insights/files/links.csv?{query}").status_code == 200


@given(
    st.sampled_from(["today", "7", "90", "last_month", "x"]),
    st.lists(st.tuples(st.sampled_from(FILTERS), st.text(max_size=8)), max_size=6),
    st.booleans(),
)
def test_a_look_is_said_in_one_way(period, pairs, others):
    lens = Lens().over(period)
    for name, value in pairs:
        lens = lens.adding(name, value)
    lens = lens.with_others if others else lens
    from django.http import QueryDict

    assert Lens.of(QueryDict(lens.query[1:])) == lens


def test_any_row_is_a_filter_and_the_filter_can_be_taken_away(as_mark, busy):
    page = as_mark.get("/desk/insights/?period=90", headers=EN).content.decode()
    assert 'href="?period=90&amp;app=line"' in page
    narrowed = as_mark.get("/desk/insights/?period=90&app=line", headers=EN).content.decode()
    assert 'class="chip" href="?period=90"' in narrowed


def test_names_are_written_as_text_in_every_cell(as_mark, campaign, mark):
    campaign.name = '<i>"A" & B</i>'
    campaign.save()
    link = linking.make_link(campaign=campaign, channel="ptt", label="<s>", destination="/forum/", by=mark)
    come(link, "kim", app="<u>")
    for path in ("", "links/", "by/campaign/", "by/app/", "leaks/"):
        page = as_mark.get(f"/desk/insights/{path}", headers=EN).content.decode()
        assert not any(tag in page for tag in ('<i>"A"', "<s>", "<u>", "<U>")), path
        assert "&lt;" in page, path


def test_small_numbers_are_grey_and_say_so(as_mark, busy):
    page = as_mark.get("/desk/insights/", headers=ZH).content.decode()
    assert "樣本太少，說不準" in page
    assert "搜尋引擎" not in page
    assert "搜尋引擎" in as_mark.get("/desk/insights/?others=1", headers=ZH).content.decode()


def test_more_links_and_members_ask_no_more_questions(as_mark, campaign, busy, mark):
    def asked(path):
        as_mark.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert as_mark.get(path).status_code == 200
        return len(seen)

    before = {
        path: asked(f"/desk/insights/{path}") for path in ("", "links/", "members/", "live/", "notes/", "shared/")
    }
    for number in range(8):
        link = linking.make_link(campaign=campaign, channel="ptt", label=str(number), destination="/forum/", by=mark)
        come(link, f"more{number}", at=now() - timedelta(days=2))
        Annotation.objects.create(day=days.today(), text=str(number), by=mark)
    after = {path: asked(f"/desk/insights/{path}") for path in before}
    assert after == before
    assert before[""] < 60


def test_a_cell_is_never_a_formula(as_mark, campaign, mark):
    for label in ("=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", " =1"):
        assert tables.cell(label).startswith("'")
    assert tables.cell("好看") == "好看"
    assert (tables.cell(-3), tables.cell(2.5), tables.cell(2.0), tables.cell(None)) == ("-3", "2.5", "2", "")
    campaign.name = "=1+1"
    campaign.save()
    link = linking.make_link(campaign=campaign, channel="ptt", label="x", destination="/forum/", by=mark)
    tap(link)
    assert "'=1+1" in file_of(as_mark, "campaign", "?")


def test_notes_stand_on_the_line_and_campaigns_write_their_own(as_mark, campaign, busy):
    day = days.today() - timedelta(days=2)
    as_mark.post("/desk/insights/notes/", {"day": day.isoformat(), "text": "電視播了"})
    as_mark.post("/desk/insights/notes/", {"day": day.isoformat(), "text": "電視播了"})
    campaign.starts_on, campaign.ends_on = day - timedelta(days=5), day + timedelta(days=1)
    campaign.save()
    page = as_mark.get("/desk/insights/", headers=EN).content.decode()
    assert page.count("電視播了") == 1
    assert "春日手沖 begins" in page
    assert "春日手沖 ends" in page
    assert page.count('class="drawing__mark"') == 3
    assert as_mark.post("/desk/insights/notes/", {"day": "x", "text": ""}).status_code == 422
    [note] = Annotation.objects.all()
    assert as_mark.get(f"/desk/insights/notes/{note.pk}/removal/").status_code == 405
    as_mark.post(f"/desk/insights/notes/{note.pk}/removal/")
    assert not Annotation.objects.exists()


def test_the_desks_first_page_answers_the_marketers_first_question(as_mark, as_edda, links):
    come(links[0], "Kim")
    page = as_mark.get("/desk/", headers=EN).content.decode()
    panel = page.partition('id="results-panel"')[2].partition("All results")[0]
    # The very cards of the dashboard, and each leads there; what had no time to come true is not said to have fallen.
    assert 'href="/desk/insights/?line=joined"' in panel
    assert "too early to tell" in panel
    assert 'aria-current="true"' not in panel
    assert 'href="/desk/insights/?campaign=' in panel
    assert b'id="results-panel"' not in as_edda.get("/desk/").content


def test_nothing_there_is_said_kindly(as_mark):
    assert "/desk/campaigns/" in as_mark.get("/desk/insights/").content.decode()
    for missing in ("campaigns/999999/", "members/99999999999999999999/", "files/x.csv", "shared/9/end/"):
        assert as_mark.get(f"/desk/insights/{missing}").status_code in {404, 405}
