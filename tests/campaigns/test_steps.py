from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import now

from community.campaigns import linking, moments
from community.campaigns.models import Click, Step
from community.commons import visitors
from tests.accounts.test_joining import ask, code, other_code
from tests.campaigns import agents
from tests.campaigns.knocking import campaign

pytestmark = pytest.mark.django_db


def browser(agent=agents.FACEBOOK, **headers):
    return Client(headers={"User-Agent": agent, "Accept-Language": "zh-TW,zh;q=0.9", **headers})


@pytest.fixture
def link(db):
    return linking.make_link(campaign=campaign(), channel="facebook", label="早安", destination="/")


def tap(client, link, ago=1, agent="human"):
    visitor, value = visitors.issue()
    client.cookies[visitors.COOKIE] = value
    at = now() - timedelta(minutes=ago)
    return Click.objects.create(
        id=moments.id_at(at), at=at, link=link, visitor=visitor, agent=agent, app="facebook", os="ios"
    )


def kinds(client):
    return list(Step.objects.order_by("id").values_list("kind", flat=True))


def test_each_step_of_joining_is_written_down_with_the_link_that_brought_them(link):
    client = browser()
    click = tap(client, link)
    client.get("/join/")
    ask(client)
    client.post("/join/code/", {"code": other_code()})
    client.post("/join/code/", {"code": code()})
    assert kinds(client) == ["join_opened", "code_asked", "code_entered", "code_entered", "joined"]
    for step in Step.objects.all():
        assert (step.visitor, step.click, step.link_id) == (click.visitor, click.pk, link.pk)
        assert (step.app, step.os, step.device, step.language, step.source) == (
            "facebook",
            "ios",
            "phone",
            "zh-TW",
            "",
        )
    assert Step.objects.first().path == "/join/"


def test_a_member_who_signs_in_again_did_not_join(link, ada):
    client = browser()
    ask(client, email=ada.email)
    client.post("/join/code/", {"code": code()})
    assert kinds(client) == ["code_asked", "code_entered"]


def test_machines_and_pages_fetched_ahead_take_no_steps():
    Client(headers={"User-Agent": "curl/8.1"}).get("/join/")
    Client().get("/join/")
    browser(**{"Sec-Purpose": "prefetch;prerender"}).get("/join/")
    browser().head("/join/")
    assert not Step.objects.exists()


def test_a_click_of_the_day_before_yesterday_no_longer_explains_a_step(link):
    client = browser()
    tap(client, link, ago=25 * 60)
    client.get("/join/")
    step = Step.objects.get()
    assert step.visitor
    assert step.click is None


def test_joining_does_not_fail_when_a_step_cannot_be_written(link, monkeypatch):
    monkeypatch.setattr(Step.objects, "create", lambda **_: 1 / 0)
    client = browser()
    assert client.get("/join/").status_code == 200
    ask(client)
    assert mail.outbox
    assert client.post("/join/code/", {"code": code()}).status_code == 302


def test_steps_between_two_moments_are_found_by_their_key_alone():
    noon = now().replace(minute=0)
    for minutes in (-1, 0, 59, 60):
        at = noon + timedelta(minutes=minutes)
        Step.objects.create(id=moments.id_at(at), at=at, kind="painted", source="direct" if minutes else "")
    found = Step.objects.between(noon, noon + timedelta(hours=1))
    assert [step.at.minute for step in found.order_by("id")] == [0, 59]
    assert found.arrivals().count() == 1
