"""Drafts: on every device of their author, never lost to another, and gone with the post they become."""

import uuid
from datetime import timedelta

import pytest
from django.utils.timezone import now

from community.forum import moderating, picturing, tasks
from community.forum.models import Draft, Held, Picture, Post
from tests.forum.test_pictures import _own_folder, drawn, sent  # noqa: F401 (files in a folder of the test's own)

SAVING = {"Sec-Fetch-Site": "same-origin"}


def saved(client, place, version=0, hand=None, **fields):
    told = {"draft": version, "hand": hand or uuid.uuid4(), **fields}
    return client.post(f"/forum/{place}/draft/", told, headers=SAVING)


@pytest.fixture
def here(thread):
    return f"threads/{thread.pk}"


def test_what_one_device_saved_another_goes_on_with_and_an_older_version_is_answered_with_the_newer(
    as_ben, here, thread, django_assert_max_num_queries
):
    first = saved(as_ben, here, body="水溫降到", reply_to="")
    assert first.status_code == 200
    page = as_ben.get(f"/forum/{here}/").content.decode()
    assert "水溫降到</textarea>" in page
    assert f'name="draft" value="{first.json()["version"]}"' in page

    second = saved(as_ben, here, first.json()["version"], body="水溫降到 89 度")
    assert second.json()["version"] > first.json()["version"]
    late = saved(as_ben, here, first.json()["version"], body="水溫升到 95 度")
    assert late.status_code == 409
    assert late.json()["fields"]["body"] == "水溫降到 89 度"
    assert late.json()["version"] == second.json()["version"]
    assert Draft.objects.get().body == "水溫降到 89 度"
    # Chosen to stay with one's own, the newer one is written over knowingly.
    assert saved(as_ben, here, late.json()["version"], body="水溫升到 95 度").status_code == 200
    with django_assert_max_num_queries(12):
        as_ben.get(f"/forum/{here}/")


def test_a_page_is_never_in_conflict_with_itself_and_words_that_are_alike_never_at_all(as_ben, here):
    hand = uuid.uuid4()
    saved(as_ben, here, hand=hand, body="第一句")  # its answer was lost
    assert saved(as_ben, here, 0, hand=hand, body="第一句，第二句").status_code == 200
    assert saved(as_ben, here, 0, body="第一句，第二句").status_code == 200
    assert saved(as_ben, here, 0, body="別的").status_code == 409


def test_publishing_takes_the_draft_along_and_what_is_emptied_is_no_draft(as_ben, ben, here, thread, board):
    version = saved(as_ben, here, body="先降水溫").json()["version"]
    as_ben.post(f"/forum/{here}/posts/", {"body": "先降水溫", "draft": version}, headers=SAVING)
    assert not Draft.objects.exists()

    # Sent while a save was still under way: neither before nor after it does a draft of it stay.
    key = uuid.uuid4()
    saved(as_ben, here, body="再磨粗一點", key=key)
    as_ben.post(f"/forum/{here}/posts/", {"body": "再磨粗一點", "key": key, "draft": 0}, headers=SAVING)
    assert not Draft.objects.exists()
    assert saved(as_ben, here, body="再磨粗一點", key=key).json() == {"version": 0, "sent": True}
    assert not Draft.objects.exists()

    # A newer one from another device stays when an older one is sent; a refused reply takes nothing along.
    older = saved(as_ben, here, body="舊的").json()["version"]
    saved(as_ben, here, older, body="新的，還沒寫完")
    as_ben.post(f"/forum/{here}/posts/", {"body": "舊的話先送", "draft": older}, headers=SAVING)
    assert Draft.objects.get().body == "新的，還沒寫完"
    as_ben.post(f"/forum/{here}/posts/", {"body": "", "draft": Draft.objects.get().version}, headers=SAVING)
    assert saved(as_ben, here, Draft.objects.get().version, body=" ").json() == {"version": 0}
    assert not Draft.objects.exists()

    place = f"boards/{board.slug}"
    told = {"title": "濾杯怎麼挑才好？", "body": "錐形跟平底差在哪裡？", "kind": "poll", "options": "錐形\n平底"}
    version = saved(as_ben, place, tags="器材", **told).json()["version"]
    page = as_ben.get(f"/forum/{place}/threads/").content.decode()
    for words in ("濾杯怎麼挑才好？", "錐形跟平底差在哪裡？", "錐形\n平底", 'value="器材"', 'value="poll" checked'):
        assert words in page
    as_ben.post(f"/forum/{place}/threads/", {**told, "draft": version}, headers=SAVING)
    assert not Draft.objects.exists()
    assert Post.objects.of_author(ben).latest("pk").thread.kind == "poll"


def test_words_that_wait_for_a_host_are_no_draft_any_more(as_chen, chen, here):
    chen.held_at = now()
    chen.save()
    version = saved(as_chen, here, body="新朋友的第一句").json()["version"]
    as_chen.post(f"/forum/{here}/posts/", {"body": "新朋友的第一句", "draft": version}, headers=SAVING)
    assert Held.objects.get().body == "新朋友的第一句"
    assert not Draft.objects.exists()


