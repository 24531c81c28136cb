"""Which arm of a split brought people who stayed, and when nothing can be said yet."""

from datetime import timedelta
from fractions import Fraction
from itertools import product
from math import comb

import pytest
from django.utils.timezone import now
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import attending, joining
from community.campaigns import linking, moments, steering
from community.campaigns.models import Claim, Click
from community.commons import visitors
from community.insights import arms, judging
from community.insights.intervals import Share
from community.insights.judging import fisher, holm, judge
from tests.campaigns.knocking import campaign


@pytest.mark.parametrize(
    ("a", "n", "b", "m", "value"),
    [
        (3, 4, 1, 4, 0.4857142857),  # the lady tasting tea
        (8, 10, 1, 6, 0.0349650350),  # SciPy's own example
        (0, 5, 0, 5, 1.0),
    ],
)
def test_the_test_gives_the_values_of_the_books(a, n, b, m, value):
    assert fisher(a, n, b, m) == pytest.approx(value, rel=1e-6)


def exactly(a, n, b, m) -> Fraction:
    whole, stayed = comb(n + m, a + b), a + b
    chances = [Fraction(comb(n, x) * comb(m, stayed - x), whole) for x in range(max(0, stayed - m), min(n, stayed) + 1)]
    seen = Fraction(comb(n, a) * comb(m, b), whole)
    return sum(chance for chance in chances if chance <= seen)


def test_it_is_exact_for_every_small_table():
    for n, m in product(range(1, 9), repeat=2):
        for a, b in product(range(n + 1), range(m + 1)):
            assert fisher(a, n, b, m) == pytest.approx(float(exactly(a, n, b, m)), rel=1e-9)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 200_000), st.integers(1, 200_000))
def test_it_is_a_likelihood_and_the_same_from_both_sides(a, b, n, m):
    a, b = min(a, n), min(b, m)
    value = fisher(a, n, b, m)
    assert 0 <= value <= 1
    assert value == pytest.approx(fisher(b, m, a, n), rel=1e-6, abs=1e-300)


@pytest.mark.parametrize("told", [(3, 2, 0, 5), (-1, 2, 0, 5), (0, 1, 3, 2)])
def test_a_part_larger_than_its_whole_is_a_mistake(told):
    with pytest.raises(ValueError, match="part"):
        fisher(*told)


def test_more_arms_do_not_make_a_lucky_one_likelier():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("shares", "is_few", "best", "is_ahead"),
    [
        ([], True, None, False),
        ([Share(50, 500)], True, None, False),
        ([Share(9, 99), Share(50, 500)], True, None, False),
        ([Share(1, 100), Share(8, 100)], True, None, False),
        ([Share(10, 1000), Share(12, 1000)], False, 1, False),
        ([Share(10, 1000), Share(40, 1000)], False, 1, True),
        ([Share(40, 1000), Share(10, 1000), Share(38, 1000)], False, 0, False),
        ([Share(90, 1000), Share(10, 1000), Share(38, 1000)], False, 0, True),
    ],
)
def test_what_is_said_of_a_split(shares, is_few, best, is_ahead):
    verdict = judge(shares)
    assert (verdict.is_few, verdict.best, verdict.is_ahead) == (is_few, best, is_ahead)


@pytest.fixture
def link(db):
    found = linking.make_link(campaign=campaign(), channel="x", label="直播", destination="/forum/", code="spring")
    steering.add_arm(link=found, weight=50, destination="/b/")
    return found


def tap(link, variant, days, visitor=None, **more):
    at = now() - timedelta(days=days)
    visitor = visitor or visitors.issue()[0]
    Click.objects.create(
        id=moments.id_at(at), link=link, visitor=visitor, at=at, variant=variant, **{"agent": "human", **more}
    )
    return visitor


def person(name, visitor, joined_days, *active_days):
    member = joining.admit(email=f"{name}@cast.example", name=name, at=now() - timedelta(days=joined_days))
    Claim.objects.create(visitor=visitor, member=member)
    for days in active_days:
        attending.note(member=member, day=attending.day_of(now() - timedelta(days=days)))
    return member


def numbers(link):
    rows, verdict = arms.results(link)
    return {row.letter: (row.came, row.joined, row.ripe, row.stayed) for row in rows}, verdict


def test_people_count_where_their_first_tap_took_them(link):
    a = tap(link, 0, 30)
    tap(link, 1, 20, visitor=a)
    tap(link, 1, 30)
    tap(link, 1, 2)
    tap(link, 0, 30, agent="preview", visitor=None)
    tap(link, 0, 30, outcome="ended")
    counted, verdict = numbers(link)
    assert counted == {"A": (1, 0, 1, 0), "B": (2, 0, 1, 0)}
    assert verdict.is_few


def test_staying_means_being_here_in_the_second_week_after_the_tap(link):
    person("ann", tap(link, 0, 30), 30, 30, 22)  # the eighth day after
    person("bob", tap(link, 0, 30), 30, 30, 25)  # the fifth
    person("cat", tap(link, 1, 30), 30, 16)  # the fourteenth
    person("dan", tap(link, 1, 30), 90, 22)  # a member since long
    person("eve", tap(link, 1, 5), 5, 5)  # too lately
    counted, _verdict = numbers(link)
    assert counted == {"A": (2, 2, 2, 1), "B": (3, 2, 2, 0)}


def test_two_browsers_of_one_member_are_one_person(link):
    phone, desk = tap(link, 1, 30), tap(link, 0, 29)
    member = person("ann", phone, 30, 22)
    Claim.objects.create(visitor=desk, member=member)
    assert numbers(link)[0] == {"A": (0, 0, 0, 0), "B": (1, 1, 1, 1)}


def test_the_screen_says_when_it_cannot_say(as_mark, link):
    tap(link, 0, 30)
    page = as_mark.get(f"/desk/insights/links/{link.pk}/split/").content.decode()
    assert "樣本太少，說不準" in page
    assert "Fisher" in page


def test_the_screen_names_the_arm_that_is_ahead(as_mark, link, monkeypatch):
    monkeypatch.setattr(judging, "FEWEST_PEOPLE", 3)
    monkeypatch.setattr(judging, "FEWEST_STAYED", 1)
    monkeypatch.setattr(judging, "LEVEL", 0.9)
    for number in range(4):
        person(f"b{number}", tap(link, 1, 30), 30, 22)
        tap(link, 0, 30)
    assert "B 路領先" in as_mark.get(f"/desk/insights/links/{link.pk}/split/").content.decode()


def test_a_link_without_a_split_says_so(as_mark, db):
    plain = linking.make_link(campaign=campaign(), channel="x", label="a", destination="/")
    assert "還沒有分流" in as_mark.get(f"/desk/insights/links/{plain.pk}/split/").content.decode()
