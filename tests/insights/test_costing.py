"""What members cost: each sum in its own currency, the same on the page and in the file; reach is never added up."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from community.campaigns import crediting, linking, moments
from community.campaigns.costing import spending, tying
from community.campaigns.models import Claim, Click, Conversion
from community.commons.ids import uuid7
from community.insights import cost_tables, costing
from community.insights.lens import Lens
from tests import cast
from tests.campaigns import sheets
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def link(db):
    return linking.make_link(campaign=make_campaign(), channel="facebook_ads", label="手沖廣告", destination="/forum/")


def came(link, name, *kinds, revenue=()):
    """Somebody taps the link, joins, and takes some steps."""
    visitor, at = uuid7(), now() - timedelta(minutes=5)
    member = cast.member(name)
    Click.objects.create(id=moments.id_at(at), at=at, link=link, visitor=visitor, agent="human")
    Claim.objects.get_or_create(visitor=visitor, member=member)
    crediting.claim(member=member, visitor=visitor)
    for kind in kinds:
        Conversion.objects.get_or_create(member=member, kind=kind)
    for amount, currency in revenue:
        Conversion.objects.create(member=member, kind="revenue", ref=f"{currency}", amount=amount, currency=currency)
    return member


def spend(place, amount, currency="TWD", **fields):
    told = {"campaign": place.campaign, "link": place, "kind": "kol", "starts": TODAY, "ends": TODAY}
    return spending.enter(**told | {"amount": Decimal(amount), "currency": currency} | fields)


def ad_today(*names, **more):
    return sheets.ad(*names, day=TODAY.isoformat(), **more)


def test_a_member_has_a_price_in_each_currency_and_nothing_is_converted(link):
    spend(link, 600)
    spend(link, 30, "USD")
    came(link, "gil", "day30", revenue=[(Decimal("1500"), "TWD")])
    came(link, "hal")
    (row,) = costing.spending(Lens(period="7"), "campaign")
    assert row.joined == 2
    assert row.per_joined == {"TWD": Decimal("300.00"), "USD": Decimal("15.00")}
    assert row.per_day30 == {"TWD": Decimal("600.00"), "USD": Decimal("30.00")}
    assert row.roas == {"TWD": Decimal("2.50"), "USD": Decimal("0.00")}
    assert row.is_early


def test_nobody_has_no_price(link):
    spend(link, 600)
    (row,) = costing.spending(Lens(period="7"), "link")
    assert (row.joined, row.per_joined, row.per_day30, row.roas) == (0, {}, {}, {})


def test_costs_outside_these_days_are_not_among_them(link):
    spend(link, 100, starts=TODAY - timedelta(days=9), ends=TODAY)
    (row,) = costing.spending(Lens(period="7"), "link")
    assert row.costs == {"TWD": Decimal("70.00")}


def test_a_campaigns_own_cost_stands_beside_its_links(link):
    spend(link, 100)
    spend(link, 40, link=None)
    rows = costing.spending(Lens(period="7"), "link")
    assert [(row.costs["TWD"], row.rest) for row in rows] == [(100, False), (40, True)]
    assert costing.spending(Lens(period="7"), "campaign")[0].costs == {"TWD": 140}
    assert costing.total(rows).costs == {"TWD": 140}


def test_a_filter_narrows_costs_and_one_nobody_pays_by_hides_them(link):
    other = linking.make_link(campaign=make_campaign(key="x", name="x"), channel="x", label="b", destination="/")
    spend(link, 100)
    spend(other, 7)
    assert costing.total(costing.spending(Lens(period="7").adding("link", link.pk), "link")).costs == {"TWD": 100}
    assert costing.total(costing.spending(Lens(period="7").adding("channel", "x"), "link")).costs == {"TWD": 7}
    assert costing.total(costing.spending(Lens(period="7").adding("campaign", link.campaign_id))).costs == {"TWD": 100}
    assert costing.total(costing.spending(Lens(period="7").adding("app", "line"))).costs == {}


def test_what_belongs_nowhere_is_said_and_not_hidden(link, as_mark):
    sheets.kept(sheets.ADS_EN, ad_today("nobody's", campaign="unknown"))
    assert costing.unplaced(Lens(period="7")) == {"TWD": Decimal("1200.50")}
    assert "NT$1,200.50" in as_mark.get(reverse("spending:costs")).content.decode()


def test_metas_claims_stand_beside_what_we_know(link, as_mark):
    sheets.kept(sheets.ADS_EN, ad_today("手沖廣告", results="12", clicks="300"))
    came(link, "gil", "verified")
    came(link, "hal")
    Click.objects.create(link=link, agent="scanner")
    found = costing.truths(Lens(period="7"))
    assert [each["results"] for each in found.claimed] == [12]
    assert (found.link_clicks, found.clicks, found.joined) == (300, 2, 2)
    reasons = {reason.key: reason.count for reason in found.reasons}
    assert reasons["never_arrived"] == 298
    assert reasons["machines"] == 1
    assert {"view_through", "twice", "window", "own_credit"} <= set(reasons)
    assert not hasattr(found, "reach")
    page = as_mark.get(reverse("spending:truths")).content.decode()
    assert "298" in page


def test_rows_that_reach_beyond_the_days_are_left_out_of_the_claims(link):
    headers = [name for name in sheets.ADS_EN if name != "Day"]
    month = sheets.ad("手沖廣告", day=(TODAY - timedelta(days=40)).isoformat(), ends=TODAY.isoformat())
    month.pop(3)
    sheets.kept(headers, month)
    sheets.kept(sheets.ADS_EN, ad_today("另一則"))
    found = costing.truths(Lens(period="7"))
    assert {reason.key: reason.count for reason in found.reasons}["edge"] == 1


def test_no_claims_are_compared_where_there_is_no_file(link):
    assert costing.truths(Lens(period="7")) is None


def post_today(number, reach, title):
    return sheets.post(number, reach=reach, title=title, published=f"{TODAY:%m/%d/%Y} 00:10")


def test_a_post_stands_on_one_line_with_what_came_of_it(link, as_mark):
    rows = [post_today(f"12210{n}", str(n * 1000), f"貼文{n}") for n in range(1, 6)]
    sheets.kept(sheets.PAGE_ZH, *rows)
    quiet = linking.make_link(campaign=link.campaign, channel="facebook_page", label="安靜", destination="/")
    tying.tie_post(link=quiet, address="https://www.facebook.com/islet.roast/posts/122101")
    tying.tie_post(link=link, address="https://www.facebook.com/islet.roast/posts/122105")
    came(quiet, "gil", "day30")
    found = {post.figure.title: post for post in costing.posts(Lens(period="7"))}
    assert (found["貼文1"].joined, found["貼文1"].day30, found["貼文1"].verdict) == (1, 1, "quiet")
    assert found["貼文1"].per_thousand == Decimal("1.00")
    assert (found["貼文5"].joined, found["貼文5"].verdict) == (0, "loud")
    assert found["貼文3"].joined is None
    page = as_mark.get(reverse("spending:posts")).content.decode()
    assert "看到的人少，帶來留下的人" in page
    assert "15,000" not in page  # the sum of all reaches, which would mean nothing


@pytest.mark.parametrize("by", ["campaign", "link"])
def test_the_file_says_what_the_page_says(link, as_mark, by):
    spend(link, 600)
    came(link, "gil", "day30", revenue=[(Decimal("1500"), "TWD")])
    answer = as_mark.get(reverse("spending:file", args=["costs"]), {"by": by})
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(content))
    told = dict(zip(head, row, strict=True))
    assert told["每位加入花費 TWD"] == "600.00"
    assert told["ROAS TWD"] == "2.50"
    page = as_mark.get(reverse("spending:costs"), {"by": by}).content.decode()
    for words in ("NT$600", "NT$1,500", "2.5"):
        assert words in page


@pytest.mark.parametrize("name", ["=1+1", "+886", "-2", "@x", "＝A1", "\t=1"])
def test_no_cell_of_a_file_is_a_formula(name):
    assert cost_tables.neutral(name).startswith("'")
    assert cost_tables.neutral(Decimal("-2")) == Decimal("-2")
    assert cost_tables.neutral("手沖 = 好") == "手沖 = 好"


@pytest.mark.parametrize("name", ["costs", "truths", "posts"])
@pytest.mark.parametrize(
    "query", [{}, {"period": "all"}, {"by": "x", "from": "x", "link": "9" * 40, "model": "\u202e"}]
)
def test_every_look_is_answered(as_mark, link, name, query):
    spend(link, 5)
    sheets.kept(sheets.PAGE_ZH, post_today("1221099", "5", "t"))
    assert as_mark.get(reverse(f"spending:{name}"), query).status_code == 200
    b"".join(as_mark.get(reverse("spending:file", args=[name]), query))


def test_the_page_costs_the_same_however_many_campaigns(as_mark, link, django_assert_max_num_queries):
    for number in range(8):
        made = linking.make_link(
            campaign=make_campaign(key=f"k{number}", name="x"), channel="x", label="a", destination="/"
        )
        spend(made, 5)
    with django_assert_max_num_queries(40):
        as_mark.get(reverse("spending:costs"))
