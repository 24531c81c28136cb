"""The same link asked twice, in the hall and the usual way: who answers must make no difference to anybody."""

import asyncio
import time
from types import SimpleNamespace

import pytest

from community.campaigns import knowing, linking, routes, steering
from community.campaigns.models import Campaign, Click, TrackedLink
from community.commons import visitors
from tests.campaigns import agents
from tests.campaigns.knocking import at_the_door, campaign, knock

pytestmark = pytest.mark.usefixtures("street")
SAME = [field.name for field in Click._meta.fields if field.name not in {"id", "at", "visitor"}]


class Asked:
    """What the hall hands to the door, and what the door answers with."""

    def __init__(self, url: bytes, door):
        self.url, self.http_client, self.http_scheme = url, ("203.0.113.9", 4711), "http"
        self.said = door.loop.create_future()

    def visit(self):
        return SimpleNamespace(answer=lambda status, lines: self.said.set_result((status, lines)))


async def in_the_hall(door, url: bytes, **headers):
    """(status, header lines) as they go out, or None when the door does not take it there."""
    told = {b"user-agent": agents.FACEBOOK.encode()}
    told |= {name.replace("_", "-").encode(): value.encode("latin-1") for name, value in headers.items()}
    asked = Asked(url, door)
    return await asked.said if door.at_once(asked, told) else None


@pytest.fixture
def link(street):
    return linking.make_link(
        campaign=campaign(), channel="facebook_page", label="直播預告", destination="/forum/", code="spring"
    )


def rules(link):
    steering.add_rule(link=link, kind="query", value="who=ada", destination="/ada/")
    steering.add_rule(link=link, kind="app", value="line", destination="/line/")


def split(link):
    steering.add_arm(link=link, weight=50, destination="/a/")
    steering.add_arm(link=link, weight=50, destination="/b/")


@pytest.mark.parametrize("ways", [None, rules, split])
@pytest.mark.parametrize(
    "query", [b"", b"fbclid=IwAR0&x=%2F", b"who=%61da&gclid=", b"Who=ada&igsh=1&qr=1", b"a+b&&=&who"]
)
def test_both_ways_answer_and_write_down_the_same(link, ways, query):
    if ways:
        ways(link)
    _visitor, value = visitors.issue()

    async def work(door):
        headers = {
            "accept_language": "zh-TW,zh;q=0.9",
            "referer": "https://l.facebook.com/",
            "cookie": f"visitor={value}",
        }
        usual = await knock(door, query=query, **headers)
        return usual, await in_the_hall(door, b"/go/spring" + (b"?" + query if query else b""), **headers)

    usual, (status, lines) = at_the_door(work)
    assert (usual.status, status) == (302, b"302 Found")
    assert lines.startswith(b"location: %b\r\n" % usual.location)
    told = {tuple(line.split(b": ", 1)) for line in lines.splitlines()}
    assert told == set(usual.headers.items())
    one, other = Click.objects.order_by("id").values(*SAME, "visitor")
    assert one == other


def test_a_newcomer_is_given_a_name_in_the_hall_too(link):
    async def work(door):
        await knock(door)
        return await in_the_hall(door, b"/go/spring")

    _status, lines = at_the_door(work)
    name = lines.partition(b"set-cookie: visitor=")[2].partition(b";")[0]
    click = Click.objects.order_by("id").last()
    assert click.visitor == visitors.read(name.decode())
    assert click.fresh


def test_what_is_not_known_by_heart_or_not_open_is_not_taken(link):
    paused = linking.make_link(
        campaign=Campaign.objects.get(), channel="x", label="停", destination="/forum/", code="paused"
    )
    linking.pause(paused)
    few = linking.make_link(campaign=Campaign.objects.get(), channel="x", label="少", destination="/forum/", code="few")
    TrackedLink.objects.filter(pk=few.pk).update(most_visits=3)

    async def work(door):
        for code in ("spring", "paused", "few"):
            await knock(door, f"/go/{code}")
        assert await in_the_hall(door, b"/go/spring", user_agent=agents.FACEBOOK_PREVIEW) is None
        assert await in_the_hall(door, b"/go/paused") is None
        assert await in_the_hall(door, b"/go/few") is None
        assert await in_the_hall(door, b"/go/nowhere") is None
        assert await in_the_hall(door, b"/go/spring?" + b"q" * 9000) is None
        door.memory.heard(b"spring")
        assert await in_the_hall(door, b"/go/spring") is None

    at_the_door(work)
    assert Click.objects.count() == 3


def learned(door):
    """What the door knows though nobody has asked for it."""

    async def wait():
        [learning] = [each for each in door.helpers if each.get_name() == "learning"]
        await learning

    return wait()


def test_links_are_known_before_anybody_asks(link, monkeypatch):
    monkeypatch.setattr(knowing, "LESSON", 2)
    for number in range(4):
        linking.make_link(
            campaign=Campaign.objects.get(), channel="x", label=f"{number}", destination="/forum/", code=f"n{number}"
        )
    steering.add_rule(link=link, kind="query", value="who=ada", destination="/ada/")
    linking.make_link(campaign=Campaign.objects.get(), channel="x", label="大", destination="/forum/", code="Ahead")

    async def work(door):
        await learned(door)
        for code in (b"spring", b"n0", b"n3", b"Ahead", b"ahead"):
            assert await in_the_hall(door, b"/go/" + code)
        return await in_the_hall(door, b"/go/spring?who=ada")

    _status, lines = at_the_door(work)
    assert lines.startswith(b"location: /ada/?")


def test_what_is_known_is_read_again_before_it_is_believed_no_more(link, monkeypatch):
    monkeypatch.setattr(knowing, "BELIEVED", 2.0)

    async def work(door):
        await learned(door)
        known = door.memory.known["spring"]
        until = known.until
        while known.until == until:
            assert door.memory.is_fresh(known)
            await asyncio.sleep(0.02)
        door.memory.heard(b"spring")
        await door.memory._learn(again=True)
        assert await in_the_hall(door, b"/go/spring") is None  # a change is for those who ask, not for the lesson

    at_the_door(work)


def test_a_database_that_is_busy_but_answers_turns_nobody_away(link, monkeypatch):
    read = routes.find_all

    def slow(codes):
        time.sleep(0.3)
        return read(codes)

    monkeypatch.setattr(routes, "find_all", slow)
    monkeypatch.setattr(knowing, "PATIENCE", 1.2)
    monkeypatch.setattr(knowing, "TOGETHER", 1)
    monkeypatch.setattr(knowing, "LEARNED", 0)
    codes = ["spring", *(f"n{number}" for number in range(4))]
    for code in codes[1:]:
        linking.make_link(campaign=Campaign.objects.get(), channel="x", label=code, destination="/forum/", code=code)

    async def work(door):
        return await asyncio.gather(*(door.memory.look_up(f"/go/{code}", code) for code in codes))

    assert all(known.route for known in at_the_door(work))


def test_what_changed_while_it_was_learned_is_read_again(link, monkeypatch):
    read = routes.newest

    def slow(*words):
        found = read(*words)
        TrackedLink.objects.update(address="/elsewhere/")
        doors[0].memory.heard(b"spring")
        return found

    doors = []
    monkeypatch.setattr(routes, "newest", slow)

    async def work(door):
        doors.append(door)
        await learned(door)
        assert await in_the_hall(door, b"/go/spring") is None
        return await knock(door)

    assert at_the_door(work).location.startswith(b"/elsewhere/?")
