"""One kind of talk of one board, and lists that are kept no longer than until something opens."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from community.commons import public
from community.forum import discussing
from community.forum.hosting import timing
from community.forum.kinds import answering, opening
from community.forum.models import Board


@pytest.fixture
def kinds(board, ada, ben, thread):
    told = {"board": board, "author": ada}
    made = {
        "open": opening.start(title="濾紙要不要先沖水？", body="每次都聞到紙味。", kind="question", **told),
        "solved": opening.start(title="磨豆機要多久清一次？", body="已經半年沒有拆開過了。", kind="question", **told),
        "poll": opening.start(
            title="下個月換哪一支豆？", body="想聽聽大家的意見。", kind="poll", poll={"options": ["一", "二"]}, **told
        ),
    }
    answering.accept(post=discussing.reply(thread=made["solved"], author=ben, body="兩週一次就好。"), by=ada)
    return made


def test_a_board_is_narrowed_down_to_one_kind(board, kinds, thread, stranger, as_ada):
    for client in (stranger, as_ada):
        for talk, wanted in (("question", {"open", "solved"}), ("unsolved", {"open"}), ("poll", {"poll"})):
            page = client.get(f"{board.get_absolute_url()}kinds/{talk}/")
            rows = page.content.decode().replace("<wbr>", "").split('id="threads"')[1].split("</main>")[0]
            assert {name for name, row in kinds.items() if row.title in rows} == wanted
            assert thread.title not in rows
            assert 'aria-current="page"' in page.content.decode()
        assert "這裡還沒有這一類" in client.get(f"{board.get_absolute_url()}kinds/gathering/").content.decode()
        assert client.get(f"{board.get_absolute_url()}kinds/nonsense/").status_code == 404
    assert stranger.get(f"{board.get_absolute_url()}kinds/poll/")[public.HEADER].split() == ["forum", "people"]


def test_a_board_without_a_word_offers_nothing_to_narrow_down(board, stranger, as_ada):
    for client in (stranger, as_ada):
        page = client.get(board.get_absolute_url()).content.decode()
        assert f"{board.get_absolute_url()}threads/" in page
        assert f"{board.get_absolute_url()}kinds/" not in page
        assert f"{board.get_absolute_url()}readmark" not in page


def test_only_kinds_that_a_board_has_and_only_for_whom_it_is_open(
    board, friends_board, thread, stranger, as_chen, as_ada
):
    Board.objects.filter(pk=board.pk).update(kinds=["discussion", "poll"])
    assert stranger.get(f"{board.get_absolute_url()}kinds/poll/").status_code == 200
    assert stranger.get(f"{board.get_absolute_url()}kinds/unsolved/").status_code == 404
    assert "/kinds/unsolved/" not in stranger.get(board.get_absolute_url()).content.decode()
    address = f"{friends_board.get_absolute_url()}kinds/poll/"
    assert [client.get(address).status_code for client in (stranger, as_chen, as_ada)] == [404, 404, 200]
    # What it shows of itself before the door says of no thread what kind it is.
    Board.objects.filter(pk=friends_board.pk).update(teases=True)
    assert [client.get(address).status_code for client in (stranger, as_chen, as_ada)] == [404, 404, 200]


def test_one_kind_costs_the_same_however_many_there_are(board, kinds, ada, client, django_assert_max_num_queries):
    client.force_login(ada)
    address = f"{board.get_absolute_url()}kinds/question/"
    client.get(address)
    for n in range(25):
        opening.start(
            board=board,
            author=ada,
            title=f"第 {n} 個問題是什麼呢",
            body=f"內文夠長的第 {n} 題",
            kind="question",
            at=now(),
        )
    with django_assert_max_num_queries(9):
        first = client.get(address).content.decode()
    after = first.split("?after=")[1].split('"')[0]
    assert "第\u00a00\u00a0個問題" not in first
    assert "第\u00a00\u00a0個問題" in client.get(address, {"after": after}).content.decode()


def test_lists_are_true_until_the_next_thread_opens(board, thread, mod, stranger, as_ada):
    at = now() + timedelta(minutes=30)
    timing.schedule(thread=thread, by=mod, opens_at=at)
    for place in ("/forum/", "/forum/hot/", "/forum/kinds/poll/", board.get_absolute_url()):
        assert stranger.get(place)[public.HEADER].split()[0] == f"{public.UNTIL}{at.timestamp():.0f}", place
        assert public.HEADER not in as_ada.get(place)


def test_whoever_may_not_start_or_reply_yet_reads_what_the_tier_opens(
    regulars_board, regulars_thread, stranger, as_chen
):
    for client in (stranger, as_chen):
        assert "「常客」以上的會員可以在這裡開討論。" in client.get(regulars_board.get_absolute_url()).content.decode()
        assert (
            "「常客」以上的會員可以留言。" in client.get(f"{regulars_thread.get_absolute_url()}dock/").content.decode()
        )
    empty = Board.objects.create(slug="空的", name="空的", tier_to_start=regulars_board.tier_to_start)
    page = as_chen.get(empty.get_absolute_url()).content.decode()
    assert "這裡還沒有人說話。" in page
    assert "第一個問題" not in page


def test_whoever_starts_something_hears_beforehand_that_a_host_reads_it_first(board, as_chen, as_mod, stranger):
    start, words = f"{board.get_absolute_url()}threads/", "主人都會先看過"
    assert words not in as_chen.get(start).content.decode()
    Board.objects.with_ids([board.pk]).update(approval="all")
    assert words in as_chen.get(start).content.decode()
    assert words not in as_mod.get(start).content.decode()
