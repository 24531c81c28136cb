"""What hosts do with threads: once however often they press, seen at once, and exact by the clock."""

from datetime import timedelta
from threading import Thread as Worker

import pytest
from django.db import connection
from django.utils.timezone import localtime, now
from wagtail.models import Site

from accounts.models import Tier
from cms.models import Brand
from community.forum import access, discussing, drafting, moderating, pacing, reading
from community.forum.hosting import merging, moving, pinning, slowing, splitting, tagging, timing
from community.forum.models import Act, Board, Draft, Held, Pin, Post, Tag, Thread
from community.live import publishing, topics
from community.notices.models import Ring

HTMX = {"HX-Request": "true"}


@pytest.fixture
def other(board, ben, ada):
    thread = discussing.start(board=board, author=ben, title="另一串說同一件事的討論", body="我也遇到一樣的酸。")
    discussing.reply(thread=thread, author=ada, body="磨細一點看看", reply_to=thread.posts.get())
    return thread


def numbers(thread):
    return list(Post.objects.in_thread(thread).order_by("number").values_list("number", "body"))


def kinds(thread):
    return list(Act.objects.on_thread(thread).order_by("pk").values_list("kind", flat=True))


HOSTED = ("hosting/", "pin/", "slowness/", "times/", "place/", "merger/", "split/")


def test_only_hosts_find_the_addresses(thread, stranger, as_ben, as_edda, as_mod):
    for noun in HOSTED:
        path = f"{thread.get_absolute_url()}{noun}"
        assert stranger.get(path).status_code == 302
        assert {as_ben.get(path).status_code, as_ben.post(path).status_code} == {404}
        assert as_edda.post(path).status_code == 404
        assert as_mod.get(path).status_code == 200
    assert not kinds(thread)
    with pytest.raises(access.HostsOnly):
        pinning.pin(thread=thread, by=thread.author)


def test_what_a_host_fills_in_wrongly_is_said_in_our_own_words(thread, as_mod):
    wrong = (
        ("place", {}, "選一個看板。"),
        ("place", {"board": "沒有"}, "選一個看板。"),
        ("pin", {"until": "明天"}, "請選日期和時間。"),
    )
    for noun, told, words in wrong:
        answer = as_mod.post(f"{thread.get_absolute_url()}{noun}/", told, headers={"Accept-Language": "zh-TW"})
        assert answer.status_code == 422
        assert f'role="alert">{words}' in answer.content.decode()


