import http.client
import subprocess
import time

import pytest

from community.running.ports import free_port
from community.running.valkey import binary
from tests import databases
from tests.site import Site

MAKE = (
    "from community.campaigns import linking\n"
    "from community.campaigns.models import Campaign\n"
    "campaign = Campaign.objects.create(name='Two', key='two')\n"
    "linking.make_link(campaign=campaign, channel='x', label='Two', destination='/forum/', code='two')\n"
)
CHANGE = (
    "from community.campaigns import linking\n"
    "from community.campaigns.models import TrackedLink\n"
    "linking.change_link(link=TrackedLink.objects.get(), destination='/search/')\n"
)


def where(site):
    wire = http.client.HTTPConnection("localhost", site.port, timeout=10)
    wire.request("GET", "/go/two", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0"})
    answer = wire.getresponse()
    answer.read()
    wire.close()
    return answer.status, answer.headers["Location"]


def test_a_link_changed_by_one_process_is_followed_by_another_at_once(django_db_setup):
    with Site(databases.copy("two"), seed=False, worker=False) as site:
        site.does(MAKE)
        assert where(site) == (302, "/forum/?utm_source=x&utm_medium=social&utm_campaign=two")
        site.does(CHANGE)
        deadline = time.monotonic() + 5  # far less than a route is believed without being told
        while where(site)[1].startswith("/forum/"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert where(site)[1].startswith("/search/?")


@pytest.fixture
def own_valkey(tmp_path):
    """A Valkey that may be stopped: nobody else's tests stand on it."""
    port = free_port()
    told = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(tmp_path)]
    process = subprocess.Popen([binary(), *told], stdout=subprocess.DEVNULL)
    process.url = f"redis://127.0.0.1:{port}/0"
    yield process
    process.kill()
    process.wait()


def test_with_valkey_stopped_people_are_sent_on_and_none_of_them_is_lost(django_db_setup, own_valkey):
    with Site(databases.copy("stopped"), seed=False, worker=False, env={"VALKEY_URL": own_valkey.url}) as site:
        site.does(MAKE)
        there = (302, "/forum/?utm_source=x&utm_medium=social&utm_campaign=two")
        assert where(site) == there
        own_valkey.terminate()
        own_valkey.wait(10)
        slowest = 0.0
        for _ in range(20):
            start = time.monotonic()
            assert where(site) == there
            slowest = max(slowest, time.monotonic() - start)
        assert slowest < 2
        count = "from community.campaigns.models import Click; print(Click.objects.human().count())"
        deadline = time.monotonic() + 20
        while (counted := int(site.does(count))) < 21:
            assert time.monotonic() < deadline, counted
            time.sleep(0.1)
        assert counted == 21
