"""Files from Meta: read as they really are, counted once, and never half."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum

from community.campaigns import linking, moments
from community.campaigns.costing import columns, importing, posting, tying, values
from community.campaigns.models import AdFigure, Click, Cost, PostFigure, Sheet, Tie
from tests.campaigns import sheets
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db


def cost(**narrow) -> Decimal:
    return sum(
        (row.amount for row in Cost.objects.all() if all(getattr(row, k) == v for k, v in narrow.items())), Decimal(0)
    )


@pytest.fixture
def link(db):
    return linking.make_link(
        campaign=make_campaign(), channel="facebook_ads", label="手沖廣告", destination="/", utm_content="120211"
    )


# --- how files are written


@pytest.mark.parametrize("headers", [sheets.ADS_EN, sheets.ADS_ZH], ids=["en", "zh"])
@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("utf-16", "\t"), ("utf-16-le", "\t"), ("utf-8", ";")],
)
def test_both_languages_are_read_however_they_are_encoded(headers, encoding, delimiter):
    sheet = sheets.brought(headers, sheets.ad(), sheets.total("1,200.50"), encoding=encoding, delimiter=delimiter)
    assert (sheet.kind, sheet.level, sheet.rows, sheet.wrong_rows) == ("ads", "ad", 1, 0)
    row = AdFigure.objects.get()
    assert (row.campaign_name, row.set_name, row.ad_name) == ("春日手沖", "北部", "手沖 A")
    assert (row.starts, row.ends, row.currency, row.spent) == (
        date(2026, 10, 1),
        date(2026, 10, 1),
        "TWD",
        Decimal("1200.5"),
    )
    assert (row.impressions, row.reach, row.frequency, row.results) == (10000, 8000, Decimal("1.25"), 12)


def test_an_old_excel_in_taiwan_is_read_too():
    sheet = sheets.brought(sheets.ADS_ZH, sheets.ad(), encoding="cp950")
    assert sheet.told["encoding"] == "cp950"
    assert AdFigure.objects.get().ad_name == "手沖 A"


@pytest.mark.parametrize(
    ("spelled", "meant"),
    [
        ("花費金額 (TWD)", "spent"),
        ("花費金額（TWD）", "spent"),
        ("Amount Spent (USD)", "spent"),
        ("AMOUNT SPENT(twd)", "spent"),
        ("點擊次數（全部）", "clicks"),
        ("點擊次數(全部)", "clicks"),
        ("Clicks (All)", "clicks"),
        ("Ad Set Name", "set_name"),
        ("Ad set name", "set_name"),
        ("Result", "results"),
        ("Purchase(s) conversion value", "purchase_value"),
        ("Purchases conversion value", "purchase_value"),
        ("Purchase conversion value", "purchase_value"),
        ("\ufeffCampaign name", "campaign_name"),
        ("  行銷活動 名稱 ", "campaign_name"),
        ("每次購買的成本 (TWD)", None),
        ("Cost per result", None),
    ],
)
def test_a_header_is_known_in_all_its_spellings(spelled, meant):
    assert columns.KNOWN["ads"].get(columns.folded(spelled)) == meant


def test_the_currency_is_found_in_the_header_in_brackets_of_any_width():
    assert columns.currency_in("花費金額（USD）") == "USD"
    assert columns.currency_in("Clicks (all)") == "ALL"  # which is why it is asked of one header only
    assert columns.currency_in("Amount spent") == ""


def test_a_title_above_the_table_is_stepped_over():
    content = (
        b"\xef\xbb\xbf" + "我的報表\r\n\r\n".encode() + sheets.written(sheets.ADS_ZH, sheets.ad(), encoding="utf-8")
    )
    assert importing.bring(file=sheets.upload(content), name="a.csv", by=None).rows == 1


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1,234,567.89", Decimal("1234567.89")),
        ("１，２００", 1200),
        ("NT$1,200", 1200),
        (" 12 ", 12),
        ("0", 0),
        ("-0", 0),
        ("", None),
        ("—", None),
        ("-", None),
    ],
)
def test_numbers_are_read_as_people_write_them(cell, number):
    assert values.number(cell) == number


@pytest.mark.parametrize(
    "cell",
    ["1,20", "1.2.3", "12,34,567", "abc", "=1+1", "1e9", "-5", "9" * 30, "٣", "1 200", "NaN", "Infinity", "1_000"],
)
def test_what_is_no_number_is_never_guessed_at(cell):
    if cell == "٣":  # a digit, but none of ours
        cell = "٣,"
    with pytest.raises(values.Unreadable):
        values.number(cell)


@pytest.mark.parametrize(
    "cell", ["2026-10-03", "2026/10/3", "10/03/2026", "2026年10月3日", "２０２６-１０-０３", "10/03/2026 18:30"]
)
def test_days_are_read_as_meta_writes_them(cell):
    assert values.day(cell) == date(2026, 10, 3)


@pytest.mark.parametrize("cell", ["31/12/2026", "2026-02-30", "Ongoing", "0001-01-01", "9999-12-31", "x"])
def test_what_is_no_day_is_said(cell):
    with pytest.raises(values.Unreadable):
        values.day(cell)


# --- what is in them


def test_the_accounts_own_total_is_left_out_and_compared():
    sheet = sheets.brought(sheets.ADS_EN, sheets.ad(), sheets.ad("手沖 B"), sheets.total("2,401"))
    assert (sheet.rows, sheet.told["totals"]) == (2, 1)
    assert sheet.told["total_said"] == {"TWD": "2401"}
    assert Decimal(sheet.told["spent"]["TWD"]) == Decimal("2401")


def test_unknown_columns_are_kept_as_they_stood():
    sheets.brought([*sheets.ADS_ZH, "填寫問卷（自訂轉換）"], [*sheets.ad(), "5"])
    rest = AdFigure.objects.get().rest
    assert rest["填寫問卷（自訂轉換）"] == "5"
    assert rest["結束時間"] == "Ongoing"


def test_a_wrong_row_is_told_by_line_and_column_and_the_others_stay():
    sheet = sheets.brought(
        sheets.ADS_EN, sheets.ad(spent="1,20"), sheets.ad("B"), sheets.ad("C", day="gestern"), sheets.ad("D", reach="x")
    )
    assert (sheet.rows, sheet.wrong_rows) == (1, 3)
    assert [(wrong["line"], wrong["column"], wrong["value"]) for wrong in sheet.wrong] == [
        (2, "Amount spent (TWD)", "1,20"),
        (4, "Day", "gestern"),
        (5, "Reach", "x"),
    ]


def test_a_file_without_currency_needs_it_said():
    headers = ["Amount spent" if name.startswith("Amount") else name for name in sheets.ADS_EN]
    assert sheets.brought(headers, sheets.ad()).wrong_rows == 1
    assert sheets.brought(headers, sheets.ad(), currency="USD").told["spent"] == {"USD": "1200.50"}


def test_the_currency_of_a_column_goes_before_the_one_that_was_chosen():
    headers = ["Amount spent" if name.startswith("Amount") else name for name in sheets.ADS_EN]
    sheet = sheets.brought([*headers, "Currency"], [*sheets.ad(), "JPY"], currency="USD")
    assert list(sheet.told["spent"]) == ["JPY"]


def test_the_same_line_twice_in_one_file_is_one_line():
    sheet = sheets.brought(sheets.ADS_EN, sheets.ad(), sheets.ad(), sheets.ad(spent="3"))
    assert (sheet.rows, sheet.told["twice"]) == (2, 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"   \r\n", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7", "CSV"),
        (b"\x89PNG\r\n", "CSV"),
        (b"\x1f\x8b\x08", "packed"),
        (b"<!DOCTYPE html><p>Sign in</p>", "CSV"),
        (b'{"data": []}', "CSV"),
        (b"\x00\x01\x02\x00\x00\xff" * 50, "CSV"),
        (b"a,b,c\n1,2,3\n", "columns"),
        ("行銷活動名稱,曝光次數\nx,1\n".encode(), "lacks a column"),
        (sheets.written(sheets.ADS_EN), "no row"),
        (sheets.written(sheets.ADS_EN) + b'"never closed,' + b"x" * 200_000, "quotation mark"),
        (sheets.written(sheets.ADS_EN) + b"x," * 140_000 + b"\xff\xfe\xfa\n", "CSV UTF-8"),
        (b",".join(b"c%d" % n for n in range(900)) + b",Campaign name,Amount spent (TWD)\n", "columns"),
    ],
)
def test_another_kind_of_file_is_refused_kindly_and_leaves_nothing(content, says, settings):
    from django.utils import translation

    with translation.override("en"), pytest.raises(ValidationError) as refused:
        importing.bring(file=sheets.upload(content), name="x.csv", by=None)
    assert says in str(refused.value.messages)
    assert not Sheet.objects.exists()
    assert not AdFigure.objects.exists()


def test_a_file_with_too_many_rows_leaves_nothing(settings):
    settings.IMPORT_MOST_ROWS = 3
    with pytest.raises(ValidationError):
        sheets.brought(sheets.ADS_EN, *(sheets.ad(f"{number}") for number in range(9)))
    assert not AdFigure.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read(settings):
    class Huge:
        size = 200_000_000

        def read(self, *_):
            raise AssertionError("it was read")

    with pytest.raises(ValidationError):
        importing.bring(file=Huge(), name="x.csv", by=None)


def test_control_and_broken_letters_do_not_reach_the_database():
    sheet = sheets.brought(sheets.ADS_EN, sheets.ad("a\x01b\x1fc"), encoding="utf-8")
    assert sheet.rows == 1
    assert AdFigure.objects.get().ad_name == "abc"


# --- keeping, again, and undoing


def test_nothing_counts_before_it_is_kept():
    sheet = sheets.brought(sheets.ADS_EN, sheets.ad())
    assert cost() == 0
    assert not AdFigure.objects.standing().exists()
    importing.keep(sheet=sheet)
    assert cost() == Decimal("1200.50")
    importing.keep(sheet=sheet)
    assert cost() == Decimal("1200.50")


def test_the_same_file_again_replaces_and_never_doubles():
    sheets.kept(sheets.ADS_EN, sheets.ad(), sheets.ad("B"))
    sheets.kept(sheets.ADS_ZH, sheets.ad(), sheets.ad("B"), sheets.ad("B", day="2026-10-02"))
    assert cost() == Decimal("1200.50") * 3
    assert AdFigure.objects.standing().count() == 3


def test_a_later_figure_of_the_same_day_is_the_true_one():
    sheets.kept(sheets.ADS_EN, sheets.ad(spent="100"))
    sheets.kept(sheets.ADS_EN, sheets.ad(spent="130"))
    assert cost() == 130


def test_undoing_brings_back_what_had_been_replaced():
    first = sheets.kept(sheets.ADS_EN, sheets.ad(spent="100"))
    second = sheets.kept(sheets.ADS_EN, sheets.ad(spent="130"))
    third = sheets.kept(sheets.ADS_EN, sheets.ad(spent="170"))
    importing.undo(sheet=second)  # the third still says it anew
    assert cost() == 170
    importing.undo(sheet=third)
    assert cost() == 100
    importing.keep(sheet=second)
    assert cost() == 130
    importing.undo(sheet=first)
    assert cost() == 130
    importing.undo(sheet=second)
    assert cost() == 0


def test_a_month_in_one_line_and_its_days_are_never_both_counted():
    headers = [name for name in sheets.ADS_EN if name != "Day"]
    month = sheets.ad(spent="3,100", ends="2026-10-31")
    month.pop(3)
    sheets.kept(headers, month)
    assert cost() == 3100
    assert cost(day=date(2026, 10, 15)) == 100
    sheets.kept(sheets.ADS_EN, sheets.ad(spent="90"))
    assert cost() == 90


def test_a_file_of_campaigns_and_one_of_ads_are_never_both_counted():
    headers = [name for name in sheets.ADS_EN if name not in {"Ad set name", "Ad name"}]
    row = sheets.ad(spent="500")
    sheets.kept(headers, [row[0], *row[3:]])
    sheets.kept(
        sheets.ADS_EN, sheets.ad(spent="200"), sheets.ad("B", spent="300"), sheets.ad(spent="7", campaign="other")
    )
    assert cost() == 507


def test_a_sum_over_days_is_spread_without_losing_a_hundredth():
    headers = [name for name in sheets.ADS_EN if name != "Day"]
    row = sheets.ad(spent="100", ends="2026-10-07")
    row.pop(3)
    sheets.kept(headers, row)
    assert Cost.objects.count() == 7
    assert cost() == 100


def test_two_ads_of_one_name_with_numbers_of_their_own_stay_two():
    headers = [*sheets.ADS_EN, "Ad ID"]
    sheets.kept(headers, [*sheets.ad(spent="10"), "120001"], [*sheets.ad(spent="20"), "120002"])
    sheets.kept(headers, [*sheets.ad(spent="11"), "120001"])
    assert cost() == 31


def test_an_ad_keeps_its_number_when_it_is_renamed():
    headers = [*sheets.ADS_EN, "廣告編號"]
    sheets.kept(headers, [*sheets.ad("old", spent="10"), "120001"])
    sheets.kept(headers, [*sheets.ad("new", spent="12"), "120001"])
    assert cost() == 12


def test_a_preview_that_nobody_keeps_is_let_go():
    sheet = sheets.brought(sheets.ADS_EN, sheets.ad())
    importing.let_go(sheet=sheet)
    assert not AdFigure.objects.exists()
    kept = sheets.kept(sheets.ADS_EN, sheets.ad())
    with pytest.raises(importing.NotNow):
        importing.let_go(sheet=kept)


# --- posts


@pytest.mark.parametrize("headers", [sheets.PAGE_ZH, sheets.PAGE_EN], ids=["zh", "en"])
def test_a_pages_posts_are_read_in_both_languages(headers):
    sheet = sheets.kept(headers, sheets.post())
    row = PostFigure.objects.get()
    assert (sheet.kind, row.platform, row.post) == ("posts", "facebook", "facebook:122101")
    assert (row.views, row.reach, row.reactions, row.comments, row.shares, row.link_clicks) == (
        9100,
        5400,
        280,
        25,
        15,
        96,
    )
    assert row.posted_at.isoformat() == "2026-10-03T10:30:00+00:00"  # 18:30 in Taipei
    assert row.day is None


def test_instagram_is_told_from_a_page():
    row = ["18", "7", "islet.roast", "浮嶼", "說明文字", "10/03/2026 18:30"]
    row += ["https://www.instagram.com/p/DAbc-_1/", "IG 相片", "Lifetime", "900", "700", "80", "3", "4", "12"]
    sheet = sheets.kept(sheets.IG_ZH, row)
    found = PostFigure.objects.get()
    assert (sheet.level, found.platform, found.post) == ("instagram", "instagram", "instagram:DAbc-_1")
    assert (found.reactions, found.saves, found.title) == (80, 12, "說明文字")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.facebook.com/islet/posts/122101", "http://m.facebook.com/permalink.php?story_fbid=122101&id=99"),
        ("https://www.facebook.com/islet/posts/some-words/122101/", "facebook.com/99/posts/122101?ref=share"),
        ("https://www.facebook.com/reel/998877", "https://facebook.com/islet/videos/998877/"),
        ("https://www.facebook.com/watch/?v=998877", "https://www.facebook.com/reel/998877/?s=single"),
        ("https://www.instagram.com/p/DAbc/", "https://instagram.com/islet/reel/DAbc/?igsh=xx"),
        ("https://www.threads.net/@islet/post/DXyz", "https://threads.com/@islet/post/DXyz?x=1"),
        ("https://www.plurk.com/p/3abc", "http://plurk.com/p/3abc/"),
    ],
)
def test_one_post_has_one_key_whatever_its_address(one, other):
    assert posting.key_of(one) == posting.key_of(other) != ""


def test_two_posts_have_two_keys():
    assert posting.key_of("https://www.instagram.com/p/DAbc/") != posting.key_of("https://www.instagram.com/p/dabc/")
    assert posting.key_of("https://www.facebook.com/") == ""
    assert posting.key_of("https://[") == ""


def test_a_post_again_is_replaced_and_reach_is_never_added_up():
    sheets.kept(sheets.PAGE_ZH, sheets.post(reach="5,400"))
    sheets.kept(sheets.PAGE_ZH, sheets.post(reach="6,000"))
    assert [row.reach for row in PostFigure.objects.standing()] == [6000]


@pytest.mark.parametrize(
    "rows", [AdFigure.objects.by_ad, lambda: AdFigure.objects.claimed(date(2026, 1, 1), date(2026, 12, 31))]
)
def test_no_question_adds_up_reach_or_frequency(rows):
    """People reached on two days may be the same people: such a sum would be no number of anything."""
    sheets.kept(sheets.ADS_EN, sheets.ad(), sheets.ad(day="2026-10-02"))
    for row in rows():
        assert not {"reach", "frequency"} & set(row)
    summed = [str(name) for name, part in rows().query.annotations.items() if isinstance(part, Sum)]
    assert "spent" in summed
    assert not {"reach", "frequency"} & set(summed)


# --- ties


def test_a_post_is_tied_once_and_files_find_it(link):
    tying.tie_post(link=link, address="https://m.facebook.com/permalink.php?story_fbid=122101&id=99")
    sheets.kept(sheets.PAGE_ZH, sheets.post())
    assert PostFigure.objects.get().link == link


def test_an_ad_is_known_by_the_words_of_its_link(link):
    sheets.kept([*sheets.ADS_EN, "Ad ID"], [*sheets.ad(), "120211"], [*sheets.ad("B"), "120999"])
    assert cost(link=link) == Decimal("1200.50")
    assert Tie.objects.of_link(link).get().how == Tie.How.WORDS


def test_an_ad_is_known_by_the_number_that_came_with_clicks(link):
    from datetime import UTC, datetime

    at = datetime(2026, 10, 1, 5, tzinfo=UTC)
    Click.objects.create(
        id=moments.id_at(at), at=at, link=link, agent="human", query="fbclid=x&utm_content=1202998877&utm_source=fb"
    )
    sheets.kept([*sheets.ADS_EN, "Ad ID"], [*sheets.ad(), "1202998877"])
    assert Tie.objects.of_link(link).get().how == Tie.How.MACRO
    assert cost(link=link) == Decimal("1200.50")


def test_an_ad_called_like_a_link_and_a_campaign_called_like_ours_find_each_other(link):
    sheets.kept(sheets.ADS_EN, sheets.ad("手沖廣告", spent="10", campaign="x"), sheets.ad("其他", spent="5"))
    assert cost(link=link) == 10
    assert cost(campaign=link.campaign) == 15


def test_two_links_of_one_name_are_left_for_a_person(link):
    linking.make_link(campaign=link.campaign, channel="facebook_ads", label="手沖廣告", destination="/")
    sheets.kept(sheets.ADS_EN, sheets.ad("手沖廣告", campaign="x"))
    assert cost(link=None) == Decimal("1200.50")


def test_a_tie_by_hand_holds_for_files_before_and_after_and_can_be_taken_back(link):
    sheets.kept(sheets.ADS_EN, sheets.ad("B", spent="10", campaign="x"))
    thing = AdFigure.objects.get().thing
    made = tying.tie(kind=Tie.Kind.NAME, value=thing, said="B", link=link)
    assert cost(link=link) == 10
    sheets.kept(sheets.ADS_EN, sheets.ad("B", spent="11", campaign="x", day="2026-10-02"))
    assert cost(link=link) == 21
    tying.untie(tie=made)
    assert cost(link=link) == 0
    assert cost() == 21
