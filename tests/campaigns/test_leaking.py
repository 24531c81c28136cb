from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import Member
from community.campaigns import crediting, leaking, linking, moments
from community.campaigns.models import Click, Step
from tests.campaigns.knocking import campaign

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def link(db):
    return linking.make_link(campaign=campaign(), channel="plurk", label="x", destination="/")


def came(link, *steps, app="facebook", os="ios", at=NOON, visitor=None, agent="human"):
    """A click, and so many seconds after it each step: ("painted", 2), …"""
    visitor = visitor or uuid4()
    Click.objects.create(id=moments.id_at(at), at=at, link=link, visitor=visitor, agent=agent, app=app, os=os)
    for kind, seconds in steps:
        then = at + timedelta(seconds=seconds)
        Step.objects.create(id=moments.id_at(then), at=then, visitor=visitor, kind=kind)
    return visitor


def told(clicks=None, start=NOON - timedelta(hours=1), end=NOON + timedelta(hours=1)):
    return {
        (leak.app, leak.os): [(stage.people, stage.lost, stage.median) for stage in leak.stages]
        for leak in leaking.leaks(start, end, clicks)
    }


def test_each_stage_says_how_many_came_how_many_were_lost_and_how_long_it_took(link, django_assert_num_queries):
    whole = [("painted", 2), ("join_opened", 12), ("code_asked", 32), ("code_entered", 92), ("joined", 93)]
    came(link, *whole)
    came(link, *whole[:3])
    came(link, ("painted", 4))
    came(link)
    came(link, *whole[:2], app="line", os="android")
    with django_assert_num_queries(1):
        found = leaking.leaks(NOON - timedelta(hours=1), NOON + timedelta(hours=1))
    assert [(leak.app, leak.os) for leak in found] == [(None, None), ("facebook", "ios"), ("line", "android")]
    assert [(stage.kind, stage.people, stage.lost, stage.median) for stage in found[1].stages] == [
        ("clicked", 4, 0, None),
        ("painted", 3, 1, 2.0),
        ("join_opened", 2, 1, 10.0),
        ("code_asked", 2, 0, 20.0),
        ("code_entered", 1, 1, 60.0),
        ("joined", 1, 0, 1.0),
    ]
    assert [stage.people for stage in found[0].stages] == [5, 4, 3, 2, 1, 1]
    assert found[1].stages[1].share_lost == 0.25


def test_whoever_went_further_has_passed_what_told_us_nothing(link):
    came(link, ("code_asked", 30), ("code_entered", 60))
    assert [people for people, _lost, _median in told()["facebook", "ios"]] == [1, 1, 1, 1, 1, 0]


def test_a_person_counts_once_at_their_first_click_and_for_a_day(link):
    visitor = came(link, ("painted", 1), ("painted", 100))
    came(link, ("painted", 1), visitor=visitor, at=NOON + timedelta(minutes=5), app="line")
    came(link, ("joined", 25 * 3600))
    came(link, ("painted", -5))
    assert [people for people, *_ in told()[None, None]] == [3, 1, 0, 0, 0, 0]


def test_machines_and_members_who_come_back_are_no_leak(link, ada):
    came(link, agent="preview")
    Member.objects.update(joined_at=NOON - timedelta(days=3))
    crediting.claim(member=ada, visitor=came(link, ("join_opened", 3)))
    assert told() == {(None, None): [(0, 0, None)] * 6}


def test_it_is_asked_of_some_links_only(link):
    other = linking.make_link(campaign=link.campaign, channel="line_oa", label="y", destination="/")
    came(link)
    came(other, ("painted", 1))
    assert [people for people, *_ in told(Click.objects.of_links([other]))[None, None]] == [1, 1, 0, 0, 0, 0]
    assert told(start=NOON + timedelta(minutes=1))[None, None][0] == (0, 0, None)
