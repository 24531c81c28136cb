import http.client
import time

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
        site.manage("shell", "-v0", "-c", MAKE)
        assert where(site) == (302, "/forum/?utm_source=x&utm_medium=social&utm_campaign=two")
        site.manage("shell", "-v0", "-c", CHANGE)
        deadline = time.monotonic() + 5  # far less than a route is believed without being told
        while where(site)[1].startswith("/forum/"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert where(site)[1].startswith("/search/?")
