"""Start, end, limit, pause, rules and splits, as they are met at the door and by Django's twin of it."""

import asyncio
from collections import Counter
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections
from django.test import Client
from django.utils.timezone import now

from community.campaigns import choosing, counting, linking, networks, replaying, routes, rules
from community.campaigns.choosing import Arm, Choice
from community.campaigns.destinations import Way
from community.campaigns.models import Click, News, Rule, Split, TrackedLink, Visits
from community.commons import visitors
from tests.campaigns import agents
from tests.campaigns.knocking import at_the_door, campaign, knock

pytestmark = pytest.mark.usefixtures("street")
HOUR = timedelta(hours=1)


@pytest.fixture
def link(street):
    return linking.make_link(
        campaign=campaign(), channel="facebook_page", label="直播預告", destination="/forum/", code="spring"
    )


def say(link, **fields):
    TrackedLink.objects.filter(pk=link.pk).update(**fields)


def both(path="/go/spring", query="", agent=agents.FACEBOOK, **headers):
    """(status, Location) at the door, and the same from Django: they must never differ."""
    told = {"user-agent": agent, **{name.replace("_", "-"): value for name, value in headers.items()}}
    here = at_the_door(lambda door: knock(door, path, query.encode(), agent=agent, **headers))
    there = Client(headers=told).get(f"{path}?{query}" if query else path)
    assert here.status == there.status_code
    assert here.headers.get(b"location", b"").decode() == there.headers.get("Location", "")
    return here.status, here.headers.get(b"location", b"").decode().partition("?")[0]


@pytest.mark.parametrize(
    ("fields", "outcome", "status"),
    [
        ({"starts_at": now() + HOUR}, "early", 404),
        ({"ends_at": now() - HOUR}, "ended", 410),
        ({"most_visits": 0}, "full", 410),
        ({"paused_at": now()}, "paused", 503),
    ],
)
def test_a_link_out_of_its_time_says_so_and_the_click_is_kept(link, fields, outcome, status):
    say(link, **fields)
    assert both() == (status, "")
    assert set(Click.objects.values_list("outcome", flat=True)) == {outcome}
    assert Click.objects.let_in().count() == 0


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"starts_at": now() + HOUR, "before_address": "/soon/"}, "/soon/"),
        ({"ends_at": now() - HOUR, "after_address": "/past/"}, "/past/"),
        ({"most_visits": 0, "full_address": "/full/", "after_address": "/past/"}, "/full/"),
        ({"most_visits": 0, "after_address": "/past/"}, "/past/"),
        ({"starts_at": now() - HOUR, "ends_at": now() + HOUR, "most_visits": 9}, "/forum/"),
        ({"paused_at": now(), "after_address": "/past/"}, ""),
    ],
)
def test_each_way_of_being_closed_has_its_own_destination(link, fields, place):
    say(link, **fields)
    assert both()[1] == place


def test_the_page_of_a_closed_link_speaks_the_readers_language(link):
    say(link, paused_at=now())
    chinese = at_the_door(lambda door: knock(door, accept_language="zh-TW,zh;q=0.9"))
    english = at_the_door(lambda door: knock(door, accept_language="en-GB"))
    assert "先休息一下" in chinese.body.decode()
    assert "taking a break" in english.body.decode()
    assert b"set-cookie" in chinese.headers


def test_a_paused_campaign_closes_all_its_links_and_opens_them_again(link):
    async def work(door):
        first = await knock(door)
        await asyncio.to_thread(switch, linking.pause)
        paused = await changed(door, first.status)
        await asyncio.to_thread(switch, linking.resume)
        return first.status, paused, await changed(door, paused)

    def switch(verb):
        verb(link.campaign)
        connections.close_all()

    assert at_the_door(work) == (302, 503, 302)


async def changed(door, status):
    for _ in range(100):
        if (answer := await knock(door)).status != status:
            return answer.status
        await asyncio.sleep(0.02)
    raise AssertionError("the door still believes what was")


def test_exactly_as_many_are_let_in_as_there_is_room_for_whoever_comes_at_once(link):
    """Two doors stand for two processes: they know nothing of one another but the database."""
    say(link, most_visits=25, full_address="/full/")

    async def work(door):
        async def other_side():
            from community.campaigns.edge import Door
            from tests.campaigns.knocking import beyond

            other = Door(beyond)
            async with other.running():
                return await asyncio.gather(*(knock(other) for _ in range(40)))

        mine, theirs = await asyncio.gather(asyncio.gather(*(knock(door) for _ in range(40))), other_side())
        return [answer.location.partition(b"?")[0] for answer in [*mine, *theirs]]

    assert Counter(at_the_door(work)) == {b"/forum/": 25, b"/full/": 55}
    assert Click.objects.let_in().human().count() == 25 == Visits.objects.get().taken
    assert both() == (302, "/full/")


