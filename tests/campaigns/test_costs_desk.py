"""Costs and conversions out at the desk: whose doors these are, and what a marketer can do behind them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from community.campaigns import linking
from community.campaigns.models import AdFigure, Cost, Delivery, Expense, PostFigure, Sending, Sheet, Tie
from community.campaigns.outward import telling
from tests import cast
from tests.campaigns import sheets
from tests.campaigns.knocking import campaign as make_campaign
from tests.campaigns.test_outward import agreed, google, meta, step

__all__ = ["google", "meta"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def link(db):
    return linking.make_link(campaign=make_campaign(), channel="facebook_ads", label="手沖廣告", destination="/forum/")


@pytest.fixture
def sheet(db):
    return sheets.brought(
        sheets.ADS_ZH, sheets.ad("別的", campaign="別的"), sheets.ad(spent="x"), sheets.total("1,200.50")
    )


@pytest.fixture
def expense(link):
    return Expense.objects.create(
        campaign=link.campaign, link=link, amount=7, currency="TWD", starts="2026-11-01", ends="2026-11-01"
    )


@pytest.fixture
def tied(link):
    return Tie.objects.create(kind="ad", value="1", link=link)


@pytest.fixture
def delivery(meta):
    row, *_ = telling.queue(conversion=step(agreed(cast.member("grace"))))
    return row


READ = [
    ("costs:index", ""),
    ("costs:sheet", "sheet"),
    ("costs:expenses", ""),
    ("costs:expense", "expense"),
    ("costs:ties", ""),
    ("outward:index", ""),
    ("outward:delivery", "delivery"),
    ("outward:decisions", "meta"),
    ("spending:costs", ""),
    ("spending:truths", ""),
    ("spending:posts", ""),
    ("spending:file", "costs"),
    ("spending:file", "truths"),
    ("spending:file", "posts"),
]
WRITE = [
    ("costs:sheets", ""),
    ("costs:keep", "sheet"),
    ("costs:undo", "sheet"),
    ("costs:let_go", "sheet"),
    ("costs:enter", ""),
    ("costs:strike", "expense"),
    ("costs:tie", ""),
    ("costs:tie_post", ""),
    ("costs:untie", "tied"),
    ("outward:replay", "delivery"),
    ("outward:replay_all", ""),
]
THINGS = {"sheet", "expense", "tied", "delivery"}


def address(request, name, thing):
    if thing in THINGS:
        return reverse(name, args=[request.getfixturevalue(thing).pk])
    return reverse(name, args=[thing] if thing else [])


@pytest.mark.parametrize(("name", "thing"), READ)
def test_these_pages_are_for_marketers(request, name, thing, stranger, as_ben, as_edda, as_mod, as_mark, as_root):
    place = address(request, name, thing)
    assert stranger.get(place)["Location"].startswith("/join/?next=")
    assert as_ben.get(place).status_code == 403
    for staff in (as_edda, as_mod):
        refused = staff.get(place)
        assert refused.status_code == 403 or refused["Location"] == "/desk/"
    for person in (as_mark, as_root):
        answer = person.get(place)
        assert answer.status_code == 200
        b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize(("name", "thing"), WRITE)
def test_nobody_else_writes(request, name, thing, stranger, as_ben, as_edda, as_mark):
    place = address(request, name, thing)
    before = [model.objects.count() for model in (Sheet, Expense, Tie, Cost, Sending)]
    for person in (stranger, as_ben, as_edda):
        assert person.post(place, {}).status_code in {302, 403}
    assert [model.objects.count() for model in (Sheet, Expense, Tie, Cost, Sending)] == before
    assert not Sheet.objects.kept().exists()
    assert as_mark.get(place).status_code == 405


@pytest.mark.parametrize(
    "place",
    ["costs/sheets/999/", "costs/typed/999/", "outward/01a2017e-f5ad-7081-a98e-e5763a244ad1/", "outward/told/x/"],
)
def test_what_is_not_there_is_not_found(place, as_mark):
    assert as_mark.get(f"/desk/{place}").status_code == 404


@pytest.mark.parametrize("place", ["costs/sheets/999/kept/", "costs/ties/999/untied/", "costs/typed/999/struck/"])
def test_what_is_not_there_cannot_be_changed(place, as_mark):
    assert as_mark.post(f"/desk/{place}").status_code == 404


# --- a file, from the first look to the last regret


def test_a_file_is_brought_looked_at_kept_and_undone(as_mark, mark):
    content = sheets.written(
        sheets.ADS_ZH, sheets.ad("別的", campaign="別的"), sheets.ad(spent="x"), sheets.total("1,200.50")
    )
    answer = as_mark.post(reverse("costs:sheets"), {"file": sheets.upload(content, "春日.csv"), "currency": "TWD"})
    sheet = Sheet.objects.get()
    assert answer["Location"] == reverse("costs:sheet", args=[sheet.pk])
    page = as_mark.get(answer["Location"]).content.decode()
    for words in ("春日.csv", "別的", "NT$1,200.50", "花費金額 (TWD)", "這不是數字。", "和檔案自己的總計一樣"):
        assert words in page
    assert sheet.by == mark
    assert not Cost.objects.exists()
    kept = as_mark.post(reverse("costs:keep", args=[sheet.pk]))
    assert kept["Location"] == reverse("costs:ties")  # the ad belongs nowhere yet
    assert Cost.objects.get().amount == Decimal("1200.5")
    as_mark.post(reverse("costs:undo", args=[sheet.pk]))
    assert not Cost.objects.exists()
    as_mark.post(reverse("costs:let_go", args=[sheet.pk]))
    assert not Sheet.objects.exists()


def test_a_kept_file_is_not_let_go(as_mark, sheet):
    as_mark.post(reverse("costs:keep", args=[sheet.pk]))
    assert as_mark.post(reverse("costs:let_go", args=[sheet.pk])).status_code == 409
    assert Sheet.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04x", b"a,b\n1,2\n"])
def test_a_wrong_file_is_explained_on_the_same_page(as_mark, content):
    answer = as_mark.post(reverse("costs:sheets"), {"file": sheets.upload(content)})
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not Sheet.objects.exists()


def test_no_file_at_all_is_said(as_mark):
    assert as_mark.post(reverse("costs:sheets"), {}).status_code == 422


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_parsed(as_mark):
    answer = as_mark.post(
        reverse("costs:sheets"), b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="200000000"
    )
    assert answer.status_code == 413
    assert "200 MB" in answer.content.decode()


def test_a_second_file_says_what_it_will_replace(as_mark, link):
    sheets.kept(sheets.ADS_EN, sheets.ad(spent="10"))
    sheet = sheets.brought(sheets.ADS_EN, sheets.ad(spent="12"))
    page = as_mark.get(reverse("costs:sheet", args=[sheet.pk])).content.decode()
    assert "之前收下的 1 列" in page
    again = sheets.brought(sheets.ADS_EN, sheets.ad(spent="10"))
    assert "一模一樣的檔案" in as_mark.get(reverse("costs:sheet", args=[again.pk])).content.decode()


def test_formulas_in_a_file_are_only_words(as_mark):
    sheet = sheets.brought(sheets.ADS_EN, sheets.ad("<script>alert(1)</script>=1+1"))
    page = as_mark.get(reverse("costs:sheet", args=[sheet.pk])).content.decode()
    assert "<script>alert(1)" not in page


def test_the_list_of_files_costs_the_same_however_long(as_mark, django_assert_max_num_queries):
    for number in range(12):
        sheets.brought(sheets.ADS_EN, sheets.ad(f"{number}"))
    as_mark.get(reverse("costs:index"))
    with django_assert_max_num_queries(20):
        assert as_mark.get(reverse("costs:index")).content.decode().count('id="sheet-') == 12


# --- ties


def test_an_ad_is_tied_in_one_click(as_mark, link):
    sheets.kept(sheets.ADS_EN, sheets.ad("手沖廣告 v2", campaign="別的"))
    page = as_mark.get(reverse("costs:ties")).content.decode()
    assert f'value="l{link.pk}" selected' in page  # it is called nearly like the link
    thing = AdFigure.objects.get().thing
    as_mark.post(reverse("costs:tie"), {"kind": "name", "value": thing, "said": "x", "place": f"l{link.pk}"})
    assert Cost.objects.get().link == link
    as_mark.post(reverse("costs:untie", args=[Tie.objects.get().pk]))
    assert Cost.objects.get().link is None


@pytest.mark.parametrize("place", ["", "x", "l999999", "c999999", "l9999999999999999999999"])
def test_a_tie_to_nowhere_is_none(as_mark, link, place):
    as_mark.post(reverse("costs:tie"), {"kind": "name", "value": "x", "place": place})
    assert not Tie.objects.exists()


def test_a_post_is_tied_by_its_address(as_mark, link):
    sheets.kept(sheets.PAGE_ZH, sheets.post())
    told = {"address": "https://m.facebook.com/islet.roast/posts/122101?x=1", "place": link.pk}
    assert as_mark.post(reverse("costs:tie_post"), told).status_code == 302
    assert PostFigure.objects.get().link == link
    assert as_mark.post(reverse("costs:tie_post"), told | {"address": "https://www.facebook.com/"}).status_code == 422


# --- sums typed in


def test_a_fee_is_spread_over_its_days(as_mark, link, mark):
    told = {
        "kind": "kol",
        "place": f"l{link.pk}",
        "amount": "1000",
        "currency": "twd",
        "starts": "2026-11-01",
        "ends": "2026-11-03",
    }
    assert as_mark.post(reverse("costs:enter"), told).status_code == 302
    assert [str(row.amount) for row in Cost.objects.order_by("day")] == ["333.3300", "333.3400", "333.3300"]
    expense = Expense.objects.get()
    assert (expense.by, expense.campaign, expense.currency) == (mark, link.campaign, "TWD")
    as_mark.post(reverse("costs:expense", args=[expense.pk]), told | {"amount": "6", "place": f"c{link.campaign_id}"})
    assert [(str(row.amount), row.link) for row in Cost.objects.all()] == [("2.0000", None)] * 3
    as_mark.post(reverse("costs:strike", args=[expense.pk]))
    assert not Cost.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "-1"},
        {"amount": ""},
        {"currency": "NT"},
        {"place": "l999"},
        {"ends": "2026-10-01"},
        {"ends": "2036-10-01"},
        {"kind": "meta"},
        {"starts": "x"},
    ],
)
def test_a_sum_that_cannot_be_is_explained(as_mark, link, wrong):
    told = {
        "kind": "manual",
        "place": f"l{link.pk}",
        "amount": "5",
        "currency": "TWD",
        "starts": "2026-11-01",
        "ends": "",
    }
    assert as_mark.post(reverse("costs:enter"), told | wrong).status_code == 422
    assert not Cost.objects.exists()


# --- conversions out


def test_a_marketer_sees_an_event_and_sends_it_again(as_mark, delivery, meta):
    meta.next((400, {"error": {"code": 190, "message": "expired"}}))
    telling.send_waiting("meta")
    page = as_mark.get(reverse("outward:delivery", args=[delivery.pk])).content.decode()
    assert "expired" in page
    assert "ActiveMember" in page
    assert "grace@" not in page
    as_mark.post(reverse("outward:replay", args=[delivery.pk]))
    telling.send_waiting("meta")
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.SENT
    assert len({body["data"][0]["event_id"] for _path, body in meta.asked}) == 1


def test_all_that_failed_for_one_reason_go_again_together(as_mark, delivery, meta):
    meta.next((400, {"error": {"code": 190}}))
    telling.send_waiting("meta")
    assert "這些全部再送一次" in as_mark.get(reverse("outward:index")).content.decode()
    as_mark.post(reverse("outward:replay_all"), {"service": "meta", "reason": "token"})
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WAITING
    assert as_mark.post(reverse("outward:replay_all"), {"service": "meta", "reason": "x"}).status_code == 404


def test_the_list_is_narrowed_and_read_in_pages(as_mark, meta, django_assert_max_num_queries):
    for number in range(33):
        telling.queue(conversion=step(cast.member(f"n{number}")))
    first = as_mark.get(reverse("outward:index"), {"service": "meta", "state": "waiting"}).content.decode()
    assert first.count('id="delivery-') == 30
    after = first.partition("after=")[2].partition('"')[0]
    second = as_mark.get(f"{reverse('outward:index')}?service=meta&state=waiting&after={after}").content.decode()
    assert second.count('id="delivery-') == 3
    assert 'id="delivery-' not in as_mark.get(reverse("outward:index"), {"state": "sent"}).content.decode()
    with django_assert_max_num_queries(20):
        as_mark.get(reverse("outward:index"), {"service": "nope", "state": "x", "kind": "\x00"})


def test_what_is_missing_is_said_by_name_and_never_by_value(as_mark, settings):
    page = as_mark.get(reverse("outward:index")).content.decode()
    assert "META_ACCESS_TOKEN" in page
    assert "GA4_API_SECRET" in page


def test_a_marketer_decides_what_is_told(as_mark, meta):
    place = reverse("outward:decisions", args=["meta"])
    told = {
        f"meta-{kind}-name": "Event"
        for kind in ("joined", "verified", "first_act", "week2", "climbed", "referral", "revenue")
    }
    told |= {
        "meta-day30-name": "ActiveMember",
        "meta-day30-is_on": "on",
        "meta-day30-value": "120",
        "meta-day30-currency": "twd",
    }
    assert as_mark.post(place, told).status_code == 302
    row = Sending.objects.get(service="meta", kind="day30")
    assert (row.is_on, row.value, row.currency) == (True, 120, "TWD")
    assert not Sending.objects.get(service="meta", kind="verified").is_on
    for wrong in ({"meta-day30-name": "two words"}, {"meta-day30-currency": ""}, {"meta-day30-value": "x"}):
        assert as_mark.post(place, told | wrong).status_code == 422
    google = reverse("outward:decisions", args=["ga4"])
    assert as_mark.post(google, {name.replace("meta", "ga4"): "session_start" for name in told}).status_code == 422
