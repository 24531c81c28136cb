"""What machines ask the whole site for: colours, feed, map, robots."""

import re
from xml.etree import ElementTree

import pytest
from django.apps import apps
from wagtail.models import Site

from accounts.models import Tier
from cms import receivers, sitemaps
from cms.models import Brand, Hue
from community.forum import discussing
from community.forum.models import Board
from tests.cms import windows

pytestmark = pytest.mark.django_db


def test_the_brands_colours_are_a_stylesheet_of_our_own_and_are_kept_by_browsers(stranger):
    Brand.objects.update(hue=Hue.SKY, calm_hue=Hue.AMBER)
    answer = stranger.get("/brand.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "--brand-hue: 252;" in answer.content.decode()
    assert "--calm-hue: 72;" in answer.content.decode()
    assert "public" in answer["Cache-Control"]
    again = stranger.get("/brand.css", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    Brand.objects.update(hue=Hue.ROSE)
    assert stranger.get("/brand.css", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_every_page_asks_for_them_and_holds_no_style_of_its_own(stranger):
    page = stranger.get("/").content.decode()
    assert 'href="/brand.css"' in page
    assert not re.search(r"<style|\sstyle=", page)


def test_every_colour_stands_in_the_sheet_of_hues(settings):
    sheet = (settings.BASE_DIR / "static/css/hues.css").read_text()
    assert {int(hue) for hue in re.findall(r"--hue: (\d+);", sheet)} >= set(Hue.values)


def test_the_feed_carries_what_everyone_may_read(stranger, edda):
    article = windows.article(author=edda)
    answer = stranger.get("/feed/")
    assert answer["Content-Type"].startswith("application/rss+xml")
    item = ElementTree.fromstring(answer.content).find("channel/item")
    assert item.findtext("title") == article.title
    assert item.findtext("link") == f"http://testserver{article.url}"
    assert item.findtext("description") == article.intro
    assert item.findtext("guid") == f"http://testserver/#article-{article.pk}"


def test_the_feed_asks_a_fixed_number_of_questions(stranger, edda, django_assert_max_num_queries):
    for number in range(6):
        windows.article(f"第{number}篇", author=edda, body=[])
    stranger.get("/feed/")
    with django_assert_max_num_queries(8):
        stranger.get("/feed/")


def test_the_map_names_every_open_page_by_its_one_address(stranger):
    article, plain = windows.article(), windows.plain()
    index = stranger.get("/sitemap.xml")
    assert index.status_code == 200
    assert "http://testserver/sitemap-pages.xml" in index.content.decode()
    pages = ElementTree.fromstring(stranger.get("/sitemap-pages.xml").content)
    found = [place.text for place in pages.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert {f"http://testserver{page.url}" for page in (article, plain)} <= set(found)
    assert "http://testserver/" in found
    assert len(found) == len(set(found)) == 4


def test_the_map_leads_to_open_discussions_only(stranger, host):
    open_board = Board.objects.create(slug="brew", name="新手沖煮")
    old_friends = Board.objects.create(slug="old", name="老友限定", tier_to_see=Tier.objects.get(rank=3))
    shown = discussing.start(board=open_board, author=host, title="大家的水溫是幾度", body="我用九十二度。")
    hidden = discussing.start(board=old_friends, author=host, title="下一批肯亞試喝", body="只有老友知道的批次。")
    threads = stranger.get("/sitemap-threads.xml").content.decode()
    assert f"http://testserver{shown.get_absolute_url()}<" in threads
    assert hidden.get_absolute_url() not in threads
    boards = stranger.get("/sitemap-boards.xml").content.decode()
    assert "/forum/boards/brew/" in boards
    assert "/forum/boards/old/" not in boards


def test_however_much_was_said_a_map_is_read_by_key(stranger, host, monkeypatch, django_assert_max_num_queries):
    board = Board.objects.create(slug="brew", name="新手沖煮")
    told = [
        discussing.start(board=board, author=host, title=f"第 {n} 天的水溫", body="我用九十二度。") for n in range(5)
    ]
    first = told[0].pk
    monkeypatch.setattr(sitemaps.Threads, "limit", 2)
    with django_assert_max_num_queries(8):
        index = stranger.get("/sitemap.xml").content.decode()
    last = (told[-1].pk - 1) // 2 + 1
    assert f"sitemap-threads.xml?p={last}<" in index
    assert f"sitemap-threads.xml?p={last + 1}<" not in index
    for number in {(first - 1) // 2 + 1, last}:
        with django_assert_max_num_queries(3) as asked:
            page = stranger.get(f"/sitemap-threads.xml?p={number}").content.decode()
        here = [thread for thread in told if (thread.pk - 1) // 2 + 1 == number]
        assert here
        for thread in told:
            assert (f"{thread.get_absolute_url()}<" in page) == (thread in here)
        assert "OFFSET" not in " ".join(each["sql"] for each in asked.captured_queries)


def test_wagtail_knows_the_sites_address():
    Site.objects.update(hostname="old.example", port=99)
    receivers.know_our_address(sender=apps.get_app_config("cms"))
    assert Site.objects.get().root_url == "http://testserver"


@pytest.mark.parametrize("address", ["/sitemap-nothing.xml", "/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x"])
def test_a_map_that_is_not_there_is_not_found(stranger, address):
    assert stranger.get(address).status_code == 404


def test_crawlers_are_told_what_they_need_not_ask_for(stranger):
    said = stranger.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in said
    assert "Disallow: /go/" in said
    assert "Sitemap: http://testserver/sitemap.xml" in said


@pytest.mark.parametrize("address", ["/brand.css", "/robots.txt", "/feed/", "/sitemap.xml"])
def test_they_set_no_cookie_and_take_no_post(stranger, address):
    answer = stranger.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert stranger.post(address).status_code in {200, 405}
