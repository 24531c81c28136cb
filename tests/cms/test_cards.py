"""Links to our own pages in posts: cards of what every stranger may open, as it is now, and nobody asks the network."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from wagtail.models import PageViewRestriction

from accounts.models import Tier
from cms import carding
from cms import tasks as cms_tasks
from cms.pictures import CARD_SMALL
from community.forum import discussing
from community.forum import tasks as forum_tasks
from community.forum.models import Board, LinkCard, Post, Reference
from tests.cms import windows

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return Board.objects.create(slug="brew", name="新手沖煮")


@pytest.fixture
def thread(board, ada):
    return discussing.start(board=board, author=ada, title="大家最近讀了什麼文章", body="把連結貼上來，自己的也可以。")


@pytest.fixture
def say(thread, ada, settings, django_capture_on_commit_callbacks):
    """A post with an address of ours alone on its line."""

    def said(path, body="看這篇："):
        with django_capture_on_commit_callbacks(execute=True):
            return discussing.reply(thread=thread, author=ada, body=f"{body}\n{settings.SITE_URL}{path}")

    return said


@pytest.fixture(autouse=True)
def _worker(monkeypatch):
    """What is left to the worker happens at the commit."""
    for task in (forum_tasks.renew_post, cms_tasks.prepare_pictures):
        monkeypatch.setattr(task, "delay_on_commit", lambda pk, task=task: transaction.on_commit(partial(task, pk)))


def shown(post):
    return Post.objects.get(pk=post.pk).html


def test_a_link_to_an_article_is_its_card_as_the_article_is_now(say, settings, django_capture_on_commit_callbacks):
    def done(verb, *args):
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args)
        return shown(post)

    article = windows.article(cover=windows.picture())
    post = say(article.url)
    assert not LinkCard.objects.exists()
    assert f'<a class="linkcard" href="{settings.SITE_URL}{article.url}">' in post.html
    assert article.title in post.html
    assert article.intro in post.html
    assert windows.SECRET not in post.html
    # Its picture comes when its sizes are made, and goes with them.
    assert "<img" not in post.html
    told = done(article.save_revision().publish)
    assert 'type="image/avif"' in told
    assert article.cover.get_rendition(f"{CARD_SMALL}|format-jpeg").url in told
    # A new title, an address that leads elsewhere, a door, and no page any more: what it tells is what is so.
    article.title = "手沖不再太酸了"
    assert "手沖不再太酸了" in done(article.save_revision().publish)
    door = PageViewRestriction(page=article.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert "linkcard" not in done(door.save)
    assert "手沖不再太酸了" in done(door.delete)
    assert "linkcard" not in done(article.unpublish)
    assert f'href="{settings.SITE_URL}{article.url}"' in shown(post)
    assert "手沖不再太酸了" in done(article.save_revision().publish)
    assert Reference.objects.get().page_id == article.pk
    assert "linkcard" not in done(article.delete)


def test_a_link_to_nothing_of_the_shop_window_stays_a_link(say, monkeypatch):
    asked = []
    monkeypatch.setattr(carding, "pages_at", lambda paths: asked.extend(paths) or [])
    for path in ("/forum/", "/go/abc123", "/desk/", "/me/bell/", "/media/x.jpg"):
        assert "linkcard" not in say(path, body=f"這個 {path} 是什麼").html
    assert not asked
    assert "linkcard" not in say("/no-such-page/").html
    assert asked


def test_a_closed_thread_is_told_of_as_its_board_teases_and_its_first_words_stay_fresh(
    say, ada, ben, django_capture_on_commit_callbacks
):
    closed = Board.objects.create(slug="old", name="老友的房間", tier_to_see=Tier.objects.get(rank=3))
    told = {"title": "下一批肯亞的試喝筆記", "body": "這串給老友，先不要外傳。"}
    secret = discussing.start(board=closed, author=ada, **told)
    post = say(secret.get_absolute_url())
    assert secret.title not in post.html
    with django_capture_on_commit_callbacks(execute=True):
        closed.teases = True
        closed.save()
    assert secret.title in shown(post)
    assert closed.name not in shown(post)
    with django_capture_on_commit_callbacks(execute=True):
        discussing.edit(post=secret.posts.get(), author=ada, body="改了第一句話，大家都看得到。")
    assert "改了第一句話" in shown(post)
    with django_capture_on_commit_callbacks(execute=True):
        closed.teases = False
        closed.save()
    assert "改了第一句話" not in shown(post)
    assert secret.title not in shown(post)


FILM = "https://youtu.be/dQw4w9WgXcQ"


def test_a_film_in_an_article_and_in_the_talk_below_is_a_facade_that_only_these_pages_may_play(
    board, edda, ada, stranger, as_ada, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(forum_tasks.ask_card, "delay_on_commit", asked.append)
    body = [windows.text(f'先看這個</p><p><a href="{FILM}">{FILM}</a></p><p>或 <a href="{FILM}">這支片</a>')]
    with django_capture_on_commit_callbacks(execute=True):
        article = windows.article(body=body, board=board, author=edda)
        bare = windows.article("沒有影片的文章", body=[windows.text("只有字")], with_discussion=False)
    card = LinkCard.objects.get()
    assert asked == [str(card.pk)]
    LinkCard.objects.update(state="good", title="<手沖>的一分鐘", made_at=card.made_at - timedelta(days=9))
    forum_tasks.sweep_cards()
    page = as_ada.get(article.url, headers={"Accept-Language": "en"}).content.decode()
    assert page.count('<video-facade frame="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?') == 1
    assert "&lt;手沖&gt;的一分鐘" in page
    assert "<iframe" not in page
    assert page.count('data-play="Play it here') == 2  # the article's own, and whatever is said underneath
    for client in (stranger, as_ada):
        assert "frame-src https://www.youtube-nocookie.com" in client.get(article.url)["Content-Security-Policy"]
        assert "frame-src" not in client.get(bare.url)["Content-Security-Policy"]
    with django_capture_on_commit_callbacks(execute=True):
        article.body = [windows.text("影片拿掉了")]
        article.save_revision().publish()
    forum_tasks.sweep_cards()
    assert not LinkCard.objects.exists()
