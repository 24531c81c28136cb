"""Gatherings and announcements: an hour, questions that are voted up, answers beside them, reminders, a recap."""

import re
from datetime import UTC, timedelta

import pytest
import time_machine
from django.utils.timezone import localtime, now

from community.forum import discussing, moderating, tasks
from community.forum.kinds import gathering, opening
from community.forum.models import Ask, Gathering, Reminder
from community.live import publishing
from community.notices.models import Ring

TOLD = {"title": "冰手沖; 一次問完, 線上聊", "body": "晚上九點開始，一個小時，問題先放上來。"}


def lay(board, author, *, within=timedelta(days=2), **more):
    begins_at = now().replace(microsecond=0) + within
    told = {**TOLD, "begins_at": begins_at, "ends_at": begins_at + timedelta(hours=1)}
    return opening.start(board=board, author=author, kind="gathering", hosts=[author], **told, **more)


@pytest.fixture
def evening(board, host):
    return lay(board, host)


@pytest.fixture
def asked(evening, ben):
    return gathering.ask(thread=evening, author=ben, body="冰塊要算進水量裡嗎？")


def test_hosts_and_editors_announce_and_gather_and_nobody_else(as_chen, as_edda, as_host, chen, host, board):
    address = f"/forum/boards/{board.slug}/threads/"
    told = {**TOLD, "kind": "gathering", "minutes": "60", "hosts": f"@{host.handle}"}
    begins = (localtime() + timedelta(days=3)).strftime("%Y-%m-%dT21:00")
    assert as_chen.post(address, {**told, "begins_at": begins}).status_code == 422
    assert as_edda.post(address, told).status_code == 422
    assert as_edda.post(address, {**told, "begins_at": begins, "hosts": "沒有這個人"}).status_code == 422
    assert as_edda.post(address, {**told, "begins_at": begins}).status_code == 302
    thread = board.threads.get()
    assert localtime(thread.begins_at).strftime("%Y-%m-%dT%H:%M") == begins
    assert list(thread.gathering.hosts.all()) == [host]
    notice = {"title": "下週出貨晚兩天喔", "body": "烘豆機要保養，這兩天不烘。"}
    assert as_host.post(address, {**notice, "kind": "announcement"}).status_code == 302
    strip = '<ul class="announced"'
    for place in ("/forum/", board.get_absolute_url()):
        assert strip in as_chen.get(place).content.decode()
    discussing.mark_read(member=chen, thread=board.threads.get(kind="announcement"), number=1)
    assert strip not in as_chen.get("/forum/").content.decode()
    with time_machine.travel(now() + timedelta(days=20)):
        assert strip not in as_edda.get("/forum/").content.decode()


def test_an_announcement_of_a_closed_board_is_not_announced_to_others(as_chen, stranger, as_mod, friends_board, host):
    told = {"title": "老友的試喝會延一週", "body": "這則只說給老友聽，先不要外傳。"}
    opening.start(board=friends_board, author=host, kind="announcement", **told)
    lay(friends_board, host)
    for client in (as_chen, stranger):
        for address in ("/forum/", "/forum/kinds/announcement/", "/forum/kinds/gathering/"):
            page = client.get(address).content.decode()
            assert told["title"] not in page
            assert TOLD["title"] not in page
    assert told["title"] in as_mod.get("/forum/").content.decode()


def test_questions_are_put_and_voted_up_without_script(as_chen, as_ada, stranger, evening, asked):
    address = f"/forum/threads/{evening.pk}/asks/"
    assert "/join/" in stranger.post(address, {"body": "陌生人也想問一個問題"})["Location"]
    assert as_chen.post(address, {"body": "短"}).status_code == 422
    leads = as_chen.post(address, {"body": "為什麼冰的喝不到果香？"})["Location"]
    second = Ask.objects.get(post__body="為什麼冰的喝不到果香？")
    # Its words stand there in full, for its author alone, so that the field does not keep them.
    assert "data-words><p>為什麼冰的喝不到果香？</p>" in as_chen.get(leads).content.decode()
    assert "data-words>" not in as_ada.get(leads).content.decode()
    for client in (as_chen, as_ada, as_ada):
        assert client.post(f"/forum/posts/{second.pk}/wanting/").status_code == 302
    second.refresh_from_db()
    assert second.votes == 2
    page = stranger.get(address).content.decode()
    assert page.index(f'id="ask-{second.pk}"') < page.index(f'id="ask-{asked.pk}"')
    assert as_ada.post(f"/forum/posts/{second.pk}/wanting/", {"undo": "1"}).status_code == 302
    second.refresh_from_db()
    assert second.votes == 1
    assert as_ada.post(f"/forum/posts/{evening.posts.get(number=1).pk}/wanting/").status_code == 404


