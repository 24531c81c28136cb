"""One box for threads, posts, articles and people: what is found, in which order, by whom, and what is told of it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import now
from wagtail.models import Page, PageViewRestriction

from community.commons import lighting
from community.forum import discussing, finding, moderating, seeking, tasks, warming
from community.forum.hosting import tagging
from community.forum.kinds import opening
from community.forum.models import Findable, MissedSearch, Thread

SEARCH = "/forum/search/"


def keys(client, **asked):
    return [row.group.key for row in client.get(SEARCH, asked).context["found"].rows]


@pytest.fixture
def article(ada):
    page = Page.objects.get(depth=1).add_child(instance=Page(title="太酸多半不是豆子的錯", slug="found-article"))
    finding.note_article(page=page, title=page.title, words="先分清楚是哪一種酸。", author_id=ada.pk, at=now())
    return page


@pytest.mark.parametrize("question", ["衣索比亚", "衣索比亞", "酸到皱眉", "１５ｇ", "15g", "15 g"])
def test_either_script_and_either_width_find_the_same(question, thread, stranger):
    assert keys(stranger, q=question) == [f"thread-{thread.pk}"]


def test_a_thread_is_one_row_however_often_it_says_it(thread, ben, stranger):
    for n in range(3):
        discussing.reply(thread=thread, author=ben, body=f"磨豆機轉細半格 {n}", at=now())
    answer = stranger.get(SEARCH, {"q": "磨豆機"})
    assert [row.group.key for row in answer.context["found"].rows] == [f"thread-{thread.pk}"]
    assert f"?in={thread.pk}" in answer.content.decode()


def test_a_question_nobody_asked_in_these_words_finds_what_comes_closest(thread, stranger):
    answer = stranger.get(SEARCH, {"q": "衣索比亞太酸要怎麼救"})
    assert answer.context["found"].nearly
    assert [row.group.key for row in answer.context["found"].rows] == [f"thread-{thread.pk}"]


def test_what_is_called_so_stands_above_what_says_it(board, ada, ben, stranger):
    says = discussing.start(board=board, author=ben, title="今天喝了什麼好喝的", body="順便講磨豆機，我的磨豆機很吵。")
    called = discussing.start(board=board, author=ada, title="磨豆機該怎麼選", body="預算不多，想聽大家的意見。")
    assert keys(stranger, q="磨豆機") == [f"thread-{called.pk}", f"thread-{says.pk}"]


def test_newer_and_better_liked_posts_stand_above_older_ones(board, ada, ben, chen, stranger):
    old = discussing.start(board=board, author=ada, title="很久以前的一串", body="虹吸壺好玩嗎，想試試看。")
    new = discussing.start(board=board, author=ben, title="昨天才開的一串", body="虹吸壺好玩吧，想再試試。")
    Findable.objects.in_thread(old).update(at=now() - timedelta(days=900))
    assert keys(stranger, q="虹吸壺") == [f"thread-{new.pk}", f"thread-{old.pk}"]
    Findable.objects.in_thread(old).update(at=now())
    for member in (ben, chen, ada):
        discussing.react(post=old.posts.get(), member=member, kind="coffee")
    assert keys(stranger, q="虹吸壺") == [f"thread-{old.pk}", f"thread-{new.pk}"]


def test_articles_and_people_stand_in_the_same_box(article, thread, ada, stranger):
    ada.named_at = now()
    ada.save()
    assert f"article-{article.pk}" in keys(stranger, q="太酸")
    assert keys(stranger, q="Ada") == [f"member-{ada.pk}"]
    ada.name = "愛達"
    ada.save()
    assert keys(stranger, q="爱达", kind="member") == [f"member-{ada.pk}"]


def test_people_who_left_or_have_not_chosen_a_name_are_not_found(ada, ben, stranger):
    ben.named_at = None
    ben.save()
    assert keys(stranger, q="Ben") == []
    ada.named_at, ada.is_active = now(), False
    ada.save()
    assert keys(stranger, q="Ada") == []
    ada.is_active, ada.held_at = True, now()
    ada.save()
    assert keys(stranger, q="Ada") == []


def test_an_article_that_was_taken_down_or_shut_is_not_found(article, stranger):
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert keys(stranger, q="哪一種酸") == []
    restriction.delete()
    assert keys(stranger, q="哪一種酸") == [f"article-{article.pk}"]
    article.live = False
    article.save()
    assert keys(stranger, q="哪一種酸") == []


@pytest.mark.parametrize(("who", "finds"), [("stranger", 0), ("as_chen", 0), ("as_ada", 1), ("as_mod", 1)])
def test_a_closed_board_is_searched_by_those_who_may_see_it(who, finds, friends_thread, request):
    client = request.getfixturevalue(who)
    for asked in ({"q": "試喝筆記"}, {"q": "外傳", "kind": "post"}, {"q": "肯亞 外傳 試喝"}):
        assert len(keys(client, **asked)) == finds
    suggested = client.get("/forum/search/suggestions/", {"q": "試喝"}).content.decode()
    assert (friends_thread.get_absolute_url() in suggested) == bool(finds)
    assert client.get(SEARCH, {"q": "外傳", "in": friends_thread.pk}).status_code == (200 if finds else 404)


@pytest.mark.parametrize("who", ["stranger", "as_ada", "as_mod"])
def test_what_was_taken_away_is_found_by_nobody(who, thread, ben, mod, request):
    client = request.getfixturevalue(who)
    said = discussing.reply(thread=thread, author=ben, body="曼特寧也會酸嗎")
    assert keys(client, q="曼特寧")
    moderating.remove(post=said, by=mod)
    assert keys(client, q="曼特寧") == []
    moderating.remove_thread(thread=thread, by=mod)
    assert keys(client, q="皺眉") == []
    assert thread.get_absolute_url() not in client.get("/forum/search/suggestions/?q=皺眉").content.decode()


def test_what_waits_for_somebody_to_join_is_found_by_nobody(thread, stranger, as_mod):
    stranger.post(f"/forum/threads/{thread.pk}/posts/", {"body": "還沒加入的人寫的薇薇特南果"})
    assert keys(as_mod, q="薇薇特南果") == []


def test_a_search_is_narrowed_in_its_address(thread, regulars_board, ada, ben, as_ben, stranger):
    other = discussing.start(board=regulars_board, author=ben, title="常客這邊也聊皺眉的事", body="這裡也有人皺眉。")
    assert len(keys(stranger, q="皺眉")) == 2
    assert keys(stranger, q="皺眉", board=regulars_board.slug) == [f"thread-{other.pk}"]
    assert keys(stranger, q="皺眉", by="ada") == [f"thread-{thread.pk}"]
    assert keys(as_ben, q="皺眉", mine="1") == [f"thread-{other.pk}"]
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    assert keys(stranger, q="皺眉", since=tomorrow) == []
    assert len(keys(stranger, q="皺眉", until=tomorrow)) == 2
    assert keys(stranger, q="皺眉", kind="article") == []


def test_filters_stack_are_named_and_dropped_one_by_one(board, ada, ben, mod, as_ben, stranger):
    ada.named_at = now()
    ada.save()
    told = {"title": "皺眉的時候水溫多少", "body": "想知道大家怎麼調。", "kind": "question"}
    asked = opening.start(board=board, author=ada, **told)
    tagging.put(thread=asked, names=[tagging.make(name="水溫", by=mod).name], by=ada)
    discussing.start(board=board, author=ada, title="皺眉也沒關係的一天", body="喝得開心就好。")
    discussing.reply(thread=asked, author=ben, body="我皺眉的時候會降兩度")
    filters = {"kind": "question", "answered": "no", "board": board.slug, "tag": "水溫", "author": "＠Ada"}
    days = {"since": "2020-01-01", "until": "2190-01-01"}
    page = stranger.get(SEARCH, {"q": "皺眉", **filters, **days})
    assert [row.group.key for row in page.context["found"].rows] == [f"thread-{asked.pk}"]
    on = {each.name: each for each in page.context["filters"]}
    assert len(on) == 7
    for name, value in filters.items():
        assert keys(stranger, q="皺眉", **{name: value}) == [f"thread-{asked.pk}"] or name in {"board", "author"}
    without = {each.without for each in page.context["filters"]}
    assert len(without) == 7
    assert all("q=" in each and each.count("=") == 7 for each in without)
    assert keys(stranger, q="皺眉", **filters | {"answered": "yes"}) == []
    assert keys(stranger, q="皺眉", kind="poll", answered="no") == [], "no poll waits for an answer"
    assert keys(as_ben, q="皺眉", mine="1", **{"in": asked.pk}) == [f"post-{asked.posts.last().pk}"]
    assert keys(stranger, q="皺眉", author="ada", **{"in": asked.pk}) == []


def test_a_filter_that_cannot_be_is_said_and_an_empty_one_leaves_the_address(thread, stranger):
    told = stranger.get(SEARCH, {"q": "皺眉", "author": "nobody", "tag": "沒有", "kind": "x", "mine": "1"})
    assert len(told.context["form"].wrong()) == 4
    assert "這裡沒有人叫「nobody」。" in told.content.decode()
    assert [row.group.key for row in told.context["found"].rows] == [f"thread-{thread.pk}"]
    answer = stranger.get(f"{SEARCH}?q=%E7%9A%BA&board=&kind=&author=+&until=")
    assert (answer.status_code, answer["Location"]) == (302, f"{SEARCH}?q=%E7%9A%BA")


@pytest.mark.parametrize("name", ["kind", "board", "by", "since", "until", "mine", "in", "after"])
@pytest.mark.parametrize("value", ["x", "-1", "9999999999999999999999", "%FF", "0001-01-01", "9999-12-31"])
def test_a_damaged_filter_is_no_accident(name, value, thread, stranger):
    assert stranger.get(f"{SEARCH}?q=皺眉&{name}={value}").status_code in {200, 404}


def test_one_thread_is_searched_alone(thread, regulars_thread, ben, stranger):
    said = discussing.reply(thread=thread, author=ben, body="常客都這樣磨")
    assert keys(stranger, q="常客", **{"in": thread.pk}) == [f"post-{said.pk}"]


@pytest.mark.parametrize(
    ("asked", "said"), [({"q": "☕ !!"}, "cannot be searched"), ({"kind": "question"}, "Write a word too")]
)
def test_it_is_said_what_is_missing_where_nothing_can_be_found_by(asked, said, thread, stranger):
    answer = stranger.get(SEARCH, asked, headers={"Accept-Language": "en"}).content.decode()
    assert said in answer
    assert "Nobody has written" not in answer


def test_what_was_searched_is_lit_however_it_was_written():
    assert lighting.lit("臺中的Ｖ６０濾杯", "台中 v60") == "<mark>臺中</mark>的<mark>Ｖ６０</mark>濾杯"
    assert lighting.lit("衣索比亞", "衣索比亚") == "<mark>衣索比亞</mark>"
    assert lighting.lit("用 V-60，不是 Vacuum，60 秒", "V60 濾杯") == "用 <mark>V-60</mark>，不是 Vacuum，60 秒"
    assert lighting.lit("Ｖ６０的濾杯", "v60濾杯") == "<mark>Ｖ６０</mark>的<mark>濾杯</mark>"
    assert lighting.lit("<script>酸</script>", "酸") == "&lt;script&gt;<mark>酸</mark>&lt;/script&gt;"
    assert lighting.lit("a<b>c", "<b>") == "a&lt;<mark>b</mark>&gt;c"
    assert "<mark>悶蒸</mark>" in lighting.around("水" * 300 + "悶蒸三十秒" + "水" * 300, "悶蒸")


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>", "'; DROP TABLE--", "\\' & !", "a:*|b", "：＊", "ﷺ" * 20]
)
def test_no_question_breaks_the_search_or_runs(question, thread, stranger):
    answer = stranger.get(SEARCH, {"q": question})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_suggestions_name_threads_boards_and_people(thread, board, ada, stranger):
    ada.named_at = now()
    ada.save()
    get = lambda words: stranger.get("/forum/search/suggestions/", {"q": words}, headers={"HX-Request": "true"})  # noqa: E731
    assert thread.get_absolute_url() in get("衣索").content.decode()
    assert board.get_absolute_url() in get("新手").content.decode()
    assert ada.get_absolute_url() in get("ad").content.decode()
    assert "<html" not in get("衣索").content.decode()
    assert "<html" in stranger.get("/forum/search/suggestions/?q=衣索").content.decode()


def test_a_search_in_vain_is_counted_by_its_words_and_day(
    thread, stranger, django_capture_on_commit_callbacks, monkeypatch
):
    queued = []
    monkeypatch.setattr(tasks.count_missed, "delay_on_commit", queued.append)
    for question in ("手搖飲料店", "手搖飲料店", "me@mail.example", "0912 345 678", "太" * 60, "皺眉"):
        stranger.get(SEARCH, {"q": question})
    assert queued == ["手搖飲料店", "手搖飲料店"]
    for words in queued:
        tasks.count_missed(words)
    assert MissedSearch.objects.get().times == 2


def test_old_misses_are_let_go(db):
    MissedSearch.objects.create(words="舊的", day=(now() - timedelta(days=100)).date())
    MissedSearch.objects.create(words="新的", day=now().date())
    tasks.forget_missed()
    assert [row.words for row in MissedSearch.objects.all()] == ["新的"]


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 302), ("as_ada", 403), ("as_mod", 200), ("as_mark", 200), ("as_edda", 200)]
)
def test_misses_are_read_at_the_desk(who, status, request, db):
    MissedSearch.objects.create(words="手搖飲", day=now().date(), times=3)
    answer = request.getfixturevalue(who).get("/desk/searches/")
    assert answer.status_code == status
    assert ("手搖飲" in answer.content.decode()) == (status == 200)


def test_the_index_is_made_again_from_where_it_was_left(thread, friends_thread, ada, stranger, capsys):
    Findable.objects.posts().delete()
    Findable.objects.update(version=1, words="'nothing':1", board=None)
    assert keys(stranger, q="皺眉") == []
    assert finding.is_behind()
    finding.rebuild(most=1, size=1)
    finding.rebuild(most=100, size=2)
    assert keys(stranger, q="皺眉") == [f"thread-{thread.pk}"]
    assert not Findable.objects.posts().older_than(finding.VERSION).exists()
    assert Findable.objects.posts().count() == 2
    ada.named_at = now()
    ada.save()
    call_command("rebuild_index", all=True, batch=1)
    assert keys(stranger, q="Ada") == [f"member-{ada.pk}"]


def test_heat_is_the_same_counted_up_or_measured(thread, ben, ada, chen):
    for n, who in enumerate((ben, ada, chen)):
        post = discussing.reply(thread=thread, author=who, body=f"第 {n} 則，聊一下", at=now() + timedelta(hours=n))
    discussing.react(post=post, member=ben, kind="coffee", at=now() + timedelta(hours=5))
    thread.refresh_from_db()
    assert thread.heat == pytest.approx(warming.measure(thread), abs=0.01)
    discussing.react(post=post, member=ben, kind="coffee", at=now() + timedelta(hours=6))
    cooler = Thread.objects.get(pk=thread.pk)
    assert cooler.heat < thread.heat


def test_what_is_talked_about_more_is_hotter_than_what_is_merely_newer(board, ada, ben, chen, stranger):
    busy = discussing.start(board=board, author=ada, title="大家一直在回的那串", body="你們都用幾度水沖呢？", at=now())
    for n in range(6):
        discussing.reply(thread=busy, author=(ben, chen)[n % 2], body=f"我用 {90 + n} 度", at=now())
    discussing.start(
        board=board, author=ada, title="剛剛才開的那一串", body="還沒有人回的一串。", at=now() + timedelta(minutes=5)
    )
    shown = [thread.pk for thread in stranger.get("/forum/hot/").context["threads"]]
    latest = [thread.pk for thread in stranger.get("/forum/").context["threads"]]
    assert shown[0] == busy.pk
    assert latest[-1] == busy.pk


def test_unread_and_mine_are_each_members_own(
    as_chen, chen, thread, regulars_thread, friends_thread, as_ada, ben, stranger
):
    rows = lambda client, place: {row.pk for row in client.get(f"/forum/{place}/").context["threads"]}  # noqa: E731
    assert rows(as_chen, "unread") == {thread.pk, regulars_thread.pk}
    discussing.mark_read(member=chen, thread=thread, number=1)
    assert rows(as_chen, "unread") == {regulars_thread.pk}
    discussing.reply(thread=thread, author=ben, body="又有人說話了")
    assert thread.pk in rows(as_chen, "unread")
    assert rows(as_chen, "mine") == set()
    discussing.reply(thread=thread, author=chen, body="我也說一句話")
    assert rows(as_chen, "mine") == {thread.pk}
    assert friends_thread.pk in rows(as_ada, "mine")
    for place in ("unread", "mine"):
        assert stranger.get(f"/forum/{place}/").status_code == 302


def test_everybody_is_reading_shows_what_each_may_see(thread, friends_thread, ben, chen, ada, host, stranger, as_ada):
    for who in (ben, chen, host):
        discussing.mark_read(member=who, thread=thread, number=1)
    discussing.mark_read(member=host, thread=friends_thread, number=1)
    seen = lambda client: {each.pk: many for each, many in client.get("/forum/").context["watched"]}  # noqa: E731
    assert seen(stranger) == {thread.pk: 4}
    assert seen(as_ada) == {thread.pk: 4, friends_thread.pk: 2}


def test_while_a_title_is_written_discussions_that_are_called_nearly_so_are_offered(
    as_ben, as_ada, stranger, thread, friends_thread, django_assert_max_num_queries
):
    address = "/forum/search/similar/"
    for title in ("酸到", "水洗酸到皺眉，大家怎麼救的", "衣索比亞"):
        with django_assert_max_num_queries(22):
            page = as_ben.get(address, {"q": title}, headers={"HX-Request": "true"}).content.decode()
        assert thread.get_absolute_url() in page, title
        assert "<html" not in page
    # By the reader's rights, and by nobody's in particular for whoever may not start one.
    assert friends_thread.get_absolute_url() in as_ada.get(address, {"q": "肯亞的試喝"}).content.decode()
    assert friends_thread.get_absolute_url() not in as_ben.get(address, {"q": "肯亞的試喝"}).content.decode()
    assert stranger.get(address, {"q": "酸到"}).status_code == 302
    assert (
        'class="similar"' not in as_ben.get(address, {"q": "完全無關"}, headers={"HX-Request": "true"}).content.decode()
    )


def test_the_newest_months_are_looked_through_first_and_nothing_older_is_lost(thread, ada, monkeypatch):
    monkeypatch.setattr(seeking, "MOST_POSTS", 3)
    monkeypatch.setattr(seeking, "FEW", 1)
    days = (0, 1, 40, 200, 900)
    posts = [
        discussing.reply(thread=thread, author=ada, body=f"第{n}次說到藍山咖啡豆", at=now() - timedelta(days=each))
        for n, each in enumerate(days)
    ]

    def found(words, **more):
        rows = seeking.seek(seeking.Question(words, kind="post", **more), ada).rows
        return {row.post.pk for row in rows}

    # Where there is more than is weighed, the newest are; by the end of the days that were asked for.
    assert found("藍山咖啡豆") == {post.pk for post in posts[:3]}
    assert found("藍山咖啡豆", before=now() - timedelta(days=30)) == {post.pk for post in posts[2:]}
    assert posts[4].pk in found("第4次說到")


def test_a_letter_alone_is_found_as_a_beginning_and_a_number_only_as_a_name(thread, ada, ben, stranger, monkeypatch):
    monkeypatch.setattr(seeking, "FEW", 0)
    old = discussing.reply(thread=thread, author=ben, body="藍山豆子，水溫 150", at=now() - timedelta(days=900))
    new = discussing.reply(thread=thread, author=ben, body="藍山豆子，手沖壺")

    def found(words):
        """Posts that say all of it."""
        rows = seeking.seek(seeking.Question(words, kind="post"), ada).rows
        return [row.post for row in rows if not row.group.is_near]

    assert found("水溫 150") == found("藍山 水 豆子") == found("溫") == [old]
    assert found("藍 沖") == [new]
    assert found("藍山 沖 水") == found("水溫 15") == []
    ada.named_at, ada.handle, ada.handle_folded = now(), "bean1534", "bean1534"
    ada.save()
    assert keys(stranger, q="bean15") == [f"member-{ada.pk}"]


def test_in_the_first_days_of_a_month_the_one_before_is_looked_through_too():
    ends = [[months for _reached, months in seeking._spans(now().replace(day=day))] for day in (1, 20)]
    assert ends == [[2, 4, 16], [1, 4, 16]]
