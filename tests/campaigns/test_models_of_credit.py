"""The six models: what they give to whom, and that a step is always given away whole."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from community.campaigns import crediting
from community.campaigns.crediting import MODELS, WHOLE, parts, sentence
from community.campaigns.touching import Touch, once

JOINED = datetime(2026, 3, 9, 12, tzinfo=UTC)


def touch(source, days, *, channel="", **fields):
    direct = source == "direct"
    return Touch(at=JOINED - timedelta(days=days), source=source, channel=channel, is_direct=direct, **fields)


def shared(touches, model, at=JOINED):
    return {(came.source, came.at): part for came, part in parts(touches, at, model)}


TOUCHES = st.lists(
    st.builds(
        Touch,
        at=st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC)),
        source=st.sampled_from(["plurk", "line", "facebook", "direct", "example.org"]),
        is_direct=st.booleans(),
        look_back=st.integers(1, 400),
    ),
    max_size=40,
)


@given(TOUCHES, st.sampled_from(MODELS))
def test_the_parts_of_a_step_make_a_whole(touches, model):
    given_away = parts(touches, JOINED, model)
    assert sum(part for _touch, part in given_away) == WHOLE
    assert all(part > 0 for _touch, part in given_away)


@given(TOUCHES, st.sampled_from(MODELS), st.randoms())
def test_the_same_touches_give_the_same_parts_in_whatever_order_they_are_read(touches, model, dice):
    mixed = list(touches)
    dice.shuffle(mixed)
    one = sorted(((came.at, came.source, part) for came, part in parts(touches, JOINED, model)), key=str)
    other = sorted(((came.at, came.source, part) for came, part in parts(mixed, JOINED, model)), key=str)
    assert [part for *_rest, part in one] == [part for *_rest, part in other]


@given(TOUCHES, st.sampled_from(MODELS))
def test_nobody_is_thanked_who_came_later_or_too_long_ago(touches, model):
    for came, _part in parts(touches, JOINED, model):
        assert came.at <= JOINED
        assert came.is_direct or JOINED - came.at <= timedelta(days=came.look_back)


@given(TOUCHES, st.sampled_from([model for model in MODELS if model != "last"]))
def test_a_direct_visit_takes_nothing_from_a_way_that_is_known(touches, model):
    thanked = [came for came, _part in parts(touches, JOINED, model)]
    assert len({came.is_direct for came in thanked}) == 1


def test_one_touch_gets_everything_under_every_model():
    for model in MODELS:
        assert shared([touch("plurk", 3)], model) == {("plurk", JOINED - timedelta(days=3)): WHOLE}


def test_a_step_without_any_touch_came_directly():
    for model in MODELS:
        ((came, part),) = parts([], JOINED, model)
        assert (came.is_direct, came.at, part) == (True, JOINED, WHOLE)


def test_each_model_as_it_is_written_down():
    way = [touch("plurk", 14), touch("line", 7), touch("facebook", 0), touch("direct", -1)]
    later = JOINED + timedelta(days=2)
    by_source = {model: {came.source: part for came, part in parts(way, later, model)} for model in MODELS}
    assert by_source == {
        "first": {"plurk": 1_000_000},
        "last": {"direct": 1_000_000},
        "last_non_direct": {"facebook": 1_000_000},
        "linear": {"plurk": 333_334, "line": 333_333, "facebook": 333_333},
        # A quarter, a half and a whole, of one and three quarters.
        "time_decay": {"plurk": 142_857, "line": 285_714, "facebook": 571_429},
        "position": {"plurk": 400_000, "line": 200_000, "facebook": 400_000},
    }


def test_position_gives_halves_to_two_and_shares_the_middle_fifth():
    assert [part for _came, part in parts([touch("a", 2), touch("b", 1)], JOINED, "position")] == [500_000, 500_000]
    five = [part for _came, part in parts([touch(str(n), 9 - n) for n in range(5)], JOINED, "position")]
    assert five == [400_000, 66_667, 66_667, 66_666, 400_000]


def test_a_campaign_is_thanked_as_long_as_it_looks_back():
    far, near = touch("plurk", 31, look_back=30), touch("line", 29, look_back=30)
    assert [came.source for came, _part in parts([far, near], JOINED, "first")] == ["line"]
    assert parts([far], JOINED, "first")[0][0].is_direct


def test_touches_of_very_long_ago_do_not_break_the_decay():
    way = [touch("a", 4000, look_back=9000), touch("b", 1)]
    assert shared(way, "time_decay") == {("b", JOINED - timedelta(days=1)): WHOLE}


def test_a_link_tapped_twice_within_half_an_hour_is_one_touch():
    at = [JOINED - timedelta(minutes=minutes) for minutes in (90, 70, 45, 10)]
    assert [came.at for came in once([Touch(at=moment, link=1, source="x", is_direct=False) for moment in at])] == [
        at[0],
        at[3],
    ]


PLURK, LINE = {"channel": "plurk"}, {"channel": "line_oa"}
SENTENCES = [
    (
        [touch("plurk", 7, **PLURK), touch("line", 0, **LINE)],
        "joined",
        "先從 Plurk 3/2 來過，3/9 經 LINE 官方帳號加入",
        "First came from Plurk on 2 Mar, joined through LINE official account on 9 Mar",
    ),
    ([touch("line", 0, **LINE)], "joined", "3/9 經 LINE 官方帳號加入", "Joined through LINE official account on 9 Mar"),
    ([], "joined", "3/9 直接來，加入", "Joined on 9 Mar, coming directly"),
    (
        [touch("plurk", 7, **PLURK), touch("direct", 0)],
        "joined",
        "先從 Plurk 3/2 來過，3/9 直接來，加入",
        "First came from Plurk on 2 Mar, joined on 9 Mar, coming directly",
    ),
    (
        [touch("plurk", 7, **PLURK), touch("www.google.com", 5), touch("direct", 4), touch("line", 0, **LINE)],
        "joined",
        "先從 Plurk 3/2 來過，又來過 2 次，3/9 經 LINE 官方帳號加入",
        "First came from Plurk on 2 Mar, came 2 more times, joined through LINE official account on 9 Mar",
    ),
    (
        [touch("plurk", 30, **PLURK), touch("line", 20, **LINE)],
        "day30",
        "先從 Plurk 2/7 來過，2/17 又經 LINE 官方帳號來，3/9 第 30 天還在",
        "First came from Plurk on 7 Feb, last came through LINE official account on 17 Feb, was here at day 30 on 9 Mar",
    ),
    (
        [touch("www.dcard.tw", 88)],
        "first_act",
        "2025/12/11 從 www.dcard.tw 來，3/9 第一次留言或回應",
        "Came from www.dcard.tw on 11 Dec 2025, spoke or reacted for the first time on 9 Mar",
    ),
]


@pytest.mark.parametrize(("touches", "kind", "chinese", "english"), SENTENCES)
def test_every_step_explains_itself_in_one_sentence(touches, kind, chinese, english):
    with override("zh-hant"):
        assert sentence(touches, JOINED, kind) == chinese
    with override("en"):
        assert sentence(touches, JOINED, kind) == english


def test_days_are_those_of_the_brands_calendar():
    late = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # in Taipei it is the second already
    with override("zh-hant"):
        assert "3/2" in sentence([Touch(at=late, channel="plurk", source="plurk", is_direct=False)], JOINED)


@given(TOUCHES)
def test_a_sentence_can_be_made_of_anything(touches):
    for kind in ("joined", "revenue"):
        assert sentence(touches, JOINED, kind)
    assert crediting.known(touches) or not touches
