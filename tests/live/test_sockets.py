"""The socket: who may open it, what may be said on it, and what arrives."""

import contextlib
import json
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from accounts import climbing
from accounts.models import Tier
from tests.live import notes


def test_a_watcher_hears_what_is_said_from_now_on(server, say):
    say("before")
    with server.open() as socket:
        assert socket.watch(since=1) == {"topic": notes.topic(), "kind": "open", "n": 1}
        say("咖啡")
        assert socket.hear() == {
            "topic": notes.topic(),
            "n": 2,
            "kind": "note",
            "id": "note-2",
            "html": '<p lang="zh-hant">咖啡</p>',
        }


def test_a_watcher_who_missed_something_is_told_what_and_one_who_missed_too_much_is_told_to_ask(server, say):
    say("one")
    say("two")
    with server.open() as socket:
        told = socket.watch(since=1)
        assert (told["kind"], told["n"], [frame["n"] for frame in told["frames"]]) == ("since", 2, [2])
    for n in range(200):
        notes.keep(str(n))
    with server.open() as socket:
        assert socket.watch(since=1) == {"topic": notes.topic(), "kind": "behind", "n": 202}
        told = socket.watch(since=2)
        assert [frame["n"] for frame in told["frames"]] == list(range(3, 203))


@pytest.mark.parametrize(
    ("headers", "language"),
    [({"cookies": "django_language=en"}, "en"), ({"Accept-Language": "en-GB,en;q=0.8"}, "en"), ({}, "zh-hant")],
)
def test_frames_come_in_the_language_of_the_page(server, say, headers, language):
    with server.open(**headers) as socket:
        socket.watch()
        say("hello")
        assert socket.hear()["html"] == f'<p lang="{language}">hello</p>'


def test_after_leaving_nothing_more_is_heard_and_leaving_twice_is_no_harm(server, say):
    with server.open() as socket:
        socket.watch()
        socket.say({"leave": notes.topic()})
        socket.say({"leave": notes.topic()})
        socket.say({"ping": 1})
        assert socket.hear() == {"kind": "pong"}
        say("unheard")
        assert socket.hears_nothing()


def test_a_long_frame_arrives_whole(server, say):
    with server.open() as socket:
        socket.watch()
        for length in (100, 30_000, 70_000):
            say("茶" * length)
            assert len(socket.hear()["html"]) > length


# --- the door ------------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", ["note.tier2-1", "note.gone", "nothing.12"])
def test_a_door_that_does_not_open_looks_like_one_that_is_not_there(server, topic):
    with server.open() as socket:
        socket.say({"watch": topic, "since": 0})
        assert socket.hear() == {"topic": topic, "kind": "closed"}


@pytest.mark.django_db(transaction=True)
def test_the_right_tier_opens_the_door_and_the_wrong_one_does_not(server, as_ben, as_chen):
    with server.open(as_ben) as regular, server.open(as_chen) as newcomer:
        assert regular.watch("tier2")["kind"] == "open"
        assert newcomer.watch("tier2")["kind"] == "closed"


@pytest.mark.django_db(transaction=True)
def test_losing_a_tier_closes_the_door_and_leaves_the_others_open(server, ben, as_ben):
    with server.open(as_ben) as socket:
        socket.watch("tier2")
        socket.watch("all")
        climbing.grant(member=ben, tier=Tier.objects.get(rank=1))
        assert socket.hear() == {"topic": notes.topic("tier2"), "kind": "closed"}
        notes.say("secret", "tier2")
        notes.say("open")
        assert socket.hear()["topic"] == notes.topic()


@pytest.mark.django_db(transaction=True)
def test_signing_out_ends_every_socket_of_the_member(server, as_ben):
    with server.open(as_ben) as socket:
        socket.watch("tier2")
        as_ben.logout()
        assert socket.closing() == 4401


