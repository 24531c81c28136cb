"""By which ways people came: on all their devices, with links and without, and what is no way at all."""

import uuid
from datetime import timedelta

import pytest
from django.utils.timezone import now

from accounts import joining
from community.campaigns import crediting, linking, moments, touching
from community.campaigns.models import Claim, Click, Conversion, Step
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def plurk(db):
    return linking.make_link(campaign=make_campaign(), channel="plurk", label="求救串", destination="/")


@pytest.fixture
def kim():
    return joining.admit(email="kim@come.example", name="Kim")


def ago(minutes):
    return now() - timedelta(minutes=minutes)


def tap(link, visitor, minutes, agent="human", **fields):
    at = ago(minutes)
    return Click.objects.create(id=moments.id_at(at), at=at, link=link, visitor=visitor, agent=agent, **fields)


def visit(visitor, minutes, source="direct"):
    at = ago(minutes)
    return Step.objects.create(id=moments.id_at(at), at=at, visitor=visitor, kind="painted", source=source, path="/")


def browser_of(member):
    visitor = uuid.uuid4()
    Claim.objects.create(visitor=visitor, member=member)
    return visitor


def ways(member, **more):
    return [touch.source for touch in touching.touches_of([member], **more)[member.pk]]


def test_all_devices_of_a_person_are_one_way(kim, plurk):
    telephone, laptop = browser_of(kim), browser_of(kim)
    visit(laptop, 300, "www.google.com")
    tap(plurk, telephone, 200)
    visit(telephone, 100)
    tap(plurk, uuid.uuid4(), 50)  # somebody else's
    tap(plurk, telephone, 40, agent="preview")
    assert ways(kim) == ["www.google.com", "plurk", "direct"]
    assert ways(kim, until=ago(150)) == ["www.google.com", "plurk"]


@pytest.mark.parametrize(
    "host",
    [
        "brand.example",
        "www.brand.example",
        "accounts.google.com",
        "access.line.me",
        "www.access.line.me",
        "ACCOUNTS.google.com",
    ],
)
def test_our_own_pages_and_stations_of_signing_in_are_no_way(kim, plurk, settings, host):
    settings.SITE_URL = "https://brand.example"
    browser = browser_of(kim)
    tap(plurk, browser, 300, referrer=host)
    visit(browser, 200, host)
    visit(browser, 100, "www.dcard.tw")
    assert ways(kim) == ["www.dcard.tw"]


def test_the_campaign_says_how_long_it_may_be_thanked(kim, plurk):
    plurk.campaign.look_back_days = 7
    plurk.campaign.save()
    tap(plurk, browser_of(kim), 60)
    (touch,) = touching.touches_of([kim])[kim.pk]
    assert (touch.look_back, touch.campaign, touch.link, touch.is_direct) == (7, plurk.campaign_id, plurk.pk, False)


def test_everybody_asked_for_is_answered_with_three_questions(kim, ada, plurk, django_assert_num_queries):
    tap(plurk, browser_of(kim), 60)
    with django_assert_num_queries(3):
        found = touching.touches_of([kim, ada])
    assert {member: len(touches) for member, touches in found.items()} == {kim.pk: 1, ada.pk: 0}


def test_credits_of_many_steps_are_computed_at_once(kim, ada, plurk, django_assert_num_queries):
    tap(plurk, browser_of(kim), 60)
    for member in (kim, ada):
        crediting.credit(member=member)
    rows = list(Conversion.objects.joined())
    with django_assert_num_queries(3):
        shared = crediting.credits_for(rows, "linear")
    assert {row.member_id: [(touch.link, part) for touch, part in shared[row.pk]] for row in rows} == {
        kim.pk: [(plurk.pk, crediting.WHOLE)],
        ada.pk: [(None, crediting.WHOLE)],
    }


def test_a_device_that_comes_later_changes_the_past_and_says_so(kim, plurk):
    crediting.credit(member=kim)
    row = Conversion.objects.joined().get()
    before = row.changed_at
    empty, telephone = uuid.uuid4(), uuid.uuid4()
    crediting.claim(member=kim, visitor=empty)
    row.refresh_from_db()
    assert row.changed_at == before  # a browser that brought nothing changes nothing
    tap(plurk, telephone, 60)
    crediting.claim(member=kim, visitor=telephone)
    row.refresh_from_db()
    assert row.changed_at > before
    assert crediting.credits_for([row], "first")[row.pk][0][0].link == plurk.pk
    changed = row.changed_at
    crediting.claim(member=kim, visitor=telephone)
    row.refresh_from_db()
    assert row.changed_at == changed


def test_a_direct_visit_of_another_device_never_takes_the_first_touch(kim, plurk):
    tap(plurk, browser_of(kim), 60)
    kim.joined_at = ago(30)
    kim.save()
    crediting.credit(member=kim)
    row = Conversion.objects.joined().get()
    visit(browser_of(kim), 5000)
    assert crediting.credits_for([row], "first")[row.pk][0][0].link == plurk.pk


def test_counting_again_from_the_facts_gives_the_same(kim, plurk):
    browser = browser_of(kim)
    for minutes in (9000, 5000, 3000, 45):
        tap(plurk, browser, minutes)
    visit(browser, 4000, "www.dcard.tw")
    crediting.credit(member=kim)
    rows = list(Conversion.objects.all())
    once = {model: crediting.credits_for(rows, model) for model in crediting.MODELS}
    again = {model: crediting.credits_for(rows, model) for model in crediting.MODELS}
    assert once == again
    assert all(
        sum(part for _t, part in parts) == crediting.WHOLE for shared in once.values() for parts in shared.values()
    )
