"""Who is here and who writes: told to members by name, to strangers by number, and of nobody who does not want it."""

import socket
import time

import pytest
from django.conf import settings

from accounts import parting
from community.commons import valkey, visitors
from community.live import presence
from tests.live import notes

pytestmark = pytest.mark.django_db(transaction=True)


def face(member):
    return {"id": member.pk, "name": member.name}


def test_who_writes_is_heard_in_every_process_and_forgotten_when_they_say_no_more(
    server, other_server, ben, as_ben, as_chen
):
    with server.open(as_ben) as writer, other_server.open(as_chen) as reader, other_server.open() as unknown:
        for each in (writer, reader, unknown):
            each.watch()
        writer.say({"typing": notes.topic()})
        assert reader.hear_typing(1)["people"] == [face(ben)]
        assert unknown.hear_typing(1) == {"topic": notes.topic(), "kind": "typing", "count": 1}
        with other_server.open(as_chen) as late:
            late.watch()
            assert late.hear_typing(1)["people"] == [face(ben)]
        assert reader.hear_typing(0, timeout=9)["people"] == []
        time.sleep(1)
        writer.say({"typing": notes.topic()})
        assert reader.hear_typing(1)
        writer.say({"typing": notes.topic(), "over": True})
        assert reader.hear_typing(0, timeout=3)


def test_whoever_may_not_speak_is_not_known_or_wants_not_to_be_seen_writes_unheard(server, ben, as_ben, as_chen, chen):
    ben.is_seen = False
    ben.save()
    with server.open(as_ben) as hidden, server.open() as unknown, server.open(as_chen) as reader:
        for each in (hidden, unknown, reader):
            each.watch()
        # Counted all the same, without a name.
        assert reader.hear_presence(3)["people"] == [face(chen)]
        assert "people" not in unknown.hear_presence(3)
        for each in (hidden, unknown, reader):
            each.say({"typing": notes.topic()})
            each.say({"typing": "note.elsewhere"})
        assert reader.hear_typing(1)["people"] == [face(chen)]
        ben.is_seen = True
        ben.save()
        assert {each["id"] for each in reader.hear_presence(3)["people"]} == {ben.pk, chen.pk}
        for each in (hidden, reader):
            each.say({"typing": notes.topic()})
        assert reader.hear_typing(2)


def test_a_hasty_writer_is_relayed_once_a_second(server, as_ben):
    ear = valkey.client().pubsub()
    with server.open(as_ben) as writer:
        writer.watch()
        ear.subscribe(f"{settings.VALKEY_PREFIX}live__group__{notes.topic()}")
        for _ in range(15):
            writer.say({"typing": notes.topic()})
        time.sleep(0.8)
        told = 0
        while message := ear.get_message(timeout=0.1):
            told += message["type"] == "message" and b"typing" in message["data"]
        assert told == 1
    ear.close()


def test_in_a_big_room_only_the_count_is_told(server, as_chen):
    with server.open(as_chen) as reader:
        reader.watch()
        assert reader.hear_presence(1)["people"]
        crowd = [server.open(cookies=f"visitor={visitors.issue()[1]}") for _ in range(presence.SMALL)]
        for each in crowd:
            each.watch()
        assert "people" not in reader.hear_presence(presence.SMALL + 1)
        for each in crowd[:2]:
            each.link.close()
        assert reader.hear_presence(presence.SMALL - 1)["people"]
        for each in crowd:
            each.link.close()


def test_names_reach_members_alone_over_http(server, ben, as_ben, as_chen, stranger):
    with server.open(as_ben) as here:
        here.watch()
        assert here.hear_presence(1)
        address = f"/live/{notes.topic()}/?since=0"
        assert as_chen.get(address).json()["people"] == [face(ben)]
        assert "people" not in stranger.get(address).json()


def test_nobody_hears_by_name_of_whom_they_blocked_or_who_blocked_them(
    server, other_server, ada, ben, chen, as_ada, as_ben, as_chen
):
    parting.keep_away(member=chen, other=ben, kind="block")
    with server.open(as_ada) as sees_all, server.open(as_ben) as blocked, other_server.open(as_chen) as blocker:
        doors = {sees_all: {ada, ben, chen}, blocked: {ada, ben}, blocker: {ada, chen}}
        for door in doors:
            door.watch()
        for door, seen in doors.items():
            assert {each["id"] for each in door.hear_presence(3)["people"]} == {each.pk for each in seen}
        for client, seen in ((as_ben, {ada, ben}), (as_chen, {ada, chen})):
            told = client.get(f"/live/{notes.topic()}/?since=0").json()
            assert (told["count"], {each["id"] for each in told["people"]}) == (3, {each.pk for each in seen})
        blocked.say({"typing": notes.topic()})
        assert sees_all.hear_typing(1)["people"] == [face(ben)]
        with pytest.raises(TimeoutError):
            blocker.hear_typing(0, timeout=1.5)
        sees_all.say({"typing": notes.topic()})
        assert blocker.hear_typing(1)["people"] == [face(ada)]
        assert len(blocked.hear_typing(2)["people"]) == 2
        # What stands between them is gone or comes while both have the page open.
        parting.let_near(member=chen, other=ben)
        assert len(blocker.hear_presence(3)["people"]) == 3
        parting.keep_away(member=ada, other=chen, kind="block")
        assert {each["id"] for each in blocker.hear_presence(3)["people"]} == {ben.pk, chen.pk}


def test_whoever_gives_no_sign_of_life_is_no_longer_here(start_server):
    server = start_server("--ws-ping-interval", "1", "--ws-ping-timeout", "1")
    with server.open() as here, socket.create_connection(("127.0.0.1", server.port)) as asleep:
        here.watch()
        # A page in a tunnel: its connection stands, and nobody answers.
        asleep.sendall(
            f"GET /live/ HTTP/1.1\r\nHost: {server.host}\r\nOrigin: http://{server.host}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        assert b"101" in asleep.recv(4096)
        words = f'{{"watch":"{notes.topic()}","since":0}}'.encode()
        asleep.sendall(bytes((0x81, 0x80 | len(words))) + b"\0\0\0\0" + words)
        assert here.hear_presence(2)
        assert here.hear_presence(1, timeout=15)