@pytest.mark.parametrize("place", ["asks/", "calendar.ics", "hour/", "recap/", "reminder/"])
def test_a_gathering_of_a_closed_board_is_nowhere(place, stranger, as_chen, friends_board, host, thread, as_root):
    secret = lay(friends_board, host)
    for client in (stranger, as_chen):
        for answer in (client.get, client.post):
            told = answer(f"/forum/threads/{secret.pk}/{place}")
            assert told.status_code in (404, 405) or "/join/" in told["Location"]
            assert "一次問完" not in told.content.decode()
    assert as_root.get(f"/forum/threads/{thread.pk}/{place}").status_code in (404, 405)


def test_what_hosts_do_others_may_not(as_chen, as_host, stranger, host, evening, asked):
    places = [f"/forum/posts/{asked.pk}/turn/", f"/forum/posts/{asked.pk}/answer/"]
    places += [f"/forum/threads/{evening.pk}/{part}/" for part in ("hour", "recap")]
    for place in places:
        assert as_chen.post(place, {"body": "我不是主持人喔"}).status_code == 403
        assert "/join/" in stranger.post(place, {"body": "我也不是"})["Location"]
    assert as_host.post(places[0]).status_code == 302
    assert Gathering.objects.get().current_id == asked.pk
    assert as_host.post(places[1], {"body": "要算，大冰塊抓八成就好。"}).status_code == 302
    asked.refresh_from_db()
    assert asked.answer.author == host
    assert Gathering.objects.get().current is None, "an answered question is not being answered any more"
    assert "要算，大冰塊" in stranger.get(f"/forum/threads/{evening.pk}/asks/").content.decode()


def test_a_hosts_plain_reply_to_a_question_answers_it_and_going_takes_that_back(
    as_host, ben, mod, evening, asked, host
):
    discussing.reply(thread=evening, author=ben, body="我自己先回一下", reply_to=asked.post)
    asked.refresh_from_db()
    assert asked.answer is None
    said = {"body": "要算，抓八成。", "reply_to": str(asked.pk)}
    as_host.post(f"/forum/threads/{evening.pk}/posts/", said)
    asked.refresh_from_db()
    assert asked.answer.body == said["body"]
    moderating.remove(post=asked.answer, by=mod)
    asked.refresh_from_db()
    assert asked.answer is None


