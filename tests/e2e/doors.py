"""Made inside a site beside the tests: sessions of people who are signed in, and things that happen meanwhile."""

import json
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.utils.timezone import now

from accounts.models import Member
from community.campaigns import destinations, linking, partnering
from community.campaigns.hooks import keeping, telling
from community.campaigns.models import Campaign, TrackedLink
from community.campaigns.referring import ACTIVE
from community.insights import days, filling
from community.insights.models import SharedPage
from community.notices import ringing
from tests import cast
from tests.campaigns.test_outward import agreed, step
from tests.insights.making import come


def member(handle):
    return Member.objects.with_email(f"{handle}@cast.example").get()


def session(handle) -> str:
    """The key of a session in which this person is signed in, as after typing a code."""
    person, store = member(handle), SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "accounts.backends.MemberBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return store.session_key


def furnished() -> str:
    """One of everything that a marketer keeps, so that no page of the desk is empty; and who is signed in."""
    mark, link = member("mark"), TrackedLink.objects.for_desk().order_by("pk").first()
    where = destinations.address_of(link)
    linking.change_link(link=link, destination="/forum/", by=mark, tags=["付費", "實驗"], notes="晚上貼")
    linking.change_link(link=link, destination=where, by=mark)
    paid = linking.make_link(
        campaign=Campaign.objects.get(pk=link.campaign_id),
        channel="facebook_ads",
        label="手沖廣告",
        destination="/forum/",
        by=mark,
    )
    at = now() - timedelta(days=2)
    for name in ("lin", "wu"):
        come(paid, name, at=at)
    filling.fill(days.day_of(at))  # the worker has counted that day already, and nobody joins days ago
    partner = partnering.make(by=mark, name="苔蘚與咖啡", kind="kol", fee=12000, currency="TWD")
    endpoint = keeping.register(owner=mark, url="https://hook.invalid/x", kinds=["joined"], label="報名表")
    telling.tell_test(endpoint=endpoint)
    told = {
        "link": link.pk,
        "paid": paid.pk,
        "paid_code": paid.code,
        "campaign": link.campaign_id,
        "partner": partner.pk,
        "endpoint": endpoint.pk,
        "their_page": f"/partners/{partnering.secret_of(partner)}/",
        "doors": {handle: session(handle) for handle in ("root", "mark", "ada")},
    }
    return json.dumps(told)


def rung(handle):
    ringing.ring(member=member(handle), kind=ACTIVE, params={}, url="/me/invite/", about="e2e")


def stayed() -> str:
    """A member who agreed to be told of, and takes a step that Meta is told of."""
    step(agreed(cast.member("grace")))


def over():
    """All shared pages have come to their end."""
    SharedPage.objects.all().update(expires_at=now() - timedelta(minutes=1))
