"""A deploy: sockets are sent on before the server ends, nobody is let in meanwhile, and it ends in time."""

import contextlib
import json
import signal
import socket
import threading
import time

import pytest
from websockets.exceptions import ConnectionClosed, WebSocketException

from community.live import draining
from tests.live import notes


def heard_until_closed(page, heard):
    with contextlib.suppress(ConnectionClosed):
        while True:
            heard.append(json.loads(page.link.recv(timeout=10)))


def test_on_sigterm_sockets_are_told_to_move_new_ones_are_refused_and_the_process_ends(start_server):
    server = start_server("--timeout-graceful-shutdown", "20")
    pages = [server.open() for _ in range(200)]
    for page in pages:
        page.watch()
    heard = [[] for _ in pages]
    ears = [threading.Thread(target=heard_until_closed, args=each) for each in zip(pages, heard, strict=True)]
    # One that never closes its side must not keep anybody waiting.
    stuck = socket.create_connection(("127.0.0.1", server.port))
    stuck.sendall(
        f"GET /live/ HTTP/1.1\r\nHost: {server.host}\r\nOrigin: http://{server.host}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert b"101" in stuck.recv(4096)
    for ear in ears:
        ear.start()
    server.process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    while not any(told and told[-1]["kind"] == "move" for told in heard):
        assert time.monotonic() - began < draining.PATIENCE
        time.sleep(0.005)
    while server.process.poll() is None:
        with pytest.raises((WebSocketException, OSError)):
            server.open()
        assert time.monotonic() - began < draining.PATIENCE + 3
    for ear in ears:
        ear.join(5)
    for page, told in zip(pages, heard, strict=True):
        assert told[-1] == {"kind": "move", "within": 1.0}
        assert page.link.protocol.close_code == 1012
    stuck.close()


def test_asked_twice_it_stops_at_once(start_server):
    server = start_server()
    with server.open() as page:
        page.watch()
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.05)
        server.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert page.closing() == 1012
        server.process.wait(10)
        assert time.monotonic() - began < draining.PATIENCE


def test_what_was_said_meanwhile_is_behind_the_door_of_the_next_process(start_server, other_server):
    server = start_server()
    with server.open() as page:
        page.watch()
        server.act("say", "before")
        assert page.hear()["n"] == 1
        server.process.send_signal(signal.SIGTERM)
        assert page.hear() == {"kind": "move", "within": 1.0}
        notes.keep("while it was on its way")
    with other_server.open() as page:
        told = page.watch(since=1)
        assert (told["kind"], [frame["n"] for frame in told["frames"]]) == ("since", [2])
        other_server.act("say", "after")
        assert page.hear()["n"] == 3
