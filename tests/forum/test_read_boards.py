"""What has been read, by thread and by board: the dot, the count, the line, and saying that all is read."""

from datetime import timedelta

from community.forum import discussing, moderating, reading
from community.forum.hosting import merging, moving, splitting
from community.forum.models import Board, BoardRead, ReadMark


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


def test_what_was_read_with_its_board_stays_read_wherever_it_goes(as_chen, chen, ben, ada, mod, thread, board):
    away = Board.objects.create(slug="另一版", name="另一版")
    begun = discussing.start(board=board, author=ben, title="讀到一半的那一串討論", body="這一串後來又有人說了話")
    discussing.mark_boards_read(member=chen, boards=[board])
    late = discussing.reply(thread=begun, author=ada, body="標完之後才說的")
    before = _marks(as_chen)
    assert before == {begun.title: 1}
    for each in (thread, begun):
        moving.move(thread=each, by=mod, board=away)
    assert _marks(as_chen) == _marks(as_chen, "/forum/unread/") == before
    assert [reading.reached(chen, each) for each in (thread, begun)] == [1, 1]
    made = splitting.split(thread=begun, by=mod, posts=[late], title="從中拆出來的討論", board=board)
    assert _marks(as_chen) == {made.title: 1}
    merging.merge(thread=made, into=thread, by=mod)
    assert _marks(as_chen) == {thread.title: 1}
    discussing.mark_boards_read(member=chen, boards=[away])
    moving.merge_boards(board=away, into=board, by=mod)
    assert _marks(as_chen) == _marks(as_chen, "/forum/unread/") == {}
    assert ReadMark.objects.most_read_since(thread.started_at + timedelta(seconds=1)).count() == 0


def test_what_was_not_read_stays_new_on_a_board_that_was(as_chen, chen, mod, thread):
    away = Board.objects.create(slug="另一版", name="另一版")
    discussing.mark_boards_read(member=chen, boards=[away])
    moving.move(thread=thread, by=mod, board=away)
    assert reading.reached(chen, thread) == 0
    assert "thread--new" in as_chen.get("/forum/unread/").content.decode()
    assert as_chen.post(f"/forum/boards/{away.slug}/readmark/").status_code == 302
    assert "thread--new" not in as_chen.get("/forum/unread/").content.decode()
