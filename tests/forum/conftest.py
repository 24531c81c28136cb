"""Rooms to talk in: an open board, one for old friends, one where only regulars answer; and a thread in the first."""

import pytest

from accounts.models import Tier
from community.forum import discussing
from community.forum.models import Board


@pytest.fixture
def board(db):
    return Board.objects.create(
        slug="新手沖煮", name="新手沖煮", description="沒有笨問題。", rules="貼參數，不貼價錢。"
    )


@pytest.fixture
def friends_board(db):
    return Board.objects.create(slug="老友", name="老友", tier_to_see=Tier.objects.get(rank=3))


@pytest.fixture
def regulars_board(db):
    regular = Tier.objects.get(rank=2)
    return Board.objects.create(slug="常客", name="常客", tier_to_start=regular, tier_to_reply=regular)


@pytest.fixture
def thread(board, ada):
    return discussing.start(
        board=board, author=ada, title="衣索比亞水洗，酸到皺眉怎麼救？", body="92 度、15 g、1:15，酸還是很衝。"
    )


@pytest.fixture
def post(thread):
    return thread.posts.get()


@pytest.fixture
def friends_thread(friends_board, ada):
    return discussing.start(
        board=friends_board, author=ada, title="下一批肯亞的試喝筆記", body="這串給老友，先不要外傳。"
    )


@pytest.fixture
def regulars_thread(regulars_board, ada):
    return discussing.start(
        board=regulars_board, author=ada, title="常客之間的悄悄話", body="看得到，但要常客才能留言。"
    )


@pytest.fixture
def cast_of_posts(thread, ben, host, ada):
    """A page of twenty posts by several people, some answering one another, some reacted to."""
    for n in range(2, 21):
        post = discussing.reply(
            thread=thread,
            author=(ben, host, ada)[n % 3],
            body=f"第 {n} 則留言",
            reply_to=thread.posts.get(number=n - 1),
            at=thread.started_at,
        )
        discussing.react(post=post, member=ben, kind="coffee", at=thread.started_at)
    thread.refresh_from_db()
    return thread
