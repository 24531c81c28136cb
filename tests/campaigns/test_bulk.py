"""Tables of links: every kind of bad input refused in a sentence, all made or none, and back again to the same links."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.campaigns import linking
from community.campaigns.bulk import planning, reading, writing
from community.campaigns.models import Change, TrackedLink
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db
HEAD = "campaign,channel,label,destination,code\n"
PLACE = "/desk/campaigns/links/table/"


@pytest.fixture
def campaign(db):
    return make_campaign()


def bring(client, raw: bytes, act="", **told):
    return client.post(PLACE, {"file": SimpleUploadedFile("links.csv", raw), "act": act, **told})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_tables_are_read_however_they_were_written(encoding, delimiter, as_mark, campaign):
    table = "活動,管道,名稱,目的地,短碼\n春日手沖,Facebook 粉絲專頁,開賣貼文,/forum/,fb1\nspring,line-group,群組,/,\n"
    assert bring(as_mark, table.replace(",", delimiter).encode(encoding), act="make").status_code == 302
    assert {(link.channel, link.label) for link in TrackedLink.objects.all()} == {
        ("facebook_page", "開賣貼文"),
        ("line_group", "群組"),
    }


def test_a_table_is_looked_over_first_and_nothing_is_made(as_mark, campaign):
    answer = as_mark.post(PLACE, {"table": HEAD + "spring,x,Post,/,\n"})
    assert answer.status_code == 200
    assert not TrackedLink.objects.exists()
    assert as_mark.post(PLACE, {"table": HEAD + "spring,x,Post,/,\n", "act": "make"}).status_code == 302
    assert TrackedLink.objects.get().utm["utm_campaign"] == "spring"


def test_one_wrong_row_keeps_all_from_being_made_and_says_where(as_mark, campaign):
    rows = "spring,x,a,/,ok1\nspring,nowhere,b,//evil.example,ok1\n,x,,/,admin\nnope,x,d,/,\n"
    answer = as_mark.post(PLACE, {"table": HEAD + rows, "act": "make"})
    assert answer.status_code == 422
    assert not TrackedLink.objects.exists()
    page = answer.content.decode()
    assert "nowhere" in page
    assert "nope" in page
    assert "admin" in page


def test_a_code_taken_in_between_takes_all_back(campaign, mark):
    table = reading.read(HEAD + "spring,x,a,/,one\nspring,x,b,/,two\n")
    planned = planning.plan(table)
    linking.make_link(campaign=campaign, channel="x", label="z", destination="/", code="two")
    with pytest.raises(planning.ValidationError):
        planning.make(planned, by=mark)
    assert TrackedLink.objects.count() == 1


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"   \n\n", b"\xef\xbb\xbf", b"PK\x03\x04xlsx", b"\xd0\xcf\x11\xe0old", b"%PDF-1.7", b"\x89PNG\r\n"),
        *(b"\xff\xd8\xff\xe0", b"GIF89a", b"\x1f\x8b\x08", b"<!doctype html>", b'{"a": 1}', b"\x00" * 900),
        *(b"\x00\x01\x02\x03" * 300, b"a,b\n\xff\xff\xfe\n", bytes(range(128, 256)) * 4, b"\xff\xfea"),
        *(b"label,destination\na,/\n", b"channel,label,destination\n", b"channel,channel,label,destination\nx,x,a,/\n"),
        *(b'channel,label,destination\nx,"a,/\n', b"channel,label,destination\nx," + b"a" * 20_000 + b",/\n"),
        b"channel,label,destination\n" + b"x,a,/\n" * 2_001,
        b"channel,label,destination\nx,a\x00b,/\n",
        b"=cmd|calc,b,c\n1,2,3\n",
    ],
)
def test_what_is_no_table_of_links_is_refused_in_a_sentence(raw, as_mark, campaign):
    answer = bring(as_mark, raw, act="make", campaign=campaign.pk)
    assert answer.status_code in {413, 422}
    assert not TrackedLink.objects.exists()


def test_what_is_far_too_large_is_refused_before_it_is_looked_at(as_mark, campaign):
    answer = bring(as_mark, b"channel,label,destination\n" + b"x,a,/\n" * 900_000)
    assert answer.status_code == 413
    assert "MB" in answer.content.decode()
    assert as_mark.post(PLACE, {"table": "x" * 2_100_000}).status_code in {413, 422, 400}
    assert bring(as_mark, b"channel,label,destination\n" + b"x,a,/\n" * 345_000).status_code in {413, 422}


@pytest.mark.parametrize(
    "row",
    [
        "spring,x,a,/,,0912-345-678,,",
        "spring,x,a,/,,,2026-13-45,",
        "spring,x,a,/,,,,-5",
        "spring,x,a,/,,,,99999999999999999999",
        "spring,x,a,/,,,neulich,",
        "spring,x,a,/go/x,,,,",
        "spring,x,a,https://evil.example/,,,,",
        "spring,x,a,javascript:alert(1),,,,",
        "spring,x," + "a" * 90 + ",/,,,,",
        "spring,x,a,/," + "c" * 200 + ",,,",
        "spring,member,a,/,,,,",
    ],
)
def test_each_cell_is_judged_as_the_form_judges_it(row, as_mark, campaign):
    head = "campaign,channel,label,destination,code,utm_content,starts_at,most_visits\n"
    answer = as_mark.post(PLACE, {"table": head + row + "\n", "act": "make"})
    assert answer.status_code == 422
    assert not TrackedLink.objects.exists()


@pytest.mark.parametrize("cell", ["=1+1", "+886", "-x", "@sum", "\tx", "\rx", "'=x", "''=x", "＝x", "plain", "'x", ""])
def test_cells_that_look_like_formulas_are_text_and_come_back_as_they_were(cell):
    safe = reading.neutral(cell)
    assert safe[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert reading.unmarked(safe) == cell


def exported(client) -> str:
    answer = client.get(reverse("campaigns:found_table") + "?state=all")
    return b"".join(answer.streaming_content).decode()


def test_the_table_opens_safely_in_a_spreadsheet(as_mark, campaign):
    linking.make_link(
        campaign=campaign, channel="x", label='=HYPERLINK("http://evil.example")', destination="/", notes="@x"
    )
    table = exported(as_mark)
    assert table.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r"} for row in rows for cell in row)


def test_bringing_the_same_table_again_makes_nothing(as_mark, campaign, mark):
    linking.make_link(
        campaign=campaign,
        channel="x",
        label="a",
        destination="/",
        owner=mark,
        tags=["春", "b"],
        notes="=1",
        most_visits=5,
    )
    answer = as_mark.post(PLACE, {"table": exported(as_mark), "act": "make"})
    assert answer.status_code == 302
    assert TrackedLink.objects.count() == 1
    assert not Change.objects.exists()


def test_an_export_costs_few_questions_however_long(as_mark, campaign, django_assert_max_num_queries):
    for number in range(30):
        linking.make_link(campaign=campaign, channel="x", label=f"n{number}", destination="/", tags=["t"])
    with django_assert_max_num_queries(22):
        assert exported(as_mark).count("\r\n") == 31


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" =+-@'\",，\n"),
    min_size=1,
    max_size=30,
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "channel": st.sampled_from(["x", "ptt", "line_group", "facebook_ads"]),
            "label": words,
            "notes": words,
            "text": words,
            "card_title": words,
            "destination": st.sampled_from(["/", "/forum/", "/forum/?a=1&b=%20#c", "/手沖/"]),
            "tags": st.lists(st.sampled_from(["春", "夏天", "a b", "=1", "c-d"]), max_size=3, unique=True),
            "most_visits": st.none() | st.integers(1, 2_000_000_000),
            "starts_at": st.none()
            | st.datetimes(min_value=planning.datetime(2020, 1, 1), max_value=planning.datetime(2030, 1, 1)),
            "utm_content": st.sampled_from(["", "carousel", "春日"]),
        }
    ),
    min_size=1,
    max_size=4,
)


def _kept(text: str) -> str:
    return planning.tidy(text).strip()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows)
def test_what_is_exported_and_brought_back_makes_the_same_links(campaign, mark, told):
    TrackedLink.objects.all().delete()
    for each in told:
        fields = {name: _kept(each[name]) for name in ("label", "notes", "text", "card_title")}
        if not fields["label"]:
            fields["label"] = "x"
        moment = each["starts_at"] and planning.make_aware(each["starts_at"].replace(second=0, microsecond=0))
        linking.make_link(campaign=campaign, by=mark, owner=mark, **(each | fields | {"starts_at": moment}))
    first = TrackedLink.objects.of_the_brand().for_desk().with_tags().order_by("code")
    before = [planning.as_told(link) for link in first]
    table = "".join(writing.table(TrackedLink.objects.of_the_brand().for_desk().with_tags()))
    raw = table.encode()
    TrackedLink.objects.all().delete()
    text, how = reading.decoded(raw)
    assert how == "UTF-8"
    planned = planning.plan(reading.read(text), owners=[mark])
    assert not [each.errors for each in planned if each.errors]
    planning.make(planned, by=mark)
    after = TrackedLink.objects.of_the_brand().for_desk().with_tags().order_by("code")
    assert [planning.as_told(link) for link in after] == before
