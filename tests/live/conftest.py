"""Two web processes over one Valkey, and sockets to them."""

import pytest
from django.conf import settings
from django.db import connection

from community.commons import valkey
from community.live import topics
from tests.live import notes
from tests.live.wire import Server


@pytest.fixture(autouse=True)
def _notes():
    notes.turn += 1
    topics.register(notes.Notes())
    yield
    topics._topics.pop("note")


@pytest.fixture(scope="session")
def _servers(django_db_setup, django_db_blocker):
    database = connection.settings_dict["NAME"]
    servers = [Server().start(database), Server().start(database)]
    yield servers
    for server in servers:
        server.stop()


@pytest.fixture
def server(_servers):
    return _servers[0]


@pytest.fixture
def other_server(_servers):
    return _servers[1]


@pytest.fixture
def start_server(django_db_setup):
    """For tests that stop their server, or give it another environment."""
    started = []

    def start(*arguments, **env):
        started.append(Server(*arguments, **env).start(connection.settings_dict["NAME"]))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def say(db, django_capture_on_commit_callbacks):
    """Says something in a topic as a verb would: write, commit, tell."""

    def say(text, kind="all"):
        with django_capture_on_commit_callbacks(execute=True):
            return notes.say(text, kind)

    return say


@pytest.fixture
def subscribers():
    """How many processes listen to a topic."""

    def count(topic):
        return valkey.client().pubsub_numsub(f"{settings.VALKEY_PREFIX}live__group__{topic}")[0][1]

    return count
