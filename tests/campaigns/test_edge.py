import asyncio
import threading
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections

from community.campaigns import linking, replaying, routes
from community.campaigns.agents import Kind
from community.campaigns.lane import DEADLINE
from community.campaigns.models import Click, Salt, TrackedLink
from community.commons import visitors
from tests.campaigns import agents
from tests.campaigns.knocking import at_the_door, campaign, knock

pytestmark = pytest.mark.usefixtures("street")


@pytest.fixture
def link(street):
    return linking.make_link(
        campaign=campaign(), channel="facebook_page", label="直播預告", destination="/forum/", code="spring"
    )


def test_a_person_is_sent_on_and_the_click_is_in_the_table(link):
    answer = at_the_door(lambda door: knock(door, accept_language="zh-TW,zh;q=0.9", referer="https://l.facebook.com/x"))
    assert answer.status == 302
    assert answer.location == b"/forum/?utm_source=facebook&utm_medium=social&utm_campaign=spring"
    assert answer.headers[b"cache-control"] == b"private, no-store"
    assert answer.headers[b"x-robots-tag"].startswith(b"noindex")
    assert answer.headers[b"referrer-policy"]
    click = Click.objects.get()
    assert (click.link, click.agent, click.app, click.os, click.device) == (
        link,
        Kind.HUMAN,
        "facebook",
        "ios",
        "phone",
    )
    assert (click.language, click.referrer, click.trigger) == ("zh-TW", "l.facebook.com", "link")
    assert click.agent_said == agents.FACEBOOK


def test_a_person_we_have_not_met_gets_a_name_from_the_server(link):
    answer = at_the_door(knock)
    cookie = answer.headers[b"set-cookie"].decode()
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie
    value = cookie.partition("=")[2].partition(";")[0]
    assert Click.objects.get().visitor == visitors.read(value)


def test_a_person_we_know_keeps_their_name(link):
    visitor, value = visitors.issue()
    answer = at_the_door(lambda door: knock(door, cookie=f"theme=dark; visitor={value}; x=y"))
    assert b"set-cookie" not in answer.headers
    assert Click.objects.get().visitor == visitor


@pytest.mark.parametrize(
    "forged", ["", "x", "a" * 45, f"{UUID(int=5)}", "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA", "\xff" * 45]
)
def test_a_forged_name_is_no_name(link, forged):
    answer = at_the_door(lambda door: knock(door, cookie=f"visitor={forged}"))
    assert answer.status == 302
    assert b"set-cookie" in answer.headers


@pytest.mark.parametrize("code", ["SPRING", "ｓｐｒｉｎｇ", "Spring/", " spring "])
def test_case_and_width_of_a_code_do_not_matter(link, code):
    assert at_the_door(lambda door: knock(door, f"/go/{code}")).status == 302


def test_the_query_goes_on_and_the_visitors_value_wins(link):
    query = b"fbclid=IwAR0%20x%2F&UTM_Source=mine&k=%E6%98%A5&raw=\xe6\x98\xa5"
    answer = at_the_door(lambda door: knock(door, query=query))
    assert answer.location == b"/forum/?utm_medium=social&utm_campaign=spring&" + query
    click = Click.objects.get()
    assert click.fbclid == "IwAR0%20x%2F"
    assert click.query == "fbclid=IwAR0%20x%2F&UTM_Source=mine&k=%E6%98%A5&raw=%E6%98%A5"


def test_click_identifiers_have_columns_and_the_rest_is_kept_too(link):
    query = b"FBCLID=a&gclid=b&ScCid=c&igsh=d&fbclid=second&gbraid="
    at_the_door(lambda door: knock(door, query=query))
    click = Click.objects.get()
    assert (click.fbclid, click.gclid, click.gbraid) == ("a", "b", None)
    assert click.other_ids == {"sccid": "c", "igsh": "d"}


def test_a_scanned_code_is_told_from_a_tapped_one(link):
    at_the_door(lambda door: knock(door, query=b"qr=1"))
    assert Click.objects.get().trigger == "qr"


@pytest.mark.parametrize("agent", [agents.FACEBOOK_PREVIEW, agents.LINE_PREVIEW, agents.IMESSAGE])
def test_a_link_preview_is_shown_the_card_and_not_sent_on(link, agent):
    TrackedLink.objects.update(card_title="手沖 <三> 個參數", card_text="一起找出來")
    answer = at_the_door(lambda door: knock(door, agent=agent))
    assert answer.status == 200
    page = answer.body.decode()
    assert 'property="og:title" content="手沖 &lt;三&gt; 個參數"' in page
    assert f'property="og:url" content="{link.url}"' in page
    assert b"set-cookie" not in answer.headers
    click = Click.objects.get()
    assert (click.agent, click.visitor) == (Kind.PREVIEW, None)


