"""What every test can ask for: a database of its own worker, the cast, and clients signed in as them."""

import pytest
import redis
from django.conf import settings
from django.db import connections
from django.test import Client, TransactionTestCase
from xdist.scheduler import LoadScopeScheduling

from community.commons import valkey
from tests import cast, databases, harness
from tests.campaigns import servers
from tests.site import Site

# What shares something dear (one site and one browser, two web processes, all catalogues read) runs in one worker, and
# what takes minutes first: begun last, it would keep one worker busy long after the other ran out of work.
TOGETHER = {
    "tests/e2e/": "walks",
    "tests/test_journey.py": "walks",
    "tests/demo/test_demo.py": "demo",
    "tests/live/": "live",
    "tests/running/test_servers.py": "servers",
    "tests/test_words.py": "words",
    "tests/test_desk_words.py": "words",
}
PEOPLE = ("ada", "ben", "chen", "host", "mod", "edda", "mark", "root")


class Together(LoadScopeScheduling):
    """In place of xdist's own groups, which are told by a private name that pytest reads no more since 9.2."""

    def _split_scope(self, nodeid):
        return next((group for beginning, group in TOGETHER.items() if nodeid.startswith(beginning)), nodeid)

    def _assign_work_unit(self, node):
        for group in reversed(TOGETHER.values()):
            if group in self.workqueue:
                self.workqueue.move_to_end(group, last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A copy of the migrated template, in place of Django's own way, which would migrate for twenty seconds."""
    connection = connections["default"]
    with django_db_blocker.unblock():
        databases.template()
        connection.settings_dict["NAME"] = databases.copy(harness.WORKER)
        yield
        connection.close()
        databases.drop(connection.settings_dict["NAME"])


def _start_afresh(test_case):
    """After a test that really commits. Django would empty all tables, and with them what migrations put there."""
    connection = connections["default"]
    connection.close()
    databases.copy(harness.WORKER)


TransactionTestCase._fixture_teardown = _start_afresh


@pytest.fixture(autouse=True)
def _empty_valkey():
    """Limits, caches and queues start empty for each test."""
    client = valkey.client()
    for patience in (True, True, False):
        try:
            keys = list(client.scan_iter(match=f"{settings.VALKEY_PREFIX}*", count=1000))
            if keys:
                client.delete(*keys)
            return
        except redis.TimeoutError:
            # The other worker shares this server, and a busy machine may keep it from answering for seconds.
            if not patience:
                raise


@pytest.fixture(scope="session")
def site(django_db_setup):
    """A real site beside the tests: web process, worker, database and mail folder of its own.

    What it tells Meta it tells a server of ours, `site.meta`, that keeps to the documented rules.
    """
    with servers.Server(servers.meta()) as meta:
        told = {
            "META_PIXEL_ID": "1234567890",
            "META_ACCESS_TOKEN": servers.META_TOKEN,
            "META_BASE_URL": meta.url,
            "FETCH_PRIVATE": "on",
        }
        with Site(databases.copy(f"{harness.WORKER}_site"), env=told) as running:
            running.meta = meta
            yield running
            # A page that failed is explained by what the site said meanwhile.
            running.say_errors()


@pytest.fixture
def stranger():
    return Client()


def _person(name):
    @pytest.fixture(name=name)
    def person(db):
        return getattr(cast, name)()

    return person


def _signed_in(name):
    @pytest.fixture(name=f"as_{name}")
    def client(request):
        client = Client()
        client.force_login(request.getfixturevalue(name))
        return client

    return client


for _name in PEOPLE:
    globals()[_name] = _person(_name)
    globals()[f"as_{_name}"] = _signed_in(_name)
