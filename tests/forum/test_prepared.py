"""Questions whose SQL is made once: they find what the plain ones find, and cannot be put wrongly."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.utils.timezone import now

from community.commons.prepared import Prepared
from community.forum import discussing
from community.forum.models import Pin, Post, Thread


def test_it_finds_what_the_plain_question_finds_and_makes_its_sql_once(thread, ada, ben, monkeypatch):
    said = discussing.reply(thread=thread, author=ben, body="第二則，比較晚說的")
    asked = Prepared(
        lambda author, since: (
            Post.objects.for_reading().of_author(author).exclude(made_at__lt=since).order_by("-pk")[:5]
        ),
        author=int,
        since=datetime,
    )
    early = now() - timedelta(days=1)
    assert asked(author=ada.pk, since=early) == list(thread.posts.openings())
    monkeypatch.setattr(SQLCompiler, "setup_query", None)  # from here on, no SQL could be made
    found = asked.first(author=ben.pk, since=early)
    assert (found, found.author, found.author.tier, found.tally) == (said, ben, ben.tier, {})
    assert asked(author=ben.pk, since=now()) == []
    assert asked.first(author=ben.pk, since=now()) is None


@pytest.mark.parametrize("planned", [True, False])
def test_its_plan_is_made_once_in_a_connection_where_that_is_wanted(thread, settings, planned):
    settings.PREPARED_STATEMENTS = planned
    asked = Prepared(lambda pk: Thread.objects.with_ids([pk]), pk=int)
    before = _plans()
    assert [asked(pk=pk) for pk in (thread.pk, 70_000, 5_000_000_000)] == [[thread], [], []]
    assert Thread.objects.with_ids([thread.pk]).count() == 1  # as any other question: nothing is kept of it
    assert _plans() - before == int(planned)


def _plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def test_a_number_that_no_row_can_have_is_not_even_asked_for(thread, django_assert_num_queries):
    asked = Prepared(lambda pk: Thread.objects.with_ids([pk]), pk=int)
    assert asked(pk=thread.pk) == [thread]
    with django_assert_num_queries(0):
        assert asked(pk=10**30) == []
        with pytest.raises(Thread.DoesNotExist):
            asked.get(pk=10**30)


def test_what_would_be_made_anew_each_time_or_depends_on_nothing_is_refused(thread):
    with pytest.raises(TypeError, match="since"):
        Prepared(lambda pk, since: Thread.objects.with_ids([pk]), pk=int, since=datetime)(pk=1, since=now())
    with pytest.raises(TypeError, match="fetched besides"):
        Prepared(lambda pk: Thread.objects.with_ids([pk]).prefetch_related("tags"), pk=int)(pk=1)


@pytest.mark.parametrize("address", ["/forum/", "/forum/hot/", "board"])
def test_a_members_list_is_what_the_plain_question_finds(address, as_chen, chen, mod, thread, board, monkeypatch):
    threads = [
        discussing.start(board=board, author=mod, title=f"第 {n} 串聊天", body="隨便說點什麼都好") for n in range(26)
    ]
    for one in threads[3:5]:
        Pin.objects.create(thread=one, everywhere=True, by=mod)
    for one in threads[10:20]:
        discussing.reply(thread=one, author=mod, body="說得好，我也這麼想")
    discussing.mark_read(member=chen, thread=threads[12], number=1)
    address = board.get_absolute_url() if address == "board" else address
    shown = as_chen.get(address).context
    top = [one.pk for one in shown["pinned"]]
    assert top == ([] if address == "/forum/hot/" else [threads[4].pk, threads[3].pk])
    key = ("-heat", "-pk") if address == "/forum/hot/" else ("-stirred_at", "-pk")
    plain = list(Thread.objects.listed_to(chen).for_rows(chen).exclude(pk__in=top).order_by(*key))
    rows = shown["threads"].rows
    assert rows == plain[:20]
    assert [row.unread for row in rows] == [row.unread for row in plain[:20]]
    after = as_chen.get(address, {"after": shown["threads"].next}).context["threads"].rows
    assert [one for one in after if one.pk not in top] == plain[20:]
    monkeypatch.setattr(SQLCompiler, "get_select", _told_of_threads(SQLCompiler.get_select))
    as_chen.get(address)


def _told_of_threads(get_select):
    def told(compiler, *words, **more):
        assert "unread" not in compiler.query.annotations, "the rows were put together anew"
        return get_select(compiler, *words, **more)

    return told