def test_a_pin_stands_on_top_until_its_moment_and_can_be_folded(
    thread, other, board, as_mod, as_ben, ben, mod, stranger
):
    until = localtime(now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    for _again in range(2):
        answer = as_mod.post(f"{thread.get_absolute_url()}pin/", {"until": until, "reason": "本週主題"})
        assert answer.status_code == 302
    assert kinds(thread) == ["pinned"]

    def first(client, path):
        page = client.get(path, {"n": now().timestamp()}).content.decode()
        return min((thread, other), key=lambda each: page.find(f'id="thread-{each.pk}"')), page

    assert first(stranger, board.get_absolute_url())[0] == thread
    assert first(stranger, "/forum/")[0] == other
    pinning.pin(thread=thread, by=mod, everywhere=True)
    assert first(stranger, "/forum/")[0] == thread
    assert first(stranger, "/forum/")[1].count(f'id="thread-{thread.pk}"') == 1
    fold = f"{thread.get_absolute_url()}fold/"
    assert as_ben.post(fold).status_code == 409  # read it first
    discussing.mark_read(member=ben, thread=thread, number=1)
    assert as_ben.post(fold).status_code == 302
    assert first(as_ben, "/forum/")[0] == other
    Pin.objects.of(thread).update(until=now() - timedelta(seconds=1))
    assert first(stranger, "/forum/")[0] == other  # exact on reading, before anybody swept
    assert timing.tell_what_is_due() == 1
    assert timing.tell_what_is_due() == 0


def test_slow_mode_says_when_and_keeps_the_words(thread, as_ben, ben, mod):
    slowing.slow(thread=thread, by=mod, seconds=60)
    slowing.slow(thread=thread, by=mod, seconds=60)
    assert kinds(thread) == ["slowed"]
    path = f"{thread.get_absolute_url()}posts/"
    assert as_ben.post(path, {"body": "第一句話"}).status_code == 302
    answer = as_ben.post(path, {"body": "太快的第二句話"})
    assert answer.status_code == 429
    assert "太快的第二句話" in answer.content.decode()
    assert "<slow-note" in as_ben.get(f"{thread.get_absolute_url()}dock/").content.decode()
    discussing.reply(thread=thread, author=mod, body="主人不用等")
    discussing.reply(thread=thread, author=mod, body="真的不用等")
    ben.posts.update(made_at=now() - timedelta(seconds=61))
    assert pacing.next_at(ben, Thread.objects.get(pk=thread.pk)) is None
    assert as_ben.post(path, {"body": "等過了再說"}).status_code == 302


def test_a_move_takes_the_doors_of_the_new_board_at_once(
    thread, friends_board, mod, ben, ada, stranger, as_mod, django_capture_on_commit_callbacks
):
    assert stranger.get(thread.get_absolute_url()).status_code == 200
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        as_mod.post(f"{thread.get_absolute_url()}place/", {"board": friends_board.slug})
    [[_topic, told]] = [frame for frame in frames if frame[0] == thread.topic]
    assert told["en"]["act"] == "moved"
    assert friends_board.name not in str(told)
    assert stranger.get(thread.get_absolute_url()).status_code == 404
    assert thread.title not in stranger.get("/forum/search/?q=衣索比亞水洗").content.decode().replace("<wbr>", "")
    with pytest.raises(topics.Closed):
        topics.enter(thread.topic, ben)
    topics.enter(thread.topic, ada)
    moving.move(thread=thread, by=mod, board=friends_board)
    assert kinds(thread) == ["moved"]
    log = as_mod.get("/desk/forum/log/?act=thread.moved").content.decode()
    assert f"<del>{thread.board.name}</del> {friends_board.name}" in log, "boards by their names"


def test_a_reply_to_what_moved_behind_a_door_is_given_back(thread, friends_board, mod, as_ben):
    moving.move(thread=thread, by=mod, board=friends_board)
    path = f"{thread.get_absolute_url()}posts/"
    page = as_ben.post(path, {"body": "打了很久的一段話"})
    assert (page.status_code, "打了很久的一段話" in page.content.decode()) == (404, True)
    fragment = as_ben.post(path, {"body": "打了很久的一段話"}, headers=HTMX).content.decode()
    assert 'role="alert"' in fragment
    assert "<html" not in fragment
    nowhere = as_ben.post("/forum/threads/987654321/posts/", {"body": "打了很久的一段話"}, headers=HTMX)
    assert fragment == nowhere.content.decode(), "an answer that differs would tell that there is something"


def test_two_threads_become_one_and_old_links_find_their_post(thread, other, as_mod, as_ben, ben, mod, stranger):
    discussing.reply(thread=thread, author=ben, body="降到 88 度")
    discussing.mark_read(member=ben, thread=thread, number=2)
    discussing.mark_read(member=ben, thread=other, number=1)
    path = f"{other.get_absolute_url()}merger/"
    assert as_mod.post(path, {"into": str(thread.pk)}).status_code == 200  # asks first
    assert not kinds(other)
    moved = other.posts.get(number=2)
    for _again in range(2):
        merging.merge(thread=other, into=thread, by=mod)
    assert kinds(other) == ["merged"]
    assert [number for number, _body in numbers(thread)] == [1, 2, 3, 4]
    moved.refresh_from_db()
    assert moved.reply_to_id
    assert moved.reply_to.thread_id == thread.pk
    answer = stranger.get(f"{other.get_absolute_url()}?at=2")
    assert (answer.status_code, answer["Location"]) == (301, moved.get_absolute_url())
    assert "no-cache" in answer["Cache-Control"], "where it stands may change again"
    # Its own address leads to the seam, where those that came begin.
    assert stranger.get(other.get_absolute_url())["Location"] == thread.posts.get(number=3).get_absolute_url()
    assert reading.reached(ben, thread) == 3  # the second of those that came is still new
    assert as_ben.post(f"{other.get_absolute_url()}posts/", {"body": "寫到一半合併了"}).status_code == 302
    assert numbers(thread)[-1] == (5, "寫到一半合併了")
    assert other.title not in stranger.get("/forum/").content.decode()
    page = as_mod.get(thread.get_absolute_url(), {"after": 0}).content.decode()
    assert 'class="seam"' in page


def test_whose_words_hosts_moved_hears_where_they_are(thread, other, ben, mod, django_capture_on_commit_callbacks):
    moved = discussing.reply(thread=thread, author=ben, body="壺是哪一支？")
    mine = discussing.reply(thread=thread, author=mod, body="另開一串吧")
    Ring.objects.all().delete()
    opening = other.posts.get(number=1)
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(2):
            made = splitting.split(thread=thread, by=mod, posts=[moved, mine], title="說說手沖壺的差別")
        merging.merge(thread=other, into=thread, by=mod)
    opening.refresh_from_db()
    rung = {(ring.member, ring.kind, ring.url) for ring in Ring.objects.all()}
    assert rung == {
        (ben, "talk_split", made.get_absolute_url()),
        (other.author, "talk_merged", opening.get_absolute_url()),
    }


@pytest.mark.django_db(transaction=True)
def test_two_hosts_merging_in_opposite_directions_do_not_wait_for_ever(thread, other, mod, host):
    said = []

    def work(one, two, by):
        try:
            merging.merge(thread=one, into=two, by=by)
            said.append("done")
        except access.CannotBeMerged:
            said.append("refused")
        finally:
            connection.close()

    workers = [Worker(target=work, args=told) for told in ((thread, other, mod), (other, thread, host))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(said) == ["done", "refused"]


def test_posts_split_off_have_a_thread_of_their_own(thread, as_mod, ben, chen, host, mod, stranger):
    for who, body in ((ben, "降溫看看"), (host, "換壺也有差"), (chen, "壺是哪一支？")):
        discussing.reply(thread=thread, author=who, body=body)
    gone = list(thread.posts.numbered_after(2))
    thread.refresh_from_db()
    discussing.mark_read(member=ben, thread=thread, number=3)
    assert Thread.objects.get(pk=thread.pk).host_number == 3
    told = {"posts": [post.pk for post in gone], "title": "說說手沖壺的差別"}
    answer = as_mod.post(f"{thread.get_absolute_url()}split/", told)
    made = Thread.objects.latest("pk")
    assert answer["Location"] == made.get_absolute_url()
    assert splitting.split(thread=thread, by=mod, **told | {"posts": gone}) == made  # again: it leads there
    assert [body for _number, body in numbers(made)] == ["換壺也有差", "壺是哪一支？"]
    thread.refresh_from_db()
    assert (thread.posts_count, thread.host_number, made.author) == (2, None, host)
    assert (reading.reached(ben, made), reading.reached(ben, thread)) == (1, thread.last_number)
    assert (
        stranger.get(f"{thread.get_absolute_url()}?at=4")["Location"]
        == f"{made.get_absolute_url()}?at=2#post-{gone[1].pk}"
    )
    page = stranger.get(thread.get_absolute_url()).content.decode()
    assert f'href="{made.get_absolute_url()}"' in page
    assert "?after=" not in page
    frames = stranger.get(f"/live/{thread.topic}/?since=0").json()["frames"]
    assert [frame["gone"] for frame in frames if frame.get("act") == "split"] == [[f"post-{post.pk}" for post in gone]]
    assert (
        as_mod.post(f"{thread.get_absolute_url()}split/", told | {"posts": [thread.posts.get(number=1).pk]}).status_code
        == 422
    )


def test_a_thread_opens_and_closes_by_the_clock(thread, ben, mod, as_mod, as_ben, stranger):
    timing.schedule(thread=thread, by=mod, opens_at=now() + timedelta(hours=1), closes_at=now() + timedelta(hours=2))
    for client in (stranger, as_ben):
        assert client.get(thread.get_absolute_url()).status_code == 404
        assert thread.title not in client.get("/forum/").content.decode().replace("<wbr>", "")
        assert f"/forum/threads/{thread.pk}/" not in client.get("/forum/search/?q=衣索比亞水洗").content.decode()
    assert as_mod.get(thread.get_absolute_url()).status_code == 200
    Thread.objects.with_ids([thread.pk]).update(opens_at=now() - timedelta(seconds=1))
    assert stranger.get(thread.get_absolute_url()).status_code == 200  # before anybody swept
    discussing.reply(thread=thread, author=ben, body="開了，來了")
    Thread.objects.with_ids([thread.pk]).update(closes_at=now() - timedelta(seconds=1))
    with pytest.raises(access.ThreadLocked):
        discussing.reply(thread=thread, author=ben, body="晚了一秒")
    assert (timing.tell_what_is_due(), timing.tell_what_is_due()) == (2, 0)
    assert kinds(thread) == ["scheduled", "opened", "closed"]
    moderating.unlock(thread=thread, by=mod)
    discussing.reply(thread=thread, author=ben, body="又開了")


def test_tags_are_few_known_and_found_by_every_spelling(thread, board, as_ada, as_ben, ada, mod, stranger, as_chen):
    tag = tagging.make(name="臺灣豆", by=mod)
    assert tagging.make(name="台灣豆", by=mod) == tag
    path = f"{thread.get_absolute_url()}tags/"
    assert as_ben.post(path, {"tags": "台灣豆"}).status_code == 403
    assert as_ada.post(path, {"tags": "台灣豆，水洗"}).status_code == 422  # not a tag, and not hers to make
    assert as_ada.post(path, {"tags": "a、b、c、d、e、f"}).status_code == 422
    for _again in range(2):
        assert as_ada.post(path, {"tags": "台灣豆"}).status_code == 302
    assert kinds(thread) == ["tagged"]
    assert thread.title in stranger.get(tag.get_absolute_url()).content.decode().replace("<wbr>", "")
    assert 'class="chip"' in stranger.get("/forum/").content.decode()
    assert tag.get_absolute_url() in stranger.get("/forum/search/?q=台灣豆&kind=tag").content.decode()
    into = tagging.make(name="台灣咖啡", by=mod)
    assert tagging.merge(tag=tag, into=into, by=mod) == into
    assert stranger.get(tag.get_absolute_url())["Location"] == into.get_absolute_url()
    assert [each.name for each in tagging.put(thread=thread, names=["臺灣豆"], by=ada)] == ["台灣咖啡"]
    assert not Tag.objects.with_ids([tag.pk])


def test_a_page_of_a_tag_costs_the_same_however_many_carry_it(board, ada, mod, client, django_assert_num_queries):
    tag = tagging.make(name="水洗", by=mod)
    for n in range(22):
        made = discussing.start(
            board=board, author=ada, title=f"第 {n} 個水洗豆的討論", body="夠長的開場白。", at=now()
        )
        tagging.put(thread=made, names=["水洗"], by=mod)
    client.get(tag.get_absolute_url(), {"after": "x"})
    with django_assert_num_queries(6):  # the tag, its threads, their tags; what opens next; and the house's own name
        page = client.get(tag.get_absolute_url(), {"n": 1}).content.decode()
    assert page.count('class="thread"') == 20
    assert "?after=" in page


def test_a_board_has_its_own_order_and_template_and_asks_for_tags(board, thread, other, as_ada, stranger):
    board.sort, board.title_hint, board.needs_tags = "newest", "豆子、焙度", True
    board.body_template = "豆子、焙度和重量：\n水溫：\n喝起來像什麼："
    board.save()
    discussing.reply(thread=thread, author=thread.author, body="把它頂上來")
    page = stranger.get(board.get_absolute_url(), {"n": 1}).content.decode().replace("<wbr>", "")
    assert page.index(other.title) < page.index(thread.title)
    start = f"{board.get_absolute_url()}threads/"
    page = as_ada.get(start).content.decode()
    assert "豆子、焙度" in page
    assert "水溫：" in page
    answer = as_ada.post(start, {"title": "沒有標籤的新討論", "body": "忘了選標籤的開場。"})
    assert answer.status_code == 422
    assert "忘了選標籤的開場。" in answer.content.decode()
    # The template alone says nothing.
    told = {"title": "只送出範本的新討論", "body": board.body_template.replace("\n", "\r\n")}
    assert "多說一點" in as_ada.post(start, told).content.decode()


def test_a_board_that_became_part_of_another_leads_there(board, friends_board, thread, root, stranger, as_ada):
    moving.merge_boards(board=board, into=friends_board, by=root)
    assert stranger.get("/forum/boards/新手沖煮/").status_code == 404
    assert as_ada.get("/forum/boards/新手沖煮/")["Location"] == friends_board.get_absolute_url()
    assert not Board.objects.with_ids([board.pk])
    assert Tier.objects.exists()


def test_what_waits_and_what_was_begun_on_a_board_goes_along(board, thread, root, ben, chen, as_chen):
    away = Board.objects.create(slug="另一版", name="另一版", approval="all")
    start = f"{away.get_absolute_url()}threads/"
    as_chen.post(start, {"title": "等版主看的一串討論", "body": "這一串要先等版主看過"})
    said = {"version": 0, "title": "寫到一半的標題", "body": "寫到一半"}
    for member in (ben, chen):
        drafting.keep(member=member, place=away, **said)
    drafting.keep(member=chen, place=board, version=0, title="這裡的標題", body="原本\n\n就有", source="")
    brand, _made = Brand.objects.update_or_create(site=Site.objects.first(), defaults={"board": away})
    moving.merge_boards(board=away, into=board, by=root)
    assert Held.objects.get().board == board
    assert Draft.objects.get(member=ben).title == "寫到一半的標題"
    both = Draft.objects.get(member=chen)
    assert (both.title, both.body) == ("這裡的標題", "原本\n\n就有\n\n寫到一半的標題\n\n寫到一半")
    brand.refresh_from_db()
    assert brand.board == board
    # A page that was open goes on where the board is now.
    answer = as_chen.post(start, {"title": "還開著的那一頁送出的", "body": "看板已經併掉了才送出"})
    assert Thread.objects.get(title="還開著的那一頁送出的").board == board
    assert answer.status_code == 302


def test_words_in_two_manners_stand_in_one_field(board, chen, root):
    away = Board.objects.create(slug="另一版", name="另一版")
    drafting.keep(member=chen, place=board, version=0, body="粗的", source="<p><strong>粗的</strong></p>")
    drafting.keep(member=chen, place=away, version=0, title="a < b", body="平的")
    moving.merge_boards(board=away, into=board, by=root)
    assert Draft.objects.get().source == "<p><strong>粗的</strong></p><p>a &lt; b</p><p>平的</p>"


def test_only_an_empty_board_is_deleted_and_a_new_address_keeps_the_old_one(board, thread, as_root, stranger):
    empty = Board.objects.create(slug="空的", name="空的")
    bulk = f"/desk/bulk/forum/board/delete/?id={board.pk}&id={empty.pk}&next=/desk/snippets/forum/board/"
    assert as_root.post(bulk)["Location"] == f"/desk/board-order/{board.pk}/merger/"
    assert Board.objects.with_ids([board.pk, empty.pk]).count() == 2
    drafting.keep(member=thread.author, place=empty, version=0, body="寫到一半")
    assert "裡還有討論" in as_root.post(bulk, follow=True).content.decode()
    form = as_root.get(f"/desk/snippets/forum/board/edit/{board.pk}/").context["form"]
    told = {name: value for name in form.fields if (value := form[name].value()) not in (None, "", [])}
    former = board.get_absolute_url()
    assert (
        "已經有別的看板"
        in as_root.post(f"/desk/snippets/forum/board/edit/{board.pk}/", told | {"slug": "空的"}).content.decode()
    )
    assert as_root.post(f"/desk/snippets/forum/board/edit/{board.pk}/", told | {"slug": "手沖"}).status_code == 302
    board.refresh_from_db()
    assert stranger.get(former)["Location"] == board.get_absolute_url() != former
    # A board that takes a former address has it.
    Board.objects.with_ids([empty.pk]).update(slug="新手沖煮")
    assert stranger.get(former).status_code == 200