def test_it_closes_itself_for_questions_and_is_summed_up(board, host, chen, as_chen, as_host, stranger, evening, asked):
    with time_machine.travel(evening.begins_at + timedelta(minutes=5), tick=False):
        assert (
            "It is on now"
            in stranger.get(evening.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
        )
        as_host.post(f"/forum/posts/{asked.pk}/answer/", {"body": "要算，大冰塊抓八成就好。"})
    with time_machine.travel(evening.ends_at, tick=False):
        assert as_chen.post(f"/forum/threads/{evening.pk}/asks/", {"body": "太晚了還能問嗎？"}).status_code == 409
        assert as_chen.post(f"/forum/posts/{asked.pk}/wanting/").status_code == 409
        assert as_chen.post(f"/forum/threads/{evening.pk}/posts/", {"body": "謝謝主持人"}).status_code == 302
        assert as_host.post(f"/forum/threads/{evening.pk}/recap/", {"body": "冰塊要算，抓八成。"}).status_code == 302
        page = stranger.get(evening.get_absolute_url()).content.decode()
        asked.refresh_from_db()
        box = page[page.index("gathering__recap") :]
        assert "冰塊要算，抓八成。" in box
        assert f'<a href="{asked.answer.get_absolute_url()}">' in box


def test_a_recap_before_the_end_lists_what_was_answered_and_lets_people_go_on_asking(
    as_host, stranger, evening, asked, ben
):
    waiting = gathering.ask(thread=evening, author=ben, body="濾紙要先沖過嗎？")
    with time_machine.travel(evening.begins_at + timedelta(minutes=5), tick=False):
        as_host.post(f"/forum/posts/{asked.pk}/answer/", {"body": "要算，大冰塊抓八成就好。"})
        as_host.post(f"/forum/threads/{evening.pk}/recap/", {"body": "先整理到這裡，還有半小時。"})
        page = stranger.get(evening.get_absolute_url()).content.decode()
        box = page[page.index("gathering__recap") :]
        recap, wanted = box[: box.index("</section>")], box[box.index("</section>") :]
        assert "冰塊要算進水量裡嗎" in recap
        assert "濾紙" not in recap
        assert f'id="ask-{waiting.pk}"' in wanted
        as_host.post(f"/forum/posts/{waiting.pk}/answer/", {"body": "要，順便暖壺。"})
        page = stranger.get(evening.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
        assert "Everything asked so far has its answer." in page


def test_reminders_ring_and_write_once_and_only_to_those_who_may_come(
    board, host, ada, chen, as_chen, evening, mailoutbox
):
    for _ in range(2):
        assert as_chen.post(f"/forum/threads/{evening.pk}/reminder/").status_code == 302
    gathering.remind(thread=evening, member=ada, wants=True)
    tasks.keep_hours()
    assert not Ring.objects.exists()
    board.tier_to_see = ada.tier
    board.save()
    with time_machine.travel(evening.begins_at - timedelta(minutes=10)):
        for _ in range(2):
            tasks.keep_hours()
        [ring] = Ring.objects.all()
        assert (ring.member, ring.kind) == (ada, "gathering_begins")
        assert [letter.to for letter in mailoutbox] == [[ada.email]]
    gathering.move(thread=evening, by=host, begins_at=evening.begins_at + timedelta(days=1),
                   ends_at=evening.ends_at + timedelta(days=1))  # fmt: skip
    assert Reminder.objects.filter(told_at=None).count() == 2


def test_pages_hear_when_it_begins_and_when_it_ends_once_each(evening, client, django_capture_on_commit_callbacks):
    def heard(moment):
        with time_machine.travel(moment), publishing.captured() as frames:
            with django_capture_on_commit_callbacks(execute=True):
                tasks.keep_hours()
                tasks.keep_hours()
            return [languages["en"] for topic, languages in frames if topic == evening.topic]

    assert heard(now()) == []
    [begun] = heard(evening.begins_at + timedelta(seconds=1))
    assert 'data-state="now"' in begun["html"]
    [over] = heard(evening.ends_at + timedelta(seconds=1))
    assert 'data-state="over"' in over["html"]
    again = client.get(f"/live/{evening.topic}/?since={over['n'] - 1}").json()["frames"]
    assert [(frame["n"], frame["kind"]) for frame in again] == [(over["n"], "gathering")]


def test_votes_are_frames_that_name_nobody_and_can_be_asked_for_again(evening, asked, ada, client,
                                                                      django_capture_on_commit_callbacks):  # fmt: skip
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        gathering.want(post=asked.post, member=ada, wants=True)
    [frame] = [languages["en"] for topic, languages in frames if topic == evening.topic]
    assert (frame["kind"], frame["id"]) == ("ask", f"ask-{asked.pk}")
    assert 'data-votes="1"' in frame["html"]
    assert 'aria-pressed="true"' not in frame["html"]
    again = client.get(f"/live/{evening.topic}/?since={frame['n'] - 1}").json()["frames"]
    assert [each["html"] for each in again] != []


def test_the_calendar_file_is_as_calendars_want_it(stranger, evening):
    answer = stranger.get(f"/forum/threads/{evening.pk}/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    raw = answer.content
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    whole = re.sub("\r\n ", "", raw.decode())
    assert "SUMMARY:冰手沖\\; 一次問完\\, 線上聊" in whole
    assert f"DTSTART:{evening.begins_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in whole
    assert whole.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0")
    assert whole.endswith("END:VCALENDAR\r\n")
    assert '"@type": "Event"' in stranger.get(evening.get_absolute_url()).content.decode()


def test_a_gathering_asks_the_database_three_times_more_at_most(
    as_chen, evening, asked, cast_of_posts, django_assert_max_num_queries
):
    as_chen.get("/forum/")
    with django_assert_max_num_queries(20) as plain:
        as_chen.get(cast_of_posts.get_absolute_url() + "?after=0")
    with django_assert_max_num_queries(len(plain) + 3):
        as_chen.get(evening.get_absolute_url() + "?after=0")
    assert '"@type": "Event"' not in as_chen.get(evening.get_absolute_url()).content.decode()
