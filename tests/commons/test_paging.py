"""Lists paged by key: nothing skipped, nothing twice, and a damaged key begins again."""

import base64
import json

import pytest

from accounts import joining
from accounts.models import Member
from community.commons.paging import by_key

pytestmark = pytest.mark.django_db
KEY = ("-joined_at", "-pk")


@pytest.fixture
def crowd(time_machine):
    time_machine.move_to("2026-03-02 10:00:00+08:00", tick=False)  # all at one moment: the tail must decide
    return [joining.admit(email=None, name=str(i)) for i in range(7)]


def test_pages_follow_one_another(crowd, django_assert_num_queries):
    seen, after = [], ""
    while True:
        with django_assert_num_queries(1):
            page = by_key(Member.objects.all(), key=KEY, after=after, size=3)
        seen += [member.name for member in page]
        if not page.next:
            break
        after = page.next
    assert seen == list("6543210")


def test_who_comes_in_between_moves_nothing(crowd):
    first = by_key(Member.objects.all(), key=KEY, size=3)
    joining.admit(email=None, name="new")
    second = by_key(Member.objects.all(), key=KEY, after=first.next, size=3)
    assert [member.name for member in second] == list("321")


def pack(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "key",
    ["x", "=" * 500, "é", pack([1]), pack({"a": 1}), pack(["no date", 1]), pack(["2026-03-02T10:00:00", 1]),
     pack([["a"], 1]), pack(["2026-03-02T10:00:00+08:00", 2**70]), pack([True, None]), pack([1, 1]), pack(["2026-03-02T10:00:00+08:00", "2026-03-02T10:00:00+08:00"])],
)  # fmt: skip
def test_a_damaged_key_begins_again(crowd, key):
    assert by_key(Member.objects.all(), key=KEY, after=key, size=3).rows[0].name == "6"