@pytest.mark.parametrize(
    ("method", "purpose", "kind"), [("HEAD", "", Kind.SCANNER), ("GET", "prefetch;prerender", Kind.PREFETCH)]
)
def test_a_head_or_a_look_ahead_is_answered_but_is_no_person(link, method, purpose, kind):
    answer = at_the_door(lambda door: knock(door, method=method, sec_purpose=purpose))
    assert answer.status == 302
    assert b"set-cookie" not in answer.headers
    assert Click.objects.get().agent == kind


@pytest.mark.parametrize(
    ("path", "query", "method"),
    [
        ("/go/nobody-made-this", b"", "GET"),
        ("/go/", b"", "GET"),
        ("/go/" + "x" * 4096, b"", "GET"),
        ("/go/a\x00b", b"", "GET"),
        ("/go/\ufffd\ufffd", b"", "GET"),
        ("/go/\u202espring", b"", "GET"),
        ("/go/spring", b"x" * 8193, "GET"),
        ("/go/spring", b"", "POST"),
    ],
)
def test_what_the_door_does_not_know_it_hands_on(link, path, query, method):
    answer = at_the_door(lambda door: knock(door, path, query, method=method))
    assert answer.headers == {b"x-beyond": b"1"}
    assert not Click.objects.exists()


def test_no_query_can_add_a_header(link):
    answer = at_the_door(lambda door: knock(door, query=b"a=b\r\nSet-Cookie: evil=1\r\n\r\n<script>\x00#x"))
    assert answer.location.endswith(b"a=b%0D%0ASet-Cookie:%20evil=1%0D%0A%0D%0A<script>%00%23x")
    assert b"set-cookie" not in answer.headers or b"evil" not in answer.headers[b"set-cookie"]


def test_addresses_are_kept_only_as_a_days_hash(link):
    at_the_door(knock)
    click = Click.objects.get()
    assert len(bytes(click.address)) == 16
    assert b"203.0.113.9" not in bytes(click.address)
    assert Salt.objects.count() == 1


def test_behind_our_own_proxy_the_last_address_counts_and_no_forged_one(link, settings):
    settings.TRUSTED_PROXIES = 1

    async def work(door):
        await knock(door, x_forwarded_for="6.6.6.6, 198.51.100.7")
        await knock(door, x_forwarded_for="7.7.7.7, 198.51.100.7")
        await knock(door, x_forwarded_for="6.6.6.6, 198.51.100.8")

    at_the_door(work)
    hashes = [bytes(click.address) for click in Click.objects.order_by("id")]
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_changed_link_is_followed_at_once(link):
    async def work(door):
        first = await knock(door)
        await asyncio.to_thread(change)
        for _ in range(100):
            if (second := await knock(door)).location != first.location:
                return second
            await asyncio.sleep(0.02)
        raise AssertionError("the door still believes the old destination")

    def change():
        linking.change_link(link=link, destination="/articles/")
        connections.close_all()

    assert at_the_door(work).location.startswith(b"/articles/?")


def test_a_new_link_is_known_though_it_was_just_missed(link):
    async def work(door):
        assert (await knock(door, "/go/fresh")).status == 404
        await asyncio.to_thread(make)
        for _ in range(100):
            if (answer := await knock(door, "/go/fresh")).status == 302:
                return answer
            await asyncio.sleep(0.02)
        raise AssertionError("the door still believes there is no such link")

    def make():
        linking.make_link(campaign=link.campaign, channel="x", label="x", destination="/", code="fresh")
        connections.close_all()

    at_the_door(work)


def test_many_at_once_all_find_their_click_in_the_table(link):
    async def work(door):
        return await asyncio.gather(*(knock(door) for _ in range(300)))

    answers = at_the_door(work)
    assert {answer.status for answer in answers} == {302}
    assert Click.objects.count() == 300
    assert Click.objects.values("visitor").distinct().count() == 300


