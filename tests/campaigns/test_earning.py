"""Revenue: each order once, money given back, and the files of shops."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.attending import day_of
from community.campaigns import earning
from community.campaigns.models import Conversion

pytestmark = pytest.mark.django_db
PAGE, SHEET = "/desk/campaigns/revenue/", "/desk/campaigns/revenue/sheet/"


def orders():
    return [
        (row.ref, row.member.handle, row.amount, row.currency)
        for row in Conversion.objects.of_kind("revenue").with_members().order_by("ref")
    ]


def test_an_order_is_written_down_once(ada, ben):
    first, made = earning.earn(member=ada, ref="A1", amount=Decimal("1200"))
    again, made_again = earning.earn(member=ada, ref="A1", amount=Decimal("1200"))
    assert (made, made_again, first) == (True, False, again)
    for other in ({"member": ben, "amount": Decimal("1200")}, {"member": ada, "amount": Decimal("1300")}):
        with pytest.raises(ValidationError):
            earning.earn(ref="A1", **other)
    earning.earn(member=ada, ref="A1-R", amount=Decimal("-1200"))
    assert orders() == [("A1", "ada", Decimal(1200), "TWD"), ("A1-R", "ada", Decimal(-1200), "TWD")]


@pytest.mark.parametrize("amount", ["0", "NaN", "Infinity", "0.001", "10000000000"])
def test_an_amount_that_is_none_is_refused(ada, amount):
    with pytest.raises(ValidationError):
        earning.earn(member=ada, ref="A1", amount=Decimal(amount))


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1200", "1200", ""),
        ("NT$1,200", "1200", "TWD"),
        ("－８０．５０", "-80.5", ""),
        ("(300)", "-300", ""),
        ("-NT$ 40", "-40", "TWD"),
        ("TWD 90", "90", "TWD"),
        ("90 usd", "90", "USD"),
        ("1,200元", "1200", "TWD"),
        ("$5", "5", ""),
    ],
)
def test_amounts_as_shops_write_them(text, amount, currency):
    assert earning.amount_of(text) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "free", "1.2.3", "--5", "=1+1", "五百", "1e9"])
def test_what_is_no_amount(text):
    with pytest.raises(ValidationError):
        earning.amount_of(text)


def test_a_file_of_a_shop_in_chinese_is_read(ada, ben):
    sheet = earning.read(
        "\ufeff訂單編號,電子郵件,訂單金額（TWD）,訂單日期\r\n"
        'A1,ADA@cast.example,"1,200",2026/03/09\r\n'
        "\r\n"
        "A2,ben,(300),2026-03-10T08:00:00\r\n"
    )
    assert not sheet.wrong
    assert [(sale.ref, sale.member, sale.amount) for sale in sheet.sales] == [
        ("A1", ada, Decimal(1200)),
        ("A2", ben, Decimal(-300)),
    ]
    assert day_of(sheet.sales[0].at) == date(2026, 3, 9)
    assert sheet.sums == {"TWD": Decimal(900)}
    assert not orders()


def test_every_wrong_row_is_told_with_its_number(ada):
    earning.earn(member=ada, ref="A0", amount=Decimal(5))
    sheet = earning.read(
        "order;email;amount;date\n"
        "A0;ada;5;\n"  # known
        "A0;ada;6;\n"  # another amount
        "A1;nobody@x.example;5;\n"
        "A2;ada;free;\n"
        "A3;ada;5;31/31/2026\n"
        "A4;ada;5;1999-01-01\n"
        ";ada;5;\n"
        "A5;ada\n"
        "A6;ada;7;2026-03-09\n"
        "A6;ada;8;2026-03-09\n"
    )
    assert (sheet.known, [sale.ref for sale in sheet.sales]) == (1, ["A6"])
    assert [number for number, _why in sheet.wrong] == [3, 4, 5, 6, 7, 8, 9, 11]
    assert all(why for _number, why in sheet.wrong)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "a,b,c\n1,2,3",
        "order,amount\n1,2",
        "x" * 1_000_001,
        '"' * 99,
        "\x00\x01",
        "order,email,amount\n" * 5_003,
    ],
)
def test_what_is_no_such_table_is_refused_in_words(text):
    with pytest.raises(ValidationError):
        earning.read(text)


def test_more_rows_ask_no_more_questions(ada):
    def asked(count):
        rows = "".join(f"A{number},ada,5\n" for number in range(count))
        with CaptureQueriesContext(connection) as seen:
            earning.read("order,email,amount\n" + rows)
        return len(seen)

    assert asked(1) == asked(300) == 2


def test_the_drawer_is_for_those_who_make_links(stranger, as_ada, as_edda, as_mark, as_root):
    assert stranger.get(PAGE).url.startswith("/join/")
    assert as_ada.get(PAGE).status_code == 403
    assert as_edda.get(PAGE).status_code == 302
    assert as_mark.get(PAGE).status_code == as_root.get(PAGE).status_code == 200
    for client in (stranger, as_ada, as_edda):
        assert client.post(SHEET, {"text": "order,email,amount\nA1,ada,5", "yes": "1"}).status_code in {302, 403}
    assert as_mark.get(SHEET).status_code == 405
    assert not orders()


def test_one_order_by_hand(as_mark, ada):
    told = {"member": "@ADA", "ref": "A1", "amount": "NT$1,200", "currency": "twd", "at": "2026-03-09"}
    assert as_mark.post(PAGE, told).status_code == 302
    assert as_mark.post(PAGE, told).status_code == 302
    assert orders() == [("A1", "ada", Decimal(1200), "TWD")]
    for wrong in ({"amount": "1300"}, {"member": "nobody"}, {"ref": "A2", "currency": "x"}, {"ref": "A2", "at": "x"}):
        answer = as_mark.post(PAGE, told | wrong)
        assert answer.status_code == 422
    assert len(orders()) == 1
    assert "A1" in as_mark.get(PAGE).content.decode()


def test_a_file_is_looked_at_before_it_is_written_down(as_mark, ada):
    text = "order,email,amount\nA1,ada@cast.example,1200\nA2,nobody,5\n"
    seen = as_mark.post(SHEET, {"file": SimpleUploadedFile("orders.csv", text.encode("utf-8-sig"))})
    assert seen.status_code == 200
    assert 'id="sheet"' in seen.content.decode()
    assert not orders()
    assert as_mark.post(SHEET, {"text": text, "yes": "1"}).status_code == 302
    assert as_mark.post(SHEET, {"text": text, "yes": "1"}).status_code == 302
    assert orders() == [("A1", "ada", Decimal(1200), "TWD")]


def test_files_that_are_none_are_refused_in_words(as_mark):
    for data in (b"", b"\x89PNG\r\n\x1a\n\x00\xff\xfe", b"x" * 3_000_001):
        answer = as_mark.post(SHEET, {"file": SimpleUploadedFile("orders.csv", data)})
        assert answer.status_code == 422


def test_big5_is_read(as_mark, ada):
    data = "訂單編號,信箱,金額\nA1,ada,5".encode("cp950")
    assert b"A1" in as_mark.post(SHEET, {"file": SimpleUploadedFile("o.csv", data)}).content