def test_visits_before_the_limit_was_set_count_and_those_of_machines_do_not(link):
    at_the_door(lambda door: asyncio.gather(*(knock(door) for _ in range(3))))
    at_the_door(lambda door: knock(door, agent=agents.SCANNERS[0]))
    say(link, most_visits=4)

    async def three(door):
        return [(await knock(door)).status for _ in range(3)]

    assert at_the_door(three) == [302, 410, 410]
    assert at_the_door(lambda door: knock(door, agent=agents.FACEBOOK_PREVIEW)).status == 200


def test_a_raised_limit_lets_more_in(link):
    say(link, most_visits=1)
    assert [at_the_door(knock).status for _ in range(2)] == [302, 410]
    linking.change_link(link=TrackedLink.objects.get(), destination="/forum/", most_visits=2)
    assert [at_the_door(knock).status for _ in range(2)] == [302, 410]


def test_while_the_database_is_away_everybody_is_let_in_and_counted_afterwards(link, spooled):
    say(link, most_visits=2)

    async def work(door):
        await knock(door)
        with psycopg.connect(**operator(), autocommit=True) as keeper, keeper.transaction():
            keeper.execute("LOCK TABLE campaigns_visits IN ACCESS EXCLUSIVE MODE")
            return [(await knock(door)).status for _ in range(4)]

    assert at_the_door(work) == [302] * 4
    assert replaying.replay() == 4
    assert both()[0] == 410
    assert Visits.objects.get().taken == 5


def operator():
    wanted = {"dbname", "host", "port", "user", "password"}
    return {name: value for name, value in connection.get_connection_params().items() if name in wanted}


def rule(link, kind, value, address, position=0):
    return Rule.objects.create(link=link, kind=kind, value=rules.check(kind, value), address=address, position=position)


def test_the_first_rule_that_fits_decides(link):
    rule(link, "app", "line", "/line/", 2)
    rule(link, "device", "ios", "/apple/", 1)
    rule(link, "language", "en, ja", "/world/", 3)
    assert both(agent=agents.LINE) == (302, "/apple/")
    assert both(agent=agents.LINE_ANDROID) == (302, "/line/")
    assert both(agent=agents.CHROME, accept_language="ja-JP,en;q=0.5") == (302, "/world/")
    assert both(agent=agents.CHROME, accept_language="zh-TW") == (302, "/forum/")


@pytest.mark.parametrize(
    ("kind", "value", "agent", "language", "query", "fits"),
    [
        ("device", "phone", agents.SAFARI, "", "", True),
        ("device", "tablet, desktop", agents.SAFARI, "", "", False),
        ("device", "android", agents.CUBOT, "", "", True),
        ("app", "any", agents.INSTAGRAM, "", "", True),
        ("app", "any", agents.SAFARI, "", "", False),
        ("app", "none", agents.SAFARI, "", "", True),
        ("app", "none, line", agents.FACEBOOK, "", "", False),
        ("language", "zh-Hant", agents.SAFARI, "zh-TW", "", True),
        ("language", "zh-TW", agents.SAFARI, "zh-Hant-TW", "", True),
        ("language", "zh-hant", agents.SAFARI, "zh-CN", "", False),
        ("language", "zh", agents.SAFARI, "zh-CN", "", True),
        ("language", "en", agents.SAFARI, "", "", False),
        ("query", "ref=阿美", agents.SAFARI, "", "ref=%E9%98%BF%E7%BE%8E", True),
        ("query", "ref=amy", agents.SAFARI, "", "x=1&REF=amy", True),
        ("query", "ref=amy", agents.SAFARI, "", "ref=Amy", False),
        ("query", "ref", agents.SAFARI, "", "ref", True),
        ("query", "ref", agents.SAFARI, "", "href=1", False),
        ("dates", "2020-01-01T00:00/", agents.SAFARI, "", "", True),
        ("dates", "/2020-01-01T00:00", agents.SAFARI, "", "", False),
    ],
)
def test_what_fits_a_rule(link, kind, value, agent, language, query, fits):
    rule(link, kind, value, "/other/")
    place = both(agent=agent, query=query, **({"accept_language": language} if language else {}))[1]
    assert place == ("/other/" if fits else "/forum/")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("device", ""),
        ("device", "toaster"),
        ("app", "line, fax"),
        ("language", "中文"),
        ("language", ""),
        ("dates", "/"),
        ("dates", "2026-01-02T00:00/2026-01-01T00:00"),
        ("dates", "tomorrow/"),
        ("dates", ""),
        ("query", ""),
        ("query", "=x"),
        ("query", "a b=c"),
        ("query", "a=b&c=d"),
        ("weather", "rain"),
    ],
)
def test_a_rule_that_asks_nothing_is_refused(kind, value):
    with pytest.raises(rules.ValidationError):
        rules.check(kind, value)