def test_nobody_else_reaches_a_draft_nor_writes_one_where_they_may_not_read(
    stranger, as_ada, as_ben, ada, friends_thread, here
):
    saved(as_ada, f"threads/{friends_thread.pk}", body="給老友的半句話")
    saved(as_ada, here, body="給大家的半句話")
    hers = Draft.objects.latest("pk")
    assert saved(as_ben, f"threads/{friends_thread.pk}", body="進不來").status_code == 404
    assert as_ben.get(f"/forum/threads/{friends_thread.pk}/draft/").status_code == 404
    assert as_ben.get(f"/forum/{here}/draft/").json() == {"version": 0}
    for method in ("get", "post"):
        assert (
            getattr(as_ben, method)(f"/forum/drafts/{hers.pk}/", {"undo": 1} if method == "post" else {}).status_code
            == 404
        )
    assert "給" not in as_ben.get("/forum/drafts/").content.decode().split("<main")[1].split("</main")[0]
    for path in ("drafts/", f"drafts/{hers.pk}/", f"{here}/draft/"):
        assert stranger.get(f"/forum/{path}").status_code == 302
    assert "半句話" not in stranger.get(f"/forum/{here}/").content.decode()
    assert Draft.objects.count() == 2


def test_ones_drafts_are_listed_gone_on_with_and_discarded(
    as_ada, here, thread, friends_thread, board, mod, django_assert_max_num_queries
):
    saved(as_ada, here, body="第一份")
    saved(as_ada, f"threads/{friends_thread.pk}", body="第二份")
    saved(as_ada, f"boards/{board.slug}", title="第三份的標題", body="")
    with django_assert_max_num_queries(12):
        page = as_ada.get("/forum/drafts/").content.decode()
    assert page.index("第三份的標題") < page.index("第二份") < page.index("第一份")
    first = Draft.objects.in_thread(thread).get()
    assert as_ada.get(f"/forum/drafts/{first.pk}/").url == f"{thread.get_absolute_url()}#reply"
    # A place that has shut meanwhile names nothing of itself; the words are their author's.
    moderating.remove_thread(thread=friends_thread, by=mod)
    second = Draft.objects.in_thread(friends_thread).get()
    assert friends_thread.title not in as_ada.get("/forum/drafts/").content.decode()
    shut = as_ada.get(f"/forum/drafts/{second.pk}/").content.decode()
    assert "第二份" in shut
    assert friends_thread.title not in shut
    as_ada.post(f"/forum/drafts/{second.pk}/", {"undo": 1}, headers=SAVING)
    assert Draft.objects.count() == 2


def test_too_much_is_refused_and_what_lies_too_long_is_let_go_with_its_pictures(as_ben, here, ben):
    assert saved(as_ben, here, body="長" * 90_000).status_code == 413
    assert not Draft.objects.exists()
    told = sent(as_ben, drawn()).json()
    saved(as_ben, here, body="有圖", source=f'<p>有圖</p><img data-picture="{told["id"]}" alt="杯子">')
    Picture.objects.update(made_at=now() - timedelta(days=10))
    picturing.sweep()
    assert Picture.objects.exists()
    Draft.objects.update(at=now() - timedelta(days=91))
    tasks.sweep_drafts()
    assert not Draft.objects.exists()
    picturing.sweep()
    assert not Picture.objects.exists()


def test_a_change_of_a_post_is_kept_for_other_devices_until_it_is_saved_or_left(
    as_ada, as_ben, as_mod, stranger, post, chen
):
    place, words = f"posts/{post.pk}", f"/forum/posts/{post.pk}/words/"
    assert stranger.post(f"/forum/{place}/draft/", {"body": "換掉"}).status_code == 302
    for client in (as_ben, as_mod):
        assert {client.get(f"/forum/{place}/draft/").status_code, saved(client, place, body="換").status_code} == {403}
    assert saved(as_ada, place, body=post.body, base=0).json() == {"version": 0}  # as it stands
    first = saved(as_ada, place, body="改到一半的話", base=0).json()["version"]
    page = as_ada.get(words).content.decode()
    assert "改到一半的話</textarea>" in page
    assert f'name="draft" value="{first}"' in page
    second = saved(as_ada, place, first, body="另一台又改了", base=0).json()["version"]
    late = saved(as_ada, place, first, body="這一台不知道", base=0)
    assert (late.status_code, late.json()["fields"]["body"]) == (409, "另一台又改了")
    listed = as_ada.get("/forum/drafts/", headers={"Accept-Language": "zh-TW"}).content.decode()
    assert f"修改你在「{post.thread.title}」的留言" in listed
    assert as_ada.get(f"/forum/drafts/{Draft.objects.get().pk}/").url == words

    # Saved, it is gone; and so is the copy of a save that was still under way.
    as_ada.post(f"/forum/{place}/", {"body": "另一台又改了", "base": 0, "draft": second}, headers=SAVING)
    assert not Draft.objects.exists()
    assert saved(as_ada, place, body="另一台又改了").json() == {"version": 0}
    for leave in (as_ada.delete, lambda address: as_ada.post(address, {"undo": "1"}, headers=SAVING)):
        saved(as_ada, place, body="又想改一次", base=0)
        assert Draft.objects.exists()
        assert leave(f"/forum/{place}/draft/").status_code in {200, 302}
        assert not Draft.objects.exists()
    post.refresh_from_db()
    assert post.body == "另一台又改了"

    # Changed elsewhere since the draft was begun: nothing is overwritten unseen.
    saved(as_ada, place, body="照舊的那版改的", base=0)
    page = as_ada.get(words).content.decode()
    assert 'name="base" value="0"' in page
    told = {"body": "照舊的那版改的", "base": 0, "draft": Draft.objects.get().version}
    assert as_ada.post(f"/forum/{place}/", told, headers=SAVING).status_code == 409
    assert Draft.objects.exists()
