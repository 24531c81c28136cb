"""The desk's pages that tell how members came."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts import joining
from community.campaigns import crediting, linking, moments
from community.campaigns.models import Click
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def links(db):
    spring = make_campaign()
    return [
        linking.make_link(campaign=spring, channel=channel, label=label, destination="/")
        for channel, label in (("plurk", "求救串"), ("line_oa", "週四"))
    ]


def come(links, name="Kim"):
    visitor = uuid.uuid4()
    for link, days in zip(links, (7, 0), strict=True):
        at = now() - timedelta(days=days, minutes=5)
        Click.objects.create(id=moments.id_at(at), at=at, link=link, visitor=visitor, agent="human", app="line")
    member = joining.admit(email=f"{name}@come.example", name=name)
    crediting.claim(member=member, visitor=visitor)
    return member


def test_a_members_page_says_each_step_in_a_sentence_and_shares_the_credit(as_mark, links):
    kim = come(links)
    page = as_mark.get(f"/desk/insights/members/{kim.pk}/", headers={"Accept-Language": "zh-TW"}).content.decode()
    assert "先從 Plurk " in page
    assert "經 LINE 官方帳號加入" in page
    assert page.count("50 %") == 4  # linear and position, for both
    assert page.count("100 %") == 3  # first, last and last known


def test_the_list_says_it_too_and_asks_no_more_for_more_members(as_mark, links):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            page = as_mark.get("/desk/insights/members/", headers={"Accept-Language": "en"}).content.decode()
            assert "joined through LINE official account" in page
        return len(seen)

    come(links)
    asked()
    before = asked()
    for number in range(6):
        come(links, f"n{number}")
    assert asked() == before


def test_someone_of_whom_nothing_is_known_came_directly(as_mark, chen):
    crediting.claim(member=chen, visitor=None)
    page = as_mark.get(f"/desk/insights/members/{chen.pk}/", headers={"Accept-Language": "en"}).content.decode()
    assert "coming directly" in page