def test_a_kept_value_that_no_longer_reads_fits_nobody(link):
    for kind in Rule.Kind.values:
        Rule.objects.create(link=link, kind=kind, value="\u2603", address="/other/")
    assert both() == (302, "/forum/")


def test_a_split_keeps_each_visitor_on_their_arm(link):
    Split.objects.create(link=link, arm=0, weight=50)
    Split.objects.create(link=link, arm=1, weight=50, address="/b/")

    async def work(door):
        seen = {}
        for _ in range(60):
            first = await knock(door)
            cookie = first.headers[b"set-cookie"].decode().partition(";")[0]
            seen[cookie] = (first.location, (await knock(door, cookie=cookie)).location)
        return seen

    seen = at_the_door(work)
    assert all(first == again for first, again in seen.values())
    places = Counter(first.partition(b"?")[0] for first, _again in seen.values())
    assert set(places) == {b"/forum/", b"/b/"}
    arms = dict(Click.objects.values_list("visitor", "variant"))
    for cookie, (place, _again) in seen.items():
        visitor = visitors.read(cookie.partition("=")[2])
        assert arms[visitor] == (1 if place.startswith(b"/b/") else 0)


def test_machines_go_the_links_own_way_and_take_no_arm(link):
    Split.objects.create(link=link, arm=0, weight=50, address="/a/")
    Split.objects.create(link=link, arm=1, weight=50, address="/b/")
    assert both(agent=agents.SCANNERS[0]) == (302, "/forum/")
    assert set(Click.objects.values_list("variant", flat=True)) == {None}


def test_an_arm_that_ended_takes_nobody_any_more(link):
    Split.objects.create(link=link, arm=0, weight=1)
    Split.objects.create(link=link, arm=1, weight=100, address="/b/", ended_at=now())
    assert both() == (302, "/forum/")


def arms(*weights):
    return [Arm(number, weight, Choice(Way.to("/", {}), number)) for number, weight in enumerate(weights)]


def test_shares_are_kept_and_moving_a_share_moves_as_few_as_can_be():
    people = [visitors.mint() for _ in range(4000)]
    before = [choosing.arm_of(arms(50, 50), link=7, visitor=who).number for who in people]
    after = [choosing.arm_of(arms(50, 25), link=7, visitor=who).number for who in people]
    assert 1800 < sum(before) < 2200
    assert 1200 < sum(after) < 1470
    assert not [1 for old, new in zip(before, after, strict=True) if (old, new) == (0, 1)]
    other = [choosing.arm_of(arms(50, 50), link=8, visitor=who).number for who in people]
    assert 1800 < sum(old == new for old, new in zip(before, other, strict=True)) < 2200


def test_a_change_is_heard_without_valkey(link, monkeypatch):
    monkeypatch.setattr(routes, "_tell", lambda word: None)
    monkeypatch.setattr("community.campaigns.knowing.NEWS_EVERY", 0.05)

    async def work(door):
        await knock(door)
        await asyncio.to_thread(switch)
        return await changed(door, 302)

    def switch():
        linking.pause(link)
        connections.close_all()

    assert at_the_door(work) == 503
    assert News.objects.exists()


def test_news_is_thrown_away_when_every_door_has_read_it(link):
    from community.campaigns import tasks

    News.objects.update(at=now() - timedelta(days=3))
    linking.pause(link)
    tasks.forget_news()
    assert News.objects.count() == 1


def test_before_its_start_a_card_says_nothing_of_the_page(link):
    say(link, starts_at=now() + HOUR, card_text="週五見")
    card = at_the_door(lambda door: knock(door, agent=agents.FACEBOOK_PREVIEW)).body.decode()
    assert "週五見" in card
    assert "直播預告" not in card


def test_every_kind_of_agent_that_is_a_person_is_sent_on_and_never_shown_the_card(link):
    async def work(door):
        return {agent: (await knock(door, agent=agent)).status for agent in agents.PEOPLE}

    assert set(at_the_door(work).values()) == {302}


def test_an_address_becomes_a_kind_of_network_and_is_not_kept(link):
    at_the_door(knock)
    click = Click.objects.get()
    assert click.network == networks.kind_of("203.0.113.9") == "unknown"


def test_the_counter_is_what_the_clicks_say_whoever_forgot_it(link):
    say(link, most_visits=3)
    assert both()[0] == 302
    counting.forget([link.pk])
    assert [at_the_door(knock).status for _ in range(2)] == [302, 410]
    assert Visits.objects.get().taken == 3
