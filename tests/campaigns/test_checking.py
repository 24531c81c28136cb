"""Destinations are asked as a stranger would ask, and owners hear of trouble once, and of its end."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.timezone import now

from community.campaigns import checking, linking, tasks
from community.campaigns.models import Health, Rule, Split
from community.notices.models import Ring
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db


class Misbehaving(BaseHTTPRequestHandler):
    """A site of which every page has something the matter, but one."""

    def do_GET(self):
        path, _mark, query = self.path.partition("?")
        self.server.asked.append((self.path, self.headers.get("Cookie"), self.headers.get("User-Agent")))
        status, headers, body = self.server.pages.get(path, (404, {}, b"nothing"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value.replace("{query}", query))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said):
        """Says nothing."""


PAGES = {
    "/": (200, {}, b"<title>well</title>"),
    "/well/": (200, {}, b"<title>well</title>"),
    "/moved/": (301, {"Location": "/well/?{query}"}, b""),
    "/stripped/": (302, {"Location": "/well/"}, b""),
    "/round/": (302, {"Location": "/about/?{query}"}, b""),
    "/about/": (302, {"Location": "/round/?{query}"}, b""),
    "/members/": (302, {"Location": "/join/?next=/members/"}, b""),
    "/secret/": (403, {}, b""),
    "/broken/": (500, {}, b""),
    "/hidden/": (200, {}, b'<meta name="robots" content="noindex">'),
    "/quiet/": (200, {"X-Robots-Tag": "noindex"}, b""),
}


@contextmanager
def running():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    server.pages, server.asked = dict(PAGES), []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def place(settings):
    with running() as server:
        settings.SITE_URL = f"http://127.0.0.1:{server.server_port}"
        yield server


@pytest.fixture
def campaign(db, mark):
    return make_campaign(owner=mark)


def make(campaign, destination="/well/", **fields):
    return linking.make_link(campaign=campaign, channel="x", label="貼文", destination=destination, **fields)


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("/well/", ""),
        ("/well/?a=1#there", ""),
        ("/moved/", ""),
        ("/stripped/", "query"),
        ("/round/", "loop"),
        ("/members/", "wall"),
        ("/secret/", "wall"),
        ("/broken/", "status"),
        ("/nowhere/", "status"),
        ("/hidden/", "hidden"),
        ("/quiet/", "hidden"),
    ],
)
def test_what_strangers_meet_is_found_out(address, trouble, place):
    found = checking.look_at(address, {"utm_source": "x"})
    assert found.trouble == trouble
    path, cookie, agent = place.asked[0]
    assert "utm_source=x" in path
    assert "fbclid=check-" in path
    assert cookie is None
    assert agent == checking.AGENT


def test_a_site_that_is_gone_is_said_to_be_out_of_reach(settings):
    settings.SITE_URL = "http://127.0.0.1:9"
    assert checking.look_at("/well/", {}).trouble == "unreachable"


def test_other_sites_are_asked_with_care(place, settings):
    settings.FETCH_PRIVATE = False
    with running() as other:
        address = f"http://127.0.0.1:{other.server_port}/well/"
        assert checking.look_at(address, {}).trouble == "unreachable"
        assert not other.asked
        place.pages["/away/"] = (302, {"Location": address}, b"")
        assert checking.look_at("/away/", {}).trouble == "unreachable"
        settings.FETCH_PRIVATE = True
        assert checking.look_at(address, {}).trouble == ""


def test_every_way_a_link_may_lead_is_asked(place, campaign):
    link = make(campaign, after_address="/over/")
    Rule.objects.create(link=link, kind="device", value="phone", address="/phone/")
    Split.objects.create(link=link, arm=0, weight=50, address="/arm/")
    Split.objects.create(link=link, arm=1, weight=50, address="/old-arm/", ended_at=now())
    assert checking.addresses_of(link) == ["/well/", "/over/", "/phone/", "/arm/"]


def test_trouble_rings_its_owner_once_when_found_twice_and_its_end_once(place, campaign, mark):
    link = make(campaign, "/broken/", by=mark)
    checking.look_now(link.pk)
    assert not Ring.objects.exists()
    for _ in range(3):
        checking.look_now(link.pk)
    ring = Ring.objects.get()
    assert (ring.member, ring.kind, ring.url) == (mark, "link_trouble", link.get_absolute_url())
    assert Health.objects.get(link=link).trouble == "status"
    place.pages["/broken/"] = PAGES["/well/"]
    for _ in range(2):
        checking.look_now(link.pk)
    assert [ring.kind for ring in Ring.objects.order_by("pk")] == ["link_trouble", "link_well"]
    place.pages["/broken/"] = (500, {}, b"")
    for _ in range(3):
        checking.look_now(link.pk)
    assert Ring.objects.count() == 3


def test_trouble_stands_on_the_link_and_in_the_lists(place, campaign, as_mark):
    link = make(campaign, "/members/")
    tasks.look_at_link(link.pk)
    for page in (link.get_absolute_url(), campaign.get_absolute_url(), reverse("campaigns:found") + "?state=trouble"):
        assert "desk-mark--trouble" in as_mark.get(page).content.decode()


def test_a_run_asks_each_address_once_and_no_host_too_often(place, campaign, settings):
    settings.FETCH_PRIVATE = True
    with running() as other:
        for number in range(20):
            other.pages[f"/{number}/"] = PAGES["/well/"]
            away = make(campaign)
            away.address = f"http://127.0.0.1:{other.server_port}/{number}/"
            away.save()
            make(campaign, "/well/")
        tasks.look_after_links()
        assert len(other.asked) == checking.MOST_OF_A_HOST
        assert len(place.asked) == 1
        assert Health.objects.count() == 20 + checking.MOST_OF_A_HOST
        tasks.look_after_links()
        assert len(other.asked) == 20
        tasks.look_after_links()
        assert len(place.asked) == 1  # nobody is asked again until it is time


def test_trouble_is_asked_about_ever_less_often(place, campaign):
    link = make(campaign, "/broken/")
    waits = []
    for _ in range(12):
        checking.look_now(link.pk)
        health = Health.objects.get(link=link)
        waits.append(health.next_at - health.checked_at)
    assert waits == sorted(waits)
    assert waits[0] <= timedelta(minutes=10)
    assert waits[-1] == checking.LONGEST


def test_links_that_lead_nobody_anywhere_are_left_alone(place, campaign):
    make(campaign, ends_at=now() - timedelta(days=1))
    linking.put_away(make(campaign))
    tasks.look_after_links()
    assert not place.asked
    make(campaign, ends_at=now() - timedelta(days=1), after_address="/over/")
    tasks.look_after_links()
    assert place.asked


def test_a_new_destination_is_asked_soon(place, campaign, as_mark):
    link = make(campaign)
    checking.look_now(link.pk)
    assert Health.objects.get(link=link).next_at > now()
    linking.change_link(link=link, destination="/moved/")
    assert Health.objects.get(link=link).next_at <= now()
    assert urlsplit(place.asked[0][0]).path == "/well/"
