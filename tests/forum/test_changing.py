"""Changing and taking back: history, two versions at once, posts that hosts move meanwhile, and the way back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from community.commons import differing
from community.forum import discussing, moderating
from community.forum.hosting import splitting
from community.forum.models import Post, Revision

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("我覺得這支豆子很好喝", "我覺得那一支豆子真好喝", ["這", "很"], ["那一", "真"]),
        ("92 度、15 g，酸還是很衝。", "90 度、15 g，酸還是很衝。", ["92"], ["90"]),
        ("Grind it finer, please.", "Grind it coarser, please.", ["finer"], ["coarser"]),
        ("第一句。第二句。", "第一句。\n第二句！", ["。"], ["\n", "！"]),
        ("", "從無到有", [], ["從無到有"]),
    ],
)
def test_a_change_is_told_by_characters_and_by_words(before, after, gone, come):
    pieces = differing.changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "come") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert [piece.text for piece in pieces if piece.kind == "gone"] == gone
    assert [piece.text for piece in pieces if piece.kind == "come"] == come


@pytest.mark.parametrize(("one", "two"), [("啊。", "喔。啊。"), ("ab ", "b a "), ("的一是在", "在是一的")])
def test_texts_made_to_be_slow_to_compare_are_not(one, two):
    began = now()
    differing.changes(one * (20_000 // len(one)), two * (20_000 // len(two)))
    assert now() - began < timedelta(seconds=10)


def test_how_a_post_was_changed_is_for_its_author_and_hosts(as_ada, as_mod, as_chen, stranger, post):
    address = f"/forum/posts/{post.pk}/history/"
    Post.objects.update(made_at=now() - timedelta(minutes=10))
    as_ada.post(f"/forum/posts/{post.pk}/", {"body": "90 度、15 g、1:15，酸還是很衝。"})
    for client in (as_ada, as_mod):
        page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
        assert "92" in page.split("<del>")[1].split("</del>")[0]
        assert "put in:" in page
        assert "first five minutes" not in page
    assert as_chen.get(address).status_code == stranger.get(address).status_code == 404
    shown = stranger.get(post.thread.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert "edited <time" in shown
    assert "92 度" not in shown


def test_words_changed_elsewhere_meanwhile_are_not_overwritten_unseen(as_ada, post):
    address, form = f"/forum/posts/{post.pk}/", as_ada.get(f"/forum/posts/{post.pk}/words/")
    base = form.context["form"]["base"].value()
    assert as_ada.post(address, {"body": "在手機上改的字", "base": base}).status_code == 302
    for headers in ({}, HTMX):
        answer = as_ada.post(address, {"body": "在電腦上改的字", "base": base}, headers=headers)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "在電腦上改的字" in page
        assert "<del>" in page
        assert "手機" in page
    # The same words once more are the second press of a button, and no conflict.
    assert as_ada.post(address, {"body": "在手機上改的字", "base": base}).status_code == 302
    newest = str(Revision.objects.latest_of(post))
    assert f'name="base" value="{newest}"' in page
    assert as_ada.post(address, {"body": "在電腦上改的字", "base": newest}).status_code == 302
    assert post.revisions.count() == 2


def test_a_post_that_hosts_split_off_meanwhile_is_still_changed(thread, ada, ben, mod):
    """Each of these had found the post in its former thread when the host was quicker."""
    stale = discussing.reply(thread=thread, author=ben, body="這一則等一下會被搬走")
    made = splitting.split(thread=thread, by=mod, posts=[stale], title="搬出去的另一串討論")
    stale.thread = thread
    assert discussing.edit(post=stale, author=ben, body="搬走之後才存的字").thread == made
    stale.thread = thread
    discussing.react(post=stale, member=ada, kind="heart")
    stale.thread = thread
    moderating.remove(post=stale, by=ben)
    stale.thread = thread
    moderating.restore(post=stale, by=ben)
    thread.refresh_from_db()
    made.refresh_from_db()
    assert (thread.posts_count, made.posts_count, made.last_said) == (1, 1, "搬走之後才存的字")
    assert Post.objects.get(pk=stale.pk).tally == {"heart": 1}


def test_taking_back_offers_the_way_back_and_forgets_nothing(as_chen, as_ben, stranger, thread, chen):
    post = discussing.reply(thread=thread, author=chen, body="一時衝動寫下的話")
    discussing.reply(thread=thread, author=chen, body="下一句還在")
    address, target = f"/forum/posts/{post.pk}/removal/", {**HTMX, "HX-Target": f"post-{post.pk}"}
    for _ in range(2):  # a second press changes nothing
        answer = as_chen.post(address, headers=target).content.decode()
        assert "<undo-bar" in answer
        assert post.body not in answer
    thread.refresh_from_db()
    assert (thread.posts_count, thread.last_number) == (2, 3)
    assert post.body not in stranger.get(thread.get_absolute_url()).content.decode()
    assert as_ben.post(address, {"undo": "1"}).status_code == 410
    for _ in range(2):
        answer = as_chen.post(address, {"undo": "1"}, headers=target).content.decode()
        assert post.body in answer
        assert "<undo-bar" not in answer
    thread.refresh_from_db()
    assert thread.posts_count == 3
    assert list(thread.posts.order_by("number").values_list("pk", flat=True))[1] == post.pk
    assert post.body in stranger.get(thread.get_absolute_url()).content.decode()
    # Without script one is led to a page that offers the same.
    page = as_chen.get(as_chen.post(address)["Location"])
    assert 'name="undo"' in page.content.decode()
