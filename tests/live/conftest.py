"""Two web processes over one Valkey, and sockets to them."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.conf import settings
from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from community.commons import valkey
from community.live import topics
from tests import databases
from tests.live import notes


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One web process of its own."""

    def __init__(self, **env):
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.env = env
        self.process = None

    def start(self, database):
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": databases.url_of(database),
            "SITE_URL": f"http://{self.host}",
            **self.env,
        }
        command = [sys.executable, "-m", "uvicorn", "tests.live.site:application", "--port", str(self.port)]
        self.process = subprocess.Popen([*command, "--log-level", "warning"], env=env)
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://{self.host}/healthz", timeout=5)
                return self
            assert self.process.poll() is None, "the server did not start"
            time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def open(self, client=None, origin=None, cookies="", **headers):
        """A socket, as the page of this client would open one."""
        if client:
            cookies = f"sessionid={client.cookies['sessionid'].value}"
        if cookies:
            headers["Cookie"] = cookies
        origin = f"http://{self.host}" if origin is None else origin
        return Socket(
            connect(
                f"ws://{self.host}/live/",
                additional_headers=headers,
                origin=origin or None,
                open_timeout=10,
                proxy=None,
                legacy=True,
            )
        )


class Socket:
    """What a page would do with its socket; leaving it closes it."""

    def __init__(self, link):
        self.link = link

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.link.close()

    def say(self, message):
        self.link.send(message if isinstance(message, (str, bytes)) else json.dumps(message))

    def hear(self, timeout=5):
        """The next message that is not presence."""
        return self._next(lambda told: told["kind"] != "presence", timeout)

    def hear_presence(self, count, timeout=8):
        return self._next(lambda told: told["kind"] == "presence" and told["count"] == count, timeout)

    def _next(self, wanted, timeout):
        deadline = time.monotonic() + timeout
        while True:
            told = json.loads(self.link.recv(timeout=max(0.01, deadline - time.monotonic())))
            if wanted(told):
                return told

    def hears_nothing(self, seconds=0.5):
        try:
            told = self.hear(seconds)
        except TimeoutError:
            return True
        raise AssertionError(f"heard {told}")

    def watch(self, kind="all", since=0):
        self.say({"watch": notes.topic(kind), "since": since})
        return self.hear()

    def closing(self, timeout=5):
        """The code the server closed with."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                self.link.recv(timeout=timeout)
        return self.link.protocol.close_code


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

    def start(**env):
        started.append(Server(**env).start(connection.settings_dict["NAME"]))
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
