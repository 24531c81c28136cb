"""The hub: across processes, through cuts and restarts, and past readers who cannot keep up."""

import asyncio
import json
import socket
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from uvicorn import Config
from uvicorn.protocols.websockets.auto import AutoWebSocketsProtocol
from uvicorn.server import ServerState
from websockets.exceptions import InvalidStatus

from community.commons import valkey, visitors
from community.live import presence
from community.live.checking import Past
from community.live.doors import SLOW_FRAMES, Door
from community.live.rooms import Room
from tests.live import notes
from tests.live.wire import Valkey


def test_what_is_said_in_one_process_is_heard_in_the_other(server, other_server):
    with server.open() as here, other_server.open() as there:
        here.watch()
        there.watch()
        server.act("say", "from here")
        assert here.hear()["n"] == there.hear()["n"] == 1
        other_server.act("say", "from there")
        assert here.hear()["n"] == there.hear()["n"] == 2


def test_people_are_added_up_over_processes(server, other_server, stranger):
    with server.open() as first:
        first.watch()
        first.hear_presence(1)
        with server.open() as second, other_server.open() as third:
            second.watch()
            third.watch()
            first.hear_presence(3)
            third.hear_presence(3)
            assert presence.here(notes.topic()).count == 3
            assert stranger.get(f"/live/{notes.topic()}/?since=0").json()["count"] == 3
        first.hear_presence(1)


def test_one_person_with_tabs_on_two_processes_counts_once(server, other_server):
    cookies = f"visitor={visitors.issue()[1]}"
    elsewhere = other_server.open(cookies=cookies)
    with server.open(cookies=cookies) as first, server.open(cookies=cookies) as second, server.open() as other:
        for each in (first, second, elsewhere, other):
            each.watch()
        assert other.hear_presence(2)
        assert elsewhere.hear_presence(2)
        elsewhere.link.close()


def test_a_process_keeps_one_subscription_for_all_its_sockets(server, other_server, subscribers):
    with server.open() as first, server.open() as second:
        first.watch()
        second.watch()
        assert subscribers(notes.topic()) == 1
        with other_server.open() as third:
            third.watch()
            assert subscribers(notes.topic()) == 2


def test_after_a_cut_nobody_stays_behind(server):
    with server.open() as socket:
        socket.watch()
        notes.keep("told while the wire was cut")
        valkey.client().client_kill_filter(_type="pubsub")
        assert socket.hear(15) == {"topic": notes.topic(), "kind": "behind", "n": 1}
        server.act("say", "after")
        assert socket.hear()["n"] == 2


def test_what_a_killed_process_never_told_is_noticed(start_server):
    server = start_server(RECHECK="2")
    with server.open() as socket:
        socket.watch()
        notes.keep("committed, and then the process died")
        assert socket.hear() == {"topic": notes.topic(), "kind": "behind", "n": 1}


@pytest.mark.django_db(transaction=True)
def test_a_session_that_ended_without_a_word_is_noticed(start_server, as_ben):
    server = start_server(RECHECK="2")
    with server.open(as_ben) as socket:
        assert socket.watch("tier2")["kind"] == "open"
        as_ben.session.flush()
        assert socket.closing() == 4401


def test_a_restart_of_valkey_sends_pages_to_ask_and_takes_them_back(start_server, tmp_path):
    with Valkey(tmp_path) as own:
        server = start_server(VALKEY_URL=own.url)
        with server.open() as socket:
            socket.watch()
            server.act("say", "before")
            assert socket.hear()["n"] == 1
            own.kill()
            assert socket.closing(30) == 1013
        with pytest.raises(InvalidStatus) as refused:
            server.open()
        assert refused.value.response.status_code == 503
        own.start()
        assert _patiently(server.open, InvalidStatus).watch(since=1)["kind"] == "open"


def _check(true):
    assert true


def _patiently(act, trouble, seconds=20):
    deadline = time.monotonic() + seconds
    while True:
        try:
            return act()
        except trouble:
            assert time.monotonic() < deadline
            time.sleep(0.2)


