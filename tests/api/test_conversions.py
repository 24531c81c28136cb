"""Steps of members over the API, and revenue that is recorded once and returned at most once."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from community.campaigns import converting
from community.campaigns.models import Conversion

pytestmark = pytest.mark.django_db
ORDER = {"ref": "A-1001", "amount": "880.00", "currency": "TWD"}


def test_steps_are_listed_by_key_and_narrowed(ask, ada, ben):
    for n in range(5):
        at = now() - timedelta(days=n)
        converting.record(member=ada, kind="revenue", at=at, ref=f"o{n}", amount=10 + n, currency="TWD")
    converting.record(member=ben, kind="week2", at=now())
    first = ask("get", "/conversions?kind=revenue&size=3").json()
    second = ask("get", f"/conversions?kind=revenue&size=3&after={first['next']}").json()
    assert [row["ref"] for row in first["items"] + second["items"]] == ["o0", "o1", "o2", "o3", "o4"]
    assert first["items"][0]["amount"] == "10.00"
    assert first["items"][0]["member"] == {"id": ada.pk, "handle": "ada"}
    assert second["next"] is None
    assert {row["member"]["handle"] for row in ask("get", f"/conversions?member={ben.pk}").json()["items"]} == {"ben"}
    since = (now() - timedelta(days=1, hours=1)).isoformat().replace("+00:00", "Z")
    assert len(ask("get", f"/conversions?kind=revenue&since={since}").json()["items"]) == 2
    assert ask("get", "/conversions?since=2026-11-22T00:00:00").status_code == 422
    assert ask("get", "/conversions?kind=nothing").status_code == 422
    assert ada.email not in ask("get", "/conversions").content.decode()


def test_the_list_asks_as_often_for_many_as_for_few(ask, ada, django_assert_max_num_queries):
    for n in range(30):
        converting.record(member=ada, kind="revenue", at=now(), ref=f"o{n}", amount=10, currency="TWD")
    ask("get", "/conversions")
    with django_assert_max_num_queries(4):
        ask("get", "/conversions")


@pytest.mark.parametrize(
    ("ahead", "status"), [(timedelta(minutes=4), 201), (timedelta(minutes=6), 422), (timedelta(days=3), 422)]
)
def test_what_is_still_to_come_is_refused_but_for_a_clock_a_little_ahead(ahead, status, ask, ada):
    at = (now() + ahead).isoformat().replace("+00:00", "Z")
    assert ask("post", "/conversions", ORDER | {"member": ada.pk, "at": at}).status_code == status


@pytest.mark.parametrize("who", [{"handle": "ada"}, {"email": "ADA@cast.example"}, {"member": None}])
def test_revenue_is_recorded_once(who, ask, ada):
    who = {"member": ada.pk} if who == {"member": None} else who
    made = ask("post", "/conversions", ORDER | who)
    assert made.status_code == 201
    told = made.json()
    assert (told["kind"], told["amount"], told["currency"], told["ref"]) == ("revenue", "880.00", "TWD", "A-1001")
    again = ask("post", "/conversions", ORDER | who)
    assert again.status_code == 200
    assert again.json() == told
    assert ask("get", f"/conversions/{told['id']}").json() == told
    assert ask("post", "/conversions", ORDER | who | {"amount": "1.00"}).status_code == 409
    assert Conversion.objects.of_kind("revenue").count() == 1


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({}, "/"), ({"handle": "ada", "email": "ada@cast.example"}, "/"), ({"handle": "nobody"}, "/handle"),
        ({"email": "nobody@x.example"}, "/email"), ({"member": 999999}, "/member"),
        ({"handle": "ada", "amount": "0.00"}, "/amount"), ({"handle": "ada", "amount": "-5"}, "/amount"),
        ({"handle": "ada", "amount": "1e3"}, "/amount"), ({"handle": "ada", "amount": 5}, "/amount"),
        ({"handle": "ada", "amount": "1.005"}, "/amount"), ({"handle": "ada", "currency": "twd"}, "/currency"),
        ({"handle": "ada", "ref": "refund:1:x"}, "/ref"), ({"handle": "ada", "ref": "a b"}, "/ref"),
        ({"handle": "ada", "at": "2999-01-01T00:00:00Z"}, "/at"), ({"handle": "ada", "at": "0001-01-01T00:00:00+14:00"}, "/at"),
        ({"handle": "ada", "at": "2026-01-01"}, "/at"),
    ],
)  # fmt: skip
def test_revenue_that_cannot_be_is_explained(told, place, ask, ada):
    refused = ask("post", "/conversions", ORDER | told)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == place


def test_no_more_is_refunded_than_came_in(ask, ada):
    paid = ask("post", "/conversions", ORDER | {"handle": "ada"}).json()
    address = f"/conversions/{paid['id']}/refunds"
    part = ask("post", address, {"ref": "R1", "amount": "500.00"})
    assert part.status_code == 201
    assert part.json()["amount"] == "-500.00"
    assert ask("post", address, {"ref": "R1", "amount": "500.00"}).status_code == 200
    assert ask("post", address, {"ref": "R1", "amount": "400.00"}).status_code == 409
    assert ask("post", address, {"ref": "R2", "amount": "380.01"}).status_code == 409
    assert ask("post", address, {"ref": "R2", "amount": "380"}).status_code == 201
    assert ask("post", f"/conversions/{part.json()['id']}/refunds", {"ref": "x", "amount": "1"}).status_code == 409
    assert ask("post", "/conversions/999999/refunds", {"ref": "x", "amount": "1"}).status_code == 404


def test_what_is_no_revenue_is_not_refunded(ask, ada):
    row, _ = converting.record(member=ada, kind="week2", at=now())
    assert ask("post", f"/conversions/{row.pk}/refunds", {"ref": "x", "amount": "1"}).status_code == 409


def test_a_reader_of_steps_records_none(program, mark, ada):
    ask = program(mark, "conversions:read")
    assert ask("get", "/conversions").status_code == 200
    assert ask("post", "/conversions", ORDER | {"handle": "ada"}).status_code == 403
    assert program(mark, "links:read")("get", "/conversions").status_code == 403
