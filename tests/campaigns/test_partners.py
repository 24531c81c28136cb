"""Partners: their links, and the page that is theirs as long as the marketer likes."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts import joining
from accounts.attending import day_of
from accounts.models import ActiveDay
from community.campaigns import converting, crediting, moments, partnering
from community.campaigns.models import Click, Partner, TrackedLink
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(db):
    return make_campaign()


@pytest.fixture
def moss(mark):
    return partnering.make(by=mark, name="苔蘚與咖啡", kind="kol", fee=8000, currency="TWD")


@pytest.fixture
def link(moss, campaign, mark):
    return partnering.make_link(partner=moss, campaign=campaign, label="三月開箱", destination="/", by=mark)


def come(link, name, days=3, active=False):
    at, visitor = now() - timedelta(days=days), uuid.uuid4()
    Click.objects.create(id=moments.id_at(at), at=at, link=link, visitor=visitor, agent="human")
    member = joining.admit(email=f"{name}@come.example", name=name, at=at + timedelta(minutes=5))
    crediting.claim(member=member, visitor=visitor)
    if active:
        converting.record(member=member, kind="first_act", at=member.joined_at)
        ActiveDay.objects.create(member=member, day=day_of(member.joined_at) + timedelta(days=1))
    return member


def page_of(partner):
    return f"/partners/{partnering.secret_of(partner)}/"


def test_a_partners_link_is_like_any_other_and_theirs(moss, link):
    assert (link.partner, link.channel, link.utm_source) == (moss, "partner", "partner")


def test_their_page_is_open_to_whoever_has_its_address_and_to_nobody_else(moss, link, stranger):
    answer = stranger.get(page_of(moss))
    assert answer.status_code == 200
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"].startswith("private, no-store")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert stranger.post(page_of(moss)).status_code == 405


def wrong(secret):
    yield "x"
    yield "x" * len(secret)
    yield secret[:-1] + ("a" if secret[-1] != "a" else "b")
    yield ("a" if secret[0] != "a" else "b") + secret[1:]
    yield secret + "a"
    yield secret[1:]
    yield secret.swapcase()
    yield "苔" * 44


def test_a_wrong_address_is_none_at_all(moss, link, stranger, as_ada):
    for secret in wrong(partnering.secret_of(moss)):
        assert stranger.get(f"/partners/{secret}/").status_code == 404, secret
        assert as_ada.get(f"/partners/{secret}/").status_code == 404


def test_a_revoked_or_renewed_page_is_gone(moss, link, stranger):
    before = page_of(moss)
    partnering.renew(partner=moss)
    assert stranger.get(before).status_code == 404
    after = page_of(moss)
    assert stranger.get(after).status_code == 200
    partnering.revoke(partner=moss)
    assert stranger.get(after).status_code == 404
    partnering.renew(partner=moss)
    assert stranger.get(after).status_code == 404
    assert stranger.get(page_of(moss)).status_code == 200


def test_the_key_stands_in_no_table(moss, settings):
    secret = partnering.secret_of(moss)
    row = Partner.objects.values().get()
    assert secret not in [str(value) for value in row.values()]
    settings.SECRET_KEY = "another"
    assert partnering.opened_by(secret) is None


def test_the_page_shows_their_links_alone_and_guards_small_numbers(moss, link, campaign, mark, stranger):
    other = partnering.make(by=mark, name="別人")
    foreign = partnering.make_link(partner=other, campaign=campaign, label="別人的連結", destination="/", by=mark)
    for number in range(7):
        come(link, f"n{number}", active=number < 2)
    come(foreign, "else")
    page = stranger.get(page_of(moss), headers={"Accept-Language": "en"}).content.decode()
    assert '<td class="n">7</td><td class="n">7</td><td class="n">7</td><td class="n">fewer than 5</td>' in page
    assert "別人的連結" not in page
    assert "n3@come.example" not in page
    assert "8000" not in page.replace(",", "")  # what was agreed is between two


def test_today_is_not_told_before_it_is_over(moss, link):
    come(link, "kim", days=0)
    (row,) = partnering.figures(moss)
    assert (row.clicks, row.joined) == (0, 0)


def test_active_is_who_acted_and_came_back(moss, link):
    come(link, "kim", active=True)
    come(link, "lee")
    (row,) = partnering.figures(moss)
    assert (row.clicks, row.people, row.joined, row.active) == (2, 2, 2, 1)


def test_more_links_ask_no_more_questions(moss, link, campaign, mark, django_assert_num_queries):
    come(link, "kim", active=True)
    with django_assert_num_queries(9):
        partnering.figures(moss)
    for number in range(5):
        more = partnering.make_link(partner=moss, campaign=campaign, label=str(number), destination="/", by=mark)
        come(more, f"n{number}", active=True)
    with django_assert_num_queries(9):
        partnering.figures(moss)


READ = ["", "new/", "{pk}/", "{pk}/words/"]
WRITE = ["{pk}/links/", "{pk}/key/", "{pk}/revocation/"]


@pytest.mark.parametrize("address", READ)
def test_the_drawer_is_for_marketers(address, moss, link, stranger, as_ben, as_edda, as_mark, as_root):
    path = f"/desk/campaigns/partners/{address.format(pk=moss.pk)}"
    assert stranger.get(path).url.startswith("/join/")
    assert as_ben.get(path).status_code == 403
    assert as_edda.get(path).status_code == 302
    assert as_mark.get(path).status_code == 200
    assert as_root.get(path).status_code == 200


@pytest.mark.parametrize("address", WRITE)
def test_nobody_else_writes_and_reading_writes_nothing(address, moss, link, stranger, as_ben, as_edda, as_mark):
    path = f"/desk/campaigns/partners/{address.format(pk=moss.pk)}"
    before = Partner.objects.values().get()
    for client in (stranger, as_ben, as_edda):
        assert client.post(path, {}).status_code in {302, 403}
    assert as_mark.get(path).status_code == 405
    assert Partner.objects.values().get() == before
    assert as_mark.post(path.replace(f"/{moss.pk}/", "/999999/")).status_code == 404


def test_from_a_new_partner_to_their_page(as_mark, mark, campaign):
    base = "/desk/campaigns/partners/"
    made = as_mark.post(base + "new/", {"name": "苔蘚與咖啡", "kind": "kol", "fee": "8000", "currency": "twd"})
    partner = Partner.objects.get()
    assert (made.url, partner.made_by, partner.currency) == (f"{base}{partner.pk}/", mark, "TWD")
    told = {"campaign": campaign.pk, "label": "三月開箱", "destination": "/"}
    assert as_mark.post(f"{base}{partner.pk}/links/", told).status_code == 302
    assert TrackedLink.objects.get().partner == partner
    page = as_mark.get(f"{base}{partner.pk}/").content.decode()
    assert page_of(partner) in page
    as_mark.post(f"{base}{partner.pk}/revocation/")
    assert page_of(partner) not in as_mark.get(f"{base}{partner.pk}/").content.decode()
    as_mark.post(f"{base}{partner.pk}/key/")
    partner.refresh_from_db()
    assert Client().get(page_of(partner)).status_code == 200
    as_mark.post(f"{base}{partner.pk}/words/", {"name": "苔蘚", "kind": "page", "currency": ""})
    partner.refresh_from_db()
    assert (partner.name, partner.fee, partner.currency) == ("苔蘚", None, "TWD")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"name": "", "kind": "kol"},
        {"name": "x", "kind": "nope"},
        {"name": "x", "kind": "kol", "fee": "-5"},
        {"name": "x", "kind": "kol", "currency": "NT$"},
        {"name": "x", "kind": "kol", "page_address": "javascript:alert(1)"},
        {"name": "x" * 200, "kind": "kol"},
    ],
)
def test_a_partner_that_cannot_be_is_explained(told, as_mark):
    assert as_mark.post("/desk/campaigns/partners/new/", told).status_code == 422
    assert not Partner.objects.exists()


def test_a_link_that_cannot_be_is_explained(as_mark, moss, campaign):
    path = f"/desk/campaigns/partners/{moss.pk}/links/"
    for told in ({}, {"campaign": campaign.pk, "label": "x", "destination": "https://evil.example/"}):
        assert as_mark.post(path, told).status_code == 422
    assert not TrackedLink.objects.exists()
