"""What strangers are shown is kept, never holds anything of a member, and changes when the house does."""

import re
import time

import httpx
import pytest

SAY = """
from accounts.models import Member
from community.forum import discussing
from community.forum.models import Thread
thread = Thread.objects.get(pk={thread})
discussing.reply(thread=thread, author=Member.objects.with_email("chen@cast.example").get(), body="{words}")
"""


def metrics(web) -> dict[str, int]:
    said = web.get("/metrics").text
    return {name: int(n) for name, n in re.findall(r"^homeground_public_pages_(\w+)_total\{.*\} (\d+)$", said, re.M)}


@pytest.fixture
def web(site):
    with httpx.Client(base_url=site.url, headers={"Accept-Language": "zh-TW"}, follow_redirects=True) as client:
        yield client


@pytest.fixture(scope="module")
def member(site):
    cookies = {"sessionid": site.seeds["keys"]["ada"]}
    with httpx.Client(base_url=site.url, headers={"Accept-Language": "zh-TW"}, cookies=cookies) as client:
        client.handle, client.address = "ada", "ada@cast.example"
        yield client


def addresses(site):
    return [
        "/",
        "/forum/",
        "/forum/boards/brewing/",
        f"/forum/threads/{site.seeds['thread']}/",
        "/articles/",
        "/articles/water/",
        site.seeds["landing"],
    ]


def test_after_a_member_a_stranger_finds_nothing_of_them(site, web, member):
    for address in addresses(site):
        for _ in range(2):
            theirs = member.get(address)
            assert theirs.status_code == 200, address
            before = metrics(web)
            answer = httpx.get(site.url + address, headers={"Accept-Language": "zh-TW", "Accept-Encoding": "identity"})
            assert answer.status_code == 200, address
            assert "set-cookie" not in answer.headers
            assert "x-public-tags" not in answer.headers
            assert "x-public-tags" not in theirs.headers
            assert 'action="/leave/"' in theirs.text
            for word in ('action="/leave/"', member.address, "csrf", "FOUND-ME"):
                assert word not in answer.text, f"{address}: {word}"
        after = metrics(web)
        assert after["hits"] + after["stale"] > before["hits"] + before["stale"], address


def test_what_a_link_carries_is_not_left_in_the_page(site, web):
    for address in addresses(site):
        first = web.get(address, params={"fbclid": "FOUND-ME", "utm_campaign": "FOUND-ME-TOO"})
        assert "FOUND-ME" not in first.text
        assert web.get(address).status_code == 200


def test_languages_are_not_mixed(site, web):
    address = f"/forum/threads/{site.seeds['thread']}/"
    web.get(address)
    assert 'lang="en"' in httpx.get(site.url + address, headers={"Accept-Language": "en"}).text
    assert 'lang="zh-Hant' in web.get(address).text
    assert 'lang="en"' in httpx.get(site.url + address, cookies={"django_language": "en"}).text


def test_what_another_process_says_is_read_by_strangers_at_once(site, web):
    address, words = f"/forum/threads/{site.seeds['thread']}/", "另一個程序說的話，陌生人也馬上讀得到"
    web.get(address)
    assert words not in web.get(address).text
    site.does(SAY.format(thread=site.seeds["thread"], words=words))
    deadline = time.monotonic() + 2  # far below the half minute that a page is believed
    while words not in web.get(address).text:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    for elsewhere in ("/forum/", "/forum/boards/brewing/", site.seeds["landing"]):
        assert words[:8] in web.get(elsewhere).text, elsewhere


def test_only_this_machine_may_measure(web):
    assert web.get("/metrics").status_code == 200
    assert web.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
