"""A web process of its own, and a page's socket to it."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from community.running.ports import free_port
from community.running.valkey import binary
from tests import databases
from tests.live import notes


class Valkey:
    """One of its own, which can be taken away and come back with all it knew."""

    def __init__(self, folder):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.command = [binary(), "--port", str(self.port), "--dir", folder, "--bind", "127.0.0.1"]
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.kill()

    def start(self):
        command = [*self.command, "--appendonly", "yes", "--appendfsync", "always"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Server:
    """One web process of its own."""

    def __init__(self, *arguments, **env):
        self.arguments = arguments
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.env = env
        self.process = None

    def start(self, database):
        self.database = database
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": databases.url_of(database),
            "SITE_URL": f"http://{self.host}",
            **self.env,
        }
        command = [sys.executable, "-m", "uvicorn", "tests.live.site:application", "--port", str(self.port)]
        command += ["--log-level", "warning", "--ws-max-size", "65536", *self.arguments]
        self.process = subprocess.Popen(command, env=env)
        for _ in range(900):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://{self.host}/healthz", timeout=5)
                return self
            assert self.process.poll() is None, "the server did not start"
            time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def kill(self):
        """Without a word to anybody."""
        self.process.kill()
        self.process.wait()

    def act(self, verb, text, **more):
        """Lets the server itself say, keep or tell something: a test that drives a browser may not touch a database."""
        query = urllib.parse.urlencode({"verb": verb, "turn": notes.turn, "text": text, **more})
        urllib.request.urlopen(f"http://{self.host}/act/?{query}", timeout=10)

    def open(self, client=None, origin=None, cookies="", sock=None, compression="deflate", **headers):
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
                sock=sock,
                compression=compression,
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
        """The next message that says nothing about people."""
        return self._next(lambda told: told["kind"] not in {"presence", "typing"}, timeout)

    def hear_typing(self, count, timeout=5):
        return self._next(lambda told: told["kind"] == "typing" and told["count"] == count, timeout)

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
