"""The wire in a real browser: in order, once, and nothing missing, whatever happens to the socket."""

import json

import pytest
import redis
from django.conf import settings

from tests import databases, harness
from tests.live import notes
from tests.live.wire import Server, Valkey


@pytest.fixture(scope="module")
def server(django_db_setup):
    database = databases.copy(f"{harness.WORKER}_live")
    server = Server().start(database)
    yield server
    server.stop()
    databases.drop(database)


@pytest.fixture
def open_page(browser, server):
    """Opens a page that shows this test's topic; `before` may stand between it and the network."""
    notes.turn += 1000  # far from the turns of tests that share a server
    contexts = []

    def open_page(since=0, topic=None, before=lambda page: None, server=server):
        context = browser.new_context(locale="zh-TW")
        contexts.append(context)
        page = context.new_page()
        before(page)
        page.goto(f"http://{server.host}/page/?topic={topic or notes.topic()}&since={since}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def heard(page):
    return page.evaluate("frames_heard.filter(frame => frame.n).map(frame => frame.n)")


def until(page, condition, seconds=15):
    """Playwright's own waiting evaluates text, which our policy forbids."""
    for _ in range(seconds * 20):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {condition}, but {page.evaluate('JSON.stringify(frames_heard)')}")


def hears(page, *numbers, seconds=15):
    """Waits until exactly these came, in this order."""
    wanted = ",".join(map(str, numbers))
    until(page, f"`${{frames_heard.filter(frame => frame.n).map(frame => frame.n)}}` === '{wanted}'", seconds)


def count_requests(page, words):
    found = []
    page.on("request", lambda request: found.append(request.url) if words in request.url else None)
    return found


def listening(page):
    """The socket is open and the topic answers on it."""
    until(page, "frames_heard.some(frame => frame.count > 0)")
    return page


def test_what_is_said_arrives_in_order_and_in_the_readers_language(server, open_page):
    page = listening(open_page())
    server.act("say", "one")
    server.act("say", "two")
    hears(page, 1, 2)
    assert page.evaluate("frames_heard.find(frame => frame.n === 1).html") == '<p lang="zh-hant">one</p>'
    assert page.get_attribute("live-topic", "since") == "2"


def test_what_happened_while_the_page_was_on_its_way_is_fetched(server, open_page):
    server.act("say", "rendered with the page")
    server.act("say", "missed")
    hears(open_page(since=1), 2)


def test_frames_out_of_order_twice_or_old_are_put_right(server, open_page):
    page = listening(open_page())
    for text in ("one", "two", "three"):
        server.act("keep", text)
    for number in (2, 1, 1, 2, 3, 1):
        server.act("tell", "replayed", number=number)
    hears(page, 1, 2, 3)


def test_a_lost_frame_is_asked_for_by_number(server, open_page):
    page = listening(open_page())
    asked = count_requests(page, "?since=")
    server.act("keep", "lost on the way")
    server.act("say", "arrived")
    hears(page, 1, 2)
    assert len(asked) == 1


def test_a_deploy_loses_nothing(server, open_page):
    page = listening(open_page())
    server.act("say", "before")
    hears(page, 1)
    server.stop()
    notes.keep("said to another process meanwhile")
    server.start(server.database)
    hears(page, 1, 2)
    server.act("say", "after")
    hears(page, 1, 2, 3)


def test_a_killed_process_and_a_valkey_that_was_away_lose_nothing_and_double_nothing(server, open_page, tmp_path):
    with Valkey(tmp_path) as own:
        site = Server(VALKEY_URL=own.url).start(server.database)
        try:
            page = listening(open_page(server=site))
            site.act("say", "one")
            hears(page, 1)
            own.kill()
            page.wait_for_timeout(1_000)
            own.start()
            until(page, f"fetch('/live/{notes.topic()}/?since=1').then(answer => answer.ok)", 20)
            site.act("keep", "written while nothing could be told")
            site.act("say", "three")
            hears(page, 1, 2, 3, seconds=40)
            site.kill()
            shelf = f"{settings.VALKEY_PREFIX}notes:{notes.topic().partition('.')[2]}"
            redis.Redis.from_url(own.url).rpush(shelf, json.dumps("written while the process was dead"))
            site.start(server.database)
            site.act("say", "five")
            hears(page, 1, 2, 3, 4, 5, seconds=40)
            assert page.get_attribute("live-topic", "since") == "5"
        finally:
            site.stop()


def test_without_sockets_the_page_asks_again_and_again(server, open_page):
    page = open_page(before=lambda page: page.route_web_socket("**/live/", lambda socket: socket.close(code=1006)))
    server.act("say", "one")
    hears(page, 1)
    server.act("say", "two")
    hears(page, 1, 2)


def test_a_socket_that_is_ended_at_once_is_asked_for_less_and_less_often(server, open_page):
    opened = []

    def refuse(socket):
        opened.append(socket)
        socket.close(code=4429)

    page = open_page(before=lambda page: (page.clock.install(), page.route_web_socket("**/live/", refuse)))
    for _second in range(60):
        page.clock.run_for(1_000)
    assert 2 <= len(opened) <= 20, "in a minute; at full speed it would be about eighty"
    server.act("say", "heard all the same")
    page.clock.run_for(20_000)
    hears(page, 1)


def test_a_reader_is_told_when_nothing_can_come_and_when_it_can_again(server, open_page):
    page = open_page(before=lambda page: page.clock.install())
    until(page, "document.documentElement.dataset.line === 'back'")
    page.context.set_offline(True)
    page.clock.fast_forward(6_000)
    until(page, "document.documentElement.dataset.line === 'lost'")
    page.context.set_offline(False)
    page.clock.run_for(2_000)
    until(page, "document.documentElement.dataset.line === 'back'")


def test_a_socket_that_died_in_its_sleep_is_noticed_on_waking(server, open_page):
    deaf = []

    def tunnel(socket):
        behind = socket.connect_to_server()
        mine = len(deaf)
        deaf.append(False)
        socket.on_message(lambda message: None if deaf[mine] else behind.send(message))
        behind.on_message(lambda message: None if deaf[mine] else socket.send(message))

    page = listening(open_page(before=lambda page: page.route_web_socket("**/live/", tunnel)))
    deaf[0] = True
    server.act("say", "unheard")
    page.wait_for_timeout(500)
    assert heard(page) == []
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    hears(page, 1)
    assert len(deaf) > 1


def test_a_page_too_far_behind_is_told_to_start_anew(server, open_page):
    for number in range(201):
        notes.keep(str(number))
    page = open_page()
    until(page, "frames_heard.some(frame => frame.kind === 'reset' && frame.n === 201)")
    server.act("say", "after")
    hears(page, 201, 202)


def test_those_who_look_see_how_many_they_are(open_page):
    page = listening(open_page())
    assert page.is_hidden("live-presence")
    other = open_page()
    page.wait_for_selector("live-presence:has-text('2 人在看')")
    other.close()
    page.wait_for_selector("live-presence", state="hidden")


def test_a_closed_door_is_said_once_and_asked_no_more(server, open_page):
    page = open_page(topic="note.gone")
    until(page, "frames_heard.some(frame => frame.kind === 'closed')")
    asked = count_requests(page, "/live/")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(1_000)
    assert asked == []
