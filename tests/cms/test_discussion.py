"""Each article has its discussion, made once; landing pages show the one they promise."""

import pytest

from accounts.models import Tier
from cms import publishing
from cms.models import ArticlePage, Brand
from community.forum import discussing
from community.forum.models import Board, Thread
from tests.cms import windows

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    board = Board.objects.create(slug="brew", name="新手沖煮")
    Brand.objects.update(board=board)
    return board


@pytest.fixture
def secret_board():
    return Board.objects.create(slug="old", name="老友限定", tier_to_see=Tier.objects.get(rank=3))


@pytest.fixture
def thread(board, ada):
    thread = discussing.start(board=board, author=ada, title="你家的水溫是幾度", body="我用九十二度，酸得皺眉。")
    return thread


def test_publishing_opens_the_discussion_once(board, edda, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article = windows.article(author=edda)
    thread = Thread.objects.about(article).get()
    assert (thread.title, thread.board, thread.author) == (article.title, board, edda)
    with django_capture_on_commit_callbacks(execute=True):
        article.title = "手沖不再太酸了"
        article.save_revision().publish()
    assert Thread.objects.about(article).get().title == "手沖不再太酸了"


def test_a_draft_opens_none_until_it_is_published(board, edda, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article = windows.article(author=edda)
        article.unpublish()
    Thread.objects.all().delete()
    assert publishing.open_discussion(article=article) is None


def test_an_editor_may_want_no_discussion(board, edda, stranger, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article = windows.article(author=edda, with_discussion=False)
    assert not Thread.objects.exists()
    assert 'class="panel"' not in stranger.get(article.url).content.decode()


def test_without_a_board_or_anybody_to_open_it_publishing_still_works(edda, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        windows.article(author=edda)
        Board.objects.create(slug="brew", name="新手沖煮")
        windows.article("沒有人寫的文章")
    assert not Thread.objects.exists()


def test_the_discussion_stands_under_the_article(board, edda, ada, stranger, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article = windows.article(author=edda)
    discussing.reply(thread=Thread.objects.get(), author=ada, body="照做了，尾段像烤地瓜。")
    page = stranger.get(article.url).content.decode()
    assert "尾段像烤地瓜" in page
    assert f'action="/forum/threads/{Thread.objects.get().pk}/posts/"' in page


def test_a_landing_page_shows_the_discussion_it_promises_and_one_way_in(stranger, as_chen, thread):
    landing = windows.landing(thread=thread, join_question="想看阿崙怎麼回你？", join_button="免費加入，把問題貼上去")
    page = stranger.get(landing.url + "?utm_source=facebook&fbclid=abc").content.decode()
    assert "酸得皺眉" in page
    assert page.count('action="/join/"') == 1
    assert "免費加入，把問題貼上去" in page
    assert "fbclid" not in page
    assert 'action="/join/"' not in as_chen.get(landing.url).content.decode()


@pytest.mark.parametrize(("query", "said"), [("?utm_source=Facebook", True), ("", False), ("?utm_source=<b>x", False)])
def test_a_landing_page_knows_the_place_one_comes_from(stranger, thread, query, said):
    page = stranger.get(windows.landing(thread=thread).url + query).content.decode()
    assert ('class="hero__from"' in page) is said
    assert "<b>x" not in page


def test_the_place_to_answer_stays_at_hand_where_talking_is_the_aim(stranger, thread, board):
    block = [("thread", {"thread": thread, "count": 4})]
    for page in (windows.landing("一", thread=thread), windows.landing("二", body=block)):
        assert '<body class="docked">' in stranger.get(page.url).content.decode()


def test_a_landing_page_falls_back_to_its_board(stranger, thread, board, ada):
    landing = windows.landing(board=board)
    assert thread.title in stranger.get(landing.url).content.decode().replace("<wbr>", "")


@pytest.mark.parametrize(
    ("reader", "sees"), [("stranger", False), ("as_ben", False), ("as_ada", True), ("as_mod", True)]
)
def test_nobody_sees_a_gated_discussion_through_a_page(request, reader, sees, secret_board, host):
    thread = discussing.start(board=secret_board, author=host, title="下一批肯亞試喝", body="只有老友知道的批次。")
    blocks = [("thread", {"thread": thread, "count": 4}), ("board", {"board": secret_board, "count": 4})]
    landing = windows.landing(thread=thread, board=secret_board, body=blocks)
    home = windows.home()
    home.body = blocks
    home.save_revision().publish()
    client = request.getfixturevalue(reader)
    for address in (landing.url, "/"):
        page = client.get(address).content.decode().replace("<wbr>", "")
        assert ("只有老友知道的批次" in page) is sees
        assert ("下一批肯亞試喝" in page) is sees


def test_a_discussion_that_was_taken_away_leaves_the_page_whole(stranger, thread):
    landing = windows.landing(thread=thread, body=[("thread", {"thread": thread, "count": 4})])
    Thread.objects.all().delete()
    landing.refresh_from_db()
    answer = stranger.get(landing.url)
    assert answer.status_code == 200
    assert "酸得皺眉" not in answer.content.decode()


def test_blocks_show_live_discussions_on_any_page(stranger, thread, board):
    page = windows.plain(body=[("thread", {"thread": thread, "count": 2}), ("board", {"board": board, "count": 2})])
    shown = stranger.get(page.url).content.decode()
    assert "酸得皺眉" in shown
    assert board.name in shown


def test_an_article_may_choose_another_board(board, edda, secret_board, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        windows.article(author=edda, board=secret_board)
    assert Thread.objects.get().board == secret_board
    assert ArticlePage.objects.count() == 1
