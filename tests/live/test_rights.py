"""What a change of rights does to a socket that is open: the topic is lost at once, before anything more is heard."""

import pytest
from django.test import Client

from accounts import joining
from accounts.models import Penalty, Tier
from community.forum import discussing, moderating
from community.forum.models import Board
from community.forum.order import penalising
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(ada):
    board = Board.objects.create(slug="live", name="現場")
    return discussing.start(board=board, author=ada, title="現場有幾個人在聽呢", body="第一則，之後慢慢聊。")


def watch(socket, thread):
    socket.say({"watch": thread.topic, "since": 0})
    return socket.hear()


def test_a_board_that_shuts_its_door_is_lost_by_who_may_no_longer_enter(server, thread, ben, as_ben, as_ada):
    with server.open(as_ben) as out, server.open() as unknown, server.open(as_ada) as friend:
        for each in (out, unknown, friend):
            assert watch(each, thread)["kind"] == "since"
        board = thread.board
        board.tier_to_see = Tier.objects.get(rank=3)
        board.save()
        assert out.hear() == unknown.hear() == {"topic": thread.topic, "kind": "closed"}
        post = discussing.reply(thread=thread, author=cast.member("dora", rank=3), body="只有老友聽得到的話")
        while (told := friend.hear())["kind"] == "behind":  # asked again at the very moment it was said
            pass
        assert told["id"] == f"post-{post.pk}"
        assert out.hears_nothing()
        assert unknown.hears_nothing()
        # Asking again, with an old number or a new one, opens nothing.
        assert watch(out, thread)["kind"] == "closed"


def test_a_thread_that_is_taken_away_is_lost_by_everyone_who_reads_it(server, thread, as_ben, mod):
    with server.open(as_ben) as reader, server.open() as unknown:
        watch(reader, thread)
        watch(unknown, thread)
        moderating.remove_thread(thread=thread, by=mod, reason="離題")
        assert reader.hear() == unknown.hear() == {"topic": thread.topic, "kind": "closed"}


def test_a_silenced_member_goes_on_reading_and_is_not_seen_writing(server, thread, ben, as_ben, as_ada, mod):
    with server.open(as_ben) as writer, server.open(as_ada) as reader:
        watch(writer, thread)
        watch(reader, thread)
        writer.say({"typing": thread.topic})
        assert reader.hear_typing(1)["people"] == [{"id": ben.pk, "name": "Ben"}]
        writer.say({"typing": thread.topic, "over": True})
        assert reader.hear_typing(0)
        penalising.impose(member=ben, kind=Penalty.Kind.SILENCE, reason="先冷靜一下", by=mod, hours=24)
        assert writer.hear() == {"topic": thread.topic, "kind": "dock"}, "the page asks anew where they may answer"
        writer.say({"typing": thread.topic})
        post = discussing.reply(thread=thread, author=mod, body="我們先停一下好嗎")
        assert writer.hear()["id"] == reader.hear()["id"] == f"post-{post.pk}"
        with pytest.raises(TimeoutError):
            reader.hear_typing(1, timeout=2)


def test_in_a_thread_that_was_closed_nobody_is_seen_writing(server, thread, as_ben, as_ada, mod):
    with server.open(as_ben) as writer, server.open(as_ada) as reader:
        watch(writer, thread)
        watch(reader, thread)
        moderating.lock(thread=thread, by=mod, reason="結束了")
        assert reader.hear()["kind"] == "act"
        writer.say({"typing": thread.topic})
        with pytest.raises(TimeoutError):
            reader.hear_typing(1, timeout=2)


def test_a_ban_ends_every_socket_of_the_member_and_no_other(server, other_server, thread, ben, as_ben, as_ada, mod):
    with server.open(as_ben) as here, other_server.open(as_ben) as there, server.open(as_ada) as other:
        for each in (here, there, other):
            watch(each, thread)
        penalising.impose(member=ben, kind=Penalty.Kind.BAN, reason="賣假貨", by=mod)
        assert here.closing() == there.closing() == 4401
        post = discussing.reply(thread=thread, author=mod, body="處理好了，繼續聊")
        assert other.hear()["id"] == f"post-{post.pk}"


def test_who_does_not_want_to_be_seen_any_more_vanishes_at_once_and_still_counts(
    server, thread, ben, as_ben, ada, as_ada
):
    with server.open(as_ben) as hidden, server.open(as_ada) as reader:
        watch(hidden, thread)
        watch(reader, thread)
        assert {each["name"] for each in reader.hear_presence(2)["people"]} == {"Ada", "Ben"}
        joining.present(member=ben, name="Ben", is_seen=False)
        assert reader.hear_presence(2)["people"] == [{"id": ada.pk, "name": "Ada"}]


def test_signing_out_everywhere_ends_every_session_and_every_socket(server, other_server, thread, ben, as_ben, as_ada):
    phone = Client()
    phone.force_login(ben)
    with server.open(as_ben) as here, other_server.open(phone) as there, server.open(as_ada) as other:
        for each in (here, there, other):
            watch(each, thread)
        assert as_ben.post("/leave/", {"everywhere": "1"}).status_code == 302
        assert here.closing() == there.closing() == 4401
        assert "/join/" in phone.get("/me/")["Location"]
        assert as_ada.get("/me/").status_code == 200
        post = discussing.reply(thread=thread, author=ben, body="我還在，只是登出了")
        assert other.hear()["id"] == f"post-{post.pk}"