@pytest.mark.django_db(transaction=True)
def test_a_banned_member_is_put_out(server, ben, as_ben):
    with server.open(as_ben) as socket:
        socket.watch("tier2")
        ben.is_active = False
        ben.save()
        assert socket.closing() == 4401


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("session", ["forged", "x" * 32, "x" * 5000, '"abcdefgh\\000"', "../../etc"])
def test_a_forged_session_is_a_stranger(server, session):
    with server.open(cookies=f"sessionid={session}") as socket:
        assert socket.watch("tier2")["kind"] == "closed"
        assert socket.watch("all")["kind"] == "open"


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://127.0.0.1:1", "http://127.0.0.1.evil.example", "null", "http://[", "file://"],
)
def test_a_foreign_page_gets_no_socket(server, origin):
    with pytest.raises(InvalidStatus) as refused:
        server.open(origin=origin)
    assert refused.value.response.status_code == 403


def test_without_an_origin_there_is_no_socket(server):
    with pytest.raises(InvalidStatus) as refused:
        server.open(origin="")
    assert refused.value.response.status_code == 403


def test_one_address_has_only_so_many_sockets(start_server):
    server = start_server(LIVE_SOCKETS_PER_ADDRESS="2")
    with server.open(), server.open() as second:
        with pytest.raises(InvalidStatus) as refused:
            server.open()
        assert refused.value.response.status_code == 429
        second.link.close()
        time.sleep(0.2)
        server.open().link.close()


# --- what is said --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 2000,
        '{"watch":"note.all"}',
        '{"watch":"note.all","since":-1}',
        '{"watch":"note.all","since":true}',
        '{"watch":"note.all","since":1.5}',
        '{"watch":"note.all","since":"0"}',
        '{"watch":"note.all","since":99999999999999999999}',
        '{"watch":"note.\\ud800","since":0}',
        '{"watch":"note.\\u0000","since":0}',
        '{"watch":"no spaces","since":0}',
        '{"watch":["note.all"],"since":0}',
        '{"watch":"' + "n" * 100 + '.1","since":0}',
    ],
)
def test_garbage_closes_the_socket(server, garbage):
    with server.open() as socket:
        socket.say(garbage)
        assert socket.closing() == 4400


def test_bytes_close_the_socket(server):
    with server.open() as socket:
        socket.say(b"\x00\xff")
        assert socket.closing() == 1003


def test_a_long_message_closes_the_socket(server):
    with server.open() as socket:
        socket.say(json.dumps({"watch": "n" * 5000, "since": 0}))
        assert socket.closing() == 1009


def test_a_hasty_socket_is_closed(server):
    with server.open() as socket:
        for _ in range(21):
            socket.say({"ping": 1})
        assert socket.closing() == 4429


def test_beyond_eight_topics_a_page_is_asked_to_poll(server):
    with server.open() as socket:
        for number in range(8):
            assert socket.watch(f"all{number}")["kind"] == "open"
        assert socket.watch("all8") == {"topic": notes.topic("all8"), "kind": "poll"}
        assert socket.watch("all7")["kind"] == "open"


def test_what_cannot_be_looked_up_is_polled_and_the_socket_lives_on(server):
    with server.open() as socket:
        assert socket.watch("broken") == {"topic": notes.topic("broken"), "kind": "poll"}
        assert socket.watch("all")["kind"] == "open"


def test_an_old_frame_said_back_is_garbage(server):
    with server.open() as socket:
        socket.watch()
        server.act("say", "something")
        socket.say(socket.hear())
        assert socket.closing() == 4400


def test_a_huge_frame_is_not_even_read(server):
    with server.open(compression=None) as socket, contextlib.suppress(ConnectionClosed):
        socket.say("x" * 1_000_000)
        assert socket.closing() == 1009


@pytest.mark.django_db(transaction=True)
def test_one_member_has_only_so_many_sockets_and_others_have_theirs(start_server, as_ben, as_chen):
    server = start_server(LIVE_SOCKETS_PER_MEMBER="2")
    with server.open(as_ben), server.open(as_ben), server.open(as_chen), server.open():
        with pytest.raises(InvalidStatus) as refused:
            server.open(as_ben)
        assert refused.value.response.status_code == 429