@pytest.mark.parametrize("env", [{}, {"PLAIN_SEND": "1"}], ids=["to the transport", "through ASGI's send"])
def test_a_reader_who_cannot_keep_up_is_dropped_and_delays_nobody(start_server, env):
    server = start_server(**env)
    pipe = socket.socket()
    pipe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    pipe.connect(("127.0.0.1", server.port))
    with server.open(sock=pipe, compression=None) as slow, server.open() as quick:
        slow.watch()
        quick.watch()
        # More than the library, the kernel and the server's patience can hold for one who does not read.
        for n in range(1, SLOW_FRAMES * 3):
            server.act("say", "x", times=100_000)
            assert quick.hear()["n"] == n
        _patiently(lambda: _check(presence.here(notes.topic()).count == 1), AssertionError)


def test_without_a_known_transport_frames_go_through_asgi_in_order():
    async def scenario():
        sent = []

        async def send(message):
            await asyncio.sleep(0)
            sent.append(message)

        door = Door(SimpleNamespace(visitor=""), AnonymousUser(), "", send)
        for n in range(5):
            door.tell({"n": n})
        await asyncio.sleep(0.05)
        door.forget()
        return sent

    sent = asyncio.run(scenario())
    assert [message["text"] for message in sent] == [f'{{"n":{n}}}' for n in range(5)]


def test_under_uvicorn_the_transport_is_reached():
    """Everything works without it, only slower: an update that hides the transport should be noticed here."""

    async def scenario():
        async def nothing(scope, receive, send): ...

        config = Config(nothing)
        config.load()
        protocol = AutoWebSocketsProtocol(config=config, server_state=ServerState(), app_state={})
        protocol.transport = object()
        return Door(SimpleNamespace(visitor=""), AnonymousUser(), "", protocol.send).transport is protocol.transport

    assert asyncio.run(scenario())


def test_whoever_comes_back_is_told_what_they_missed_from_memory_or_from_the_database(server):
    with server.open() as here, server.open() as gone:
        here.watch()
        gone.watch()
        for n in range(1, 70):
            server.act("say", str(n))
            here.hear()
        gone.link.close()
    with server.open() as back:
        # From what the process remembers, in order and in the language of the page.
        told = back.watch(since=66)
        assert (told["kind"], told["n"]) == ("since", 69)
        assert [frame["n"] for frame in told["frames"]] == [67, 68, 69]
        assert told["frames"][0]["html"] == '<p lang="zh-hant">67</p>'
        # Older than that, the database is asked, and what happens meanwhile is put behind it.
        assert [frame["n"] for frame in back.watch(since=3)["frames"]] == list(range(4, 70))
        server.act("say", "70")
        assert back.hear()["n"] == 70
        assert [frame["n"] for frame in back.watch(since=2)["frames"]] == list(range(3, 71))


def test_what_changed_again_is_told_only_as_it_is_now():
    room = Room("note.all")
    for n, subject in ((1, "post-1"), (2, "post-2"), (3, "post-1")):
        room.last = n
        room.remember({"n": n, "id": subject, "whole": True, "texts": {"en": b'{"n":%d}' % n}})
    assert json.loads(room.since(0, "en")) == {
        "topic": "note.all",
        "kind": "since",
        "n": 3,
        "frames": [{"n": 2}, {"n": 3}],
    }
    room.last = 4  # heard of, and never seen here
    assert room.since(0, "en") is None
    room.recall(
        "en", Past(0, 4, [(2, "post-2", b'{"n":2}'), (3, "post-1", b'{"n":3}'), (4, "", b'{"n":4}')]), until=9.0
    )
    room.last = 5
    room.remember({"n": 5, "id": "post-2", "whole": True, "texts": {"en": b'{"n":5}'}})
    assert [frame["n"] for frame in json.loads(room.since(1, "en"))["frames"]] == [3, 4, 5]
    room.forget(now=10.0)
    assert room.since(1, "en") is None
