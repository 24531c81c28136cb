"""What has been read, by thread and by board: the dot, the count, the line, and saying that all is read."""

from community.forum import discussing, moderating, reading
from community.forum.models import BoardRead, ReadMark


def _marks(client, address="/forum/"):
    return {row.title: row.unread for row in client.get(address).context["threads"] if row.unread}


def test_a_board_that_is_read_is_one_row_and_new_posts_are_new_again(
    as_chen, as_ben, stranger, chen, ada, thread, board
):
    other = discussing.start(board=board, author=ada, title="另一串也還沒看的討論", body="這一串裡也有新的東西可看")
    address = f"/forum/boards/{board.slug}/readmark/"
    assert "/join/" in stranger.post(address)["Location"]
    assert as_chen.get("/forum/unread/").content.decode().count("thread--new") == 2
    for _ in range(2):
        assert as_chen.post(address).status_code == 302
    assert BoardRead.objects.count() == 1
    assert not ReadMark.objects.of_member(chen).exists()
    assert "thread--new" not in as_chen.get("/forum/").content.decode()
    assert "thread--new" in as_ben.get("/forum/").content.decode()
    assert reading.reached(chen, thread) == 1
    discussing.reply(thread=thread, author=ada, body="標完之後才說的")
    assert _marks(as_chen) == _marks(as_chen, "/forum/unread/") == {thread.title: 1}
    page = as_chen.get(thread.get_absolute_url()).content.decode()
    assert page.index('id="unread"') > page.index('data-number="1"')
    assert page.index('id="unread"') < page.index('data-number="2"')
    assert reading.reached(chen, other) == 1


def test_counts_tell_what_can_be_read_and_whoever_reads_ahead_is_never_behind(as_chen, chen, ada, ben, mod, thread):
    discussing.mark_read(member=chen, thread=thread, number=1)
    posts = [discussing.reply(thread=thread, author=(ada, ben)[n % 2], body=f"第 {n} 句新的話") for n in range(4)]
    moderating.remove(post=posts[0], by=mod)
    assert _marks(as_chen) == {thread.title: 3}
    for post in posts[1:]:
        moderating.remove(post=post, by=mod)
    assert _marks(as_chen) == _marks(as_chen, "/forum/unread/") == {}
    assert "thread--new" not in as_chen.get("/forum/").content.decode()
    for post in posts:
        moderating.restore(post=post, by=mod)
    thread.refresh_from_db()
    discussing.mark_read(member=chen, thread=thread, number=3)
    discussing.mark_boards_read(member=chen, boards=[thread.board], at=thread.started_at)
    assert reading.reached(chen, thread) == 3
    assert _marks(as_chen) == {thread.title: 2}


def test_all_boards_one_may_see_are_read_at_once(as_chen, chen, thread, regulars_thread, friends_thread):
    assert as_chen.post("/forum/readmark/").status_code == 302
    assert set(BoardRead.objects.values_list("board", flat=True)) == {thread.board_id, regulars_thread.board_id}
    assert "thread--new" not in as_chen.get("/forum/unread/").content.decode()
