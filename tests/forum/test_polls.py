"""Polls: choosing, changing, closing; who sees what when; exact sums however many vote at once."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils.timezone import now

from community.forum import access, holding, tasks
from community.forum.kinds import opening, polling
from community.forum.models import Held, Poll, Vote
from community.live import publishing
from community.notices.models import Ring
from tests import cast

TOLD = {"title": "下個月換哪一支豆？", "body": "三支都試過了，想聽大家的意見再決定。"}
WORDS = ["衣索比亞", "肯亞", "瓜地馬拉"]


def lay(board, author, **more):
    poll = {name: more.pop(name) for name in ("most", "is_open", "results") if name in more}
    # The same words so soon would be a second press of the button.
    told = {**TOLD, "body": f"{TOLD['body']}{poll}"}
    return opening.start(board=board, author=author, kind="poll", poll={"options": WORDS, **poll}, **told, **more)


@pytest.fixture
def poll(board, ada):
    return lay(board, ada)


def pks(thread):
    return list(thread.poll.options.in_order().values_list("pk", flat=True))


def votes(thread):
    return list(Poll.objects.of(thread).options.in_order().values_list("votes", flat=True))


def test_a_poll_is_made_in_one_form_and_voted_in_without_script(as_chen, chen, board):
    address = f"/forum/boards/{board.slug}/threads/"
    told = {**TOLD, "kind": "poll", "options": "衣索比亞\n肯亞\n\n肯亞\n瓜地馬拉", "most": "2", "ballot": "secret"}
    assert as_chen.post(address, {**told, "options": "只有一個"}).status_code == 422
    assert as_chen.post(address, {**told, "closes_at": "2020-01-01T00:00"}).status_code == 422
    assert as_chen.post(address, told).status_code == 302
    thread = board.threads.get()
    one, two, three = pks(thread)
    place = f"/forum/threads/{thread.pk}/poll/"
    assert as_chen.post(place, {"choice": [one, two]}).status_code == 302
    assert votes(thread) == [1, 1, 0]
    assert as_chen.post(place, {"choice": [three]}).status_code == 302
    assert votes(thread) == [0, 0, 1]
    assert as_chen.post(place, {"choice": [one, two, three]}).status_code == 422
    assert as_chen.post(place, {}).status_code == 422
    assert votes(thread) == [0, 0, 1]
    assert f'value="{three}" checked' in as_chen.get(thread.get_absolute_url()).content.decode()
    assert as_chen.post(place, {"undo": "1"}).status_code == 302
    assert votes(thread) == [0, 0, 0]
    assert Poll.objects.of(thread).voters == 0


@pytest.mark.parametrize("choice", ["0", "x", "99999999999999999999", "٣"])
def test_what_is_not_offered_cannot_be_chosen(choice, as_chen, stranger, poll):
    for client in (as_chen, stranger):
        assert client.post(f"/forum/threads/{poll.pk}/poll/", {"choice": [choice]}).status_code == 422
    assert not Vote.objects.exists()
    assert not Held.objects.exists()


def test_who_may_vote_and_who_knows_of_it(stranger, as_chen, as_ada, friends_board, ada, thread):
    secret = lay(friends_board, ada)
    choice = {"choice": pks(secret)[:1]}
    for client, status in ((stranger, 404), (as_chen, 404), (as_ada, 302)):
        assert client.post(f"/forum/threads/{secret.pk}/poll/", choice).status_code == status
        for place in ("poll/", "poll/voters/"):
            found = client.get(f"/forum/threads/{secret.pk}/{place}")
            assert found.status_code in ((200, 404) if client is as_ada else (404, 302))
            assert client is as_ada or "肯亞" not in found.content.decode()
    assert stranger.get(f"/live/{secret.topic}/?since=0").status_code == 404
    assert as_ada.post(f"/forum/threads/{thread.pk}/poll/", choice).status_code == 404
    assert votes(secret) == [1, 0, 0]


def test_results_are_told_when_the_author_said(board, ada, as_ada, as_chen, as_ben, stranger, ben):
    after_voting, after_closing = lay(board, ada, results="voted"), lay(board, ada, results="closed")
    for thread in (after_voting, after_closing):
        polling.vote(thread=thread, member=ben, options=pks(thread)[:1])
        for client in (stranger, as_chen, as_ada):
            assert "poll__result" not in client.get(thread.get_absolute_url()).content.decode()
            frames = client.get(f"/live/{thread.topic}/?since=0").json()["frames"]
            assert "data-option" not in "".join(frame.get("html", "") for frame in frames)
    assert "poll__result" in as_ben.get(after_voting.get_absolute_url()).content.decode()
    assert "poll__result" not in as_ben.get(after_closing.get_absolute_url()).content.decode()
    polling.close(thread=after_closing, by=ada)
    assert "poll__result" in stranger.get(after_closing.get_absolute_url()).content.decode()


def test_who_chose_what_is_seen_only_where_that_was_said(board, ada, chen, as_ada, as_chen, stranger):
    secret, told = lay(board, ada), lay(board, ada, is_open=True)
    for thread in (secret, told):
        polling.vote(thread=thread, member=chen, options=pks(thread)[:1])
    assert "An open vote" in as_ada.get(told.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert ">Chen</a>" in as_ada.get(f"/forum/threads/{told.pk}/poll/voters/").content.decode()
    assert as_ada.get(f"/forum/threads/{secret.pk}/poll/voters/").status_code == 404
    assert "/join/" in stranger.get(f"/forum/threads/{told.pk}/poll/voters/")["Location"]
    frames = as_ada.get(f"/live/{told.topic}/?since=0").json()["frames"]
    assert "Chen" not in "".join(frame["html"] for frame in frames)


@pytest.mark.parametrize(("who", "status"), [("stranger", 302), ("as_chen", 403), ("as_ada", 302), ("as_mod", 302)])
def test_who_closes_a_poll_early(who, status, request, poll, chen):
    client = request.getfixturevalue(who)
    assert client.post(f"/forum/threads/{poll.pk}/poll/closing/").status_code == status
    poll.refresh_from_db()
    assert poll.is_over == (who in ("as_ada", "as_mod"))
    if poll.is_over:
        with pytest.raises(access.PollClosed):
            polling.vote(thread=poll, member=chen, options=pks(poll)[:1])


def test_its_time_is_exact_without_anybody_noting_it_and_the_author_hears_once(board, ada, chen, as_chen):
    thread = lay(board, ada, ends_at=now() + timedelta(hours=1))
    polling.vote(thread=thread, member=chen, options=pks(thread)[:1])
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        told = as_chen.post(f"/forum/threads/{thread.pk}/poll/", {"choice": pks(thread)[1:2]})
        assert told.status_code == 409
        assert "disabled" in as_chen.get(f"/forum/threads/{thread.pk}/poll/").content.decode()
        assert votes(thread) == [1, 0, 0]
        for _ in range(2):
            tasks.keep_hours()
        [ring] = Ring.objects.filter(member=ada)
        assert (ring.kind, ring.params["voters"]) == ("poll_closed", 1)


def test_every_vote_is_one_numbered_frame_that_names_nobody(
    poll, ada, chen, client, django_capture_on_commit_callbacks
):
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        polling.vote(thread=poll, member=chen, options=pks(poll)[:1])
        polling.vote(thread=poll, member=chen, options=pks(poll)[:1])
    [frame] = [languages["en"] for topic, languages in frames if topic == poll.topic]
    assert (frame["kind"], frame["id"]) == ("votes", f"poll-{poll.pk}")
    assert "1 person voted" in frame["html"]
    assert "chen" not in str(frame).lower()
    again = client.get(f"/live/{poll.topic}/?since={frame['n'] - 1}").json()
    assert [each["n"] for each in again["frames"]] == [frame["n"]] == [again["n"]]


def test_a_stranger_votes_first_and_joins_after(stranger, chen, poll):
    one, two, _three = pks(poll)
    for choice in (one, two):
        told = stranger.post(f"/forum/threads/{poll.pk}/poll/", {"choice": [choice]})
        assert "/join/" in told["Location"]
    held = Held.objects.get()
    assert held.choices == [two]
    assert "肯亞" in stranger.get(held.get_absolute_url()).content.decode()
    assert votes(poll) == [0, 0, 0]
    for _ in range(2):
        holding.publish_held(member=chen, visitor=held.visitor)
    assert votes(poll) == [0, 1, 0]
    assert stranger.get(held.get_absolute_url())["Location"].endswith(f"#post-{poll.posts.get().pk}")


@pytest.mark.django_db(transaction=True)
def test_sums_are_exact_however_many_vote_at_once():
    from community.forum.models import Board

    people = [cast.member(f"voter{n}") for n in range(6)]
    thread = lay(Board.objects.create(slug="x", name="x"), people[0], most=2)
    options, wrong = pks(thread), []

    def vote(place):
        try:
            for turn in range(3):
                chosen = [options[(place + turn) % 3], options[(place + turn + 1) % 3]]
                polling.vote(thread=thread, member=people[place], options=chosen)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(place,)) for place in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not wrong
    rows = [Vote.objects.filter(option=pk).count() for pk in options]
    assert votes(thread) == rows == [4, 4, 4]
    assert Poll.objects.of(thread).voters == 6


def test_a_poll_asks_the_database_once_more(as_chen, chen, poll, cast_of_posts, django_assert_num_queries,
                                            django_assert_max_num_queries):  # fmt: skip
    polling.vote(thread=poll, member=chen, options=pks(poll)[:1])
    as_chen.get("/forum/")
    with django_assert_max_num_queries(20) as plain:
        as_chen.get(cast_of_posts.get_absolute_url() + "?after=0")
    with django_assert_num_queries(len(plain) + 1):
        as_chen.get(poll.get_absolute_url() + "?after=0")