def test_whoever_asks_for_a_link_while_others_are_looked_up_shares_the_next_question(link, monkeypatch):
    questions, begun, ready, find_all = [], threading.Event(), threading.Event(), routes.find_all

    def slow(codes):
        questions.append(list(codes))
        begun.set()
        ready.wait(5)
        return find_all(codes)

    async def work(door):
        knocks = [asyncio.create_task(knock(door, "/go/first"))]
        await asyncio.to_thread(begun.wait, 5)
        for code in ("second", "third", "fourth"):
            knocks.append(asyncio.create_task(knock(door, f"/go/{code}")))
            await asyncio.sleep(0)
        ready.set()
        return await asyncio.gather(*knocks)

    monkeypatch.setattr(routes, "find_all", slow)
    assert {answer.status for answer in at_the_door(work)} == {404}
    assert questions == [["first"], ["second", "third", "fourth"]]


def admin():
    """Another connection, as an operator has it."""
    return psycopg.connect(**{k: v for k, v in connection.get_connection_params().items() if k in DSN}, autocommit=True)


DSN = {"dbname", "host", "port", "user", "password"}


@pytest.mark.parametrize("is_cut", [False, True])
def test_what_was_begun_for_the_next_clicks_takes_them_or_is_begun_anew(link, spooled, is_cut):
    async def work(door):
        await knock(door)
        [*_, lane] = door.ledger.free
        lane.begin()
        lane.begin()
        with admin() as operator:
            if is_cut:
                operator.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%' AND datname = current_database()"
                )
            return await asyncio.gather(*(knock(door) for _ in range(20)))

    assert {answer.status for answer in at_the_door(work)} == {302}
    replaying.replay()
    assert Click.objects.count() == 21


def test_connections_cut_in_mid_batch_lose_nothing_and_count_nothing_twice(link, spooled):
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'homeground door'"

    async def work(door):
        await knock(door)
        knocks = []
        with admin() as operator:
            for number in range(400):
                knocks.append(asyncio.create_task(knock(door)))
                if number % 40 == 0:
                    operator.execute(cut)
                    await asyncio.sleep(0.005)
        return await asyncio.gather(*knocks)

    answers = at_the_door(work)
    assert {answer.status for answer in answers} == {302}
    assert list(spooled.iterdir())
    replaying.replay()
    assert Click.objects.count() == 401
    assert not list(spooled.iterdir())


def test_a_table_that_does_not_answer_keeps_nobody_waiting(link, spooled):
    async def work(door):
        await knock(door)
        with admin() as operator, operator.transaction():
            operator.execute("LOCK TABLE campaigns_click IN ACCESS EXCLUSIVE MODE")
            loop = asyncio.get_running_loop()
            started = loop.time()
            answers = await asyncio.gather(*(knock(door) for _ in range(50)))
            first = loop.time() - started
            answers += await asyncio.gather(*(knock(door) for _ in range(50)))
            return answers, first, loop.time() - started - first

    answers, first, then = at_the_door(work)
    assert {answer.status for answer in answers} == {302}
    assert first < 2
    assert then < DEADLINE  # nobody waits for it again
    replaying.replay()
    assert replaying.replay() == 0
    assert Click.objects.count() == 101


def test_without_disk_and_database_the_visitor_still_goes_on(link, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.VAR_DIR = blocked

    async def work(door):
        await knock(door)
        with admin() as operator, operator.transaction():
            operator.execute("LOCK TABLE campaigns_click IN ACCESS EXCLUSIVE MODE")
            return await knock(door)

    assert at_the_door(work).status == 302


def test_the_door_remembers_links_while_the_database_is_away(link, monkeypatch):
    from community.campaigns import routes

    async def work(door):
        await knock(door)
        monkeypatch.setattr(routes, "find_all", broken)
        door.memory.generation += 1
        return await knock(door), await knock(door, "/go/other")

    def broken(code):
        raise psycopg.OperationalError("gone")

    remembered, unknown = at_the_door(work)
    assert remembered.status == 302
    assert unknown.status == 503
    assert unknown.headers[b"retry-after"]


def test_closing_the_door_writes_down_what_still_waits(link):
    async def work(door):
        await knock(door)
        tasks = [asyncio.create_task(knock(door)) for _ in range(20)]
        await asyncio.sleep(0)
        return tasks

    async def live():
        from community.campaigns.edge import Door
        from tests.campaigns.knocking import beyond

        door = Door(beyond)
        await door.start()
        tasks = await work(door)
        await asyncio.sleep(0.001)
        await door.stop()
        await asyncio.gather(*tasks)

    asyncio.run(live())
    replaying.replay()
    assert Click.objects.count() == 21
