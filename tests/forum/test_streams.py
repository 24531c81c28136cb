"""What open pages hear: every change of a thread, in order, in both languages, and only where it may be seen."""

import pytest

from community.forum import access, discussing, moderating
from community.live import publishing


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    def hear(verb, **told):
        with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
            verb(**told)
        return frames

    return hear


def test_each_change_is_one_numbered_frame(heard, thread, post, ben, mod, ada):
    changes = [
        heard(discussing.reply, thread=thread, author=ben, body="我也想知道答案"),
        heard(discussing.react, post=post, member=ben, kind="coffee"),
        heard(discussing.edit, post=post, author=ada, body="92 度、16 g，酸還是很衝。"),
        heard(moderating.remove, post=post, by=mod),
        heard(moderating.restore, post=post, by=mod),
    ]
    # The marketers' own window may hear of it too.
    changes = [[frame for frame in frames if frame[0] == thread.topic] for frames in changes]
    for number, frames in enumerate(changes, start=2):
        [(topic, languages)] = frames
        assert topic == thread.topic
        assert set(languages) == {"zh-hant", "en"}
        assert {frame["n"] for frame in languages.values()} == {number}
        assert {frame["kind"] for frame in languages.values()} == {"post"}
        assert all(f'id="{frame["id"]}"' in frame["html"] for frame in languages.values())
    assert "took this post away" in changes[3][0][1]["en"]["html"]
    assert "92 度" not in changes[3][0][1]["en"]["html"]


def test_a_refused_act_is_not_told(heard, thread, mod, ben):
    moderating.lock(thread=thread, by=mod)
    with pytest.raises(access.ThreadLocked):
        heard(discussing.reply, thread=thread, author=ben, body="不能說的話")


def test_a_gap_is_filled_by_number(client, thread, post, ben):
    discussing.reply(thread=thread, author=ben, body="第二則留言")
    discussing.reply(thread=thread, author=ben, body="第三則留言")
    discussing.react(post=post, member=ben, kind="heart")
    answer = client.get(f"/live/{thread.topic}/?since=2").json()
    assert answer["n"] == 4
    assert [frame["n"] for frame in answer["frames"]] == [3, 4]
    assert "第三則留言" in answer["frames"][0]["html"]
    assert answer["frames"][1]["id"] == f"post-{post.pk}"
    assert client.get(f"/live/{thread.topic}/?since=4").json()["frames"] == []


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("as_chen", 404), ("as_ada", 200), ("as_mod", 200)])
def test_the_wire_is_as_closed_as_the_page(who, status, request, friends_thread):
    assert request.getfixturevalue(who).get(f"/live/{friends_thread.topic}/?since=0").status_code == status


def test_a_removed_thread_is_silent(client, thread, mod):
    moderating.remove_thread(thread=thread, by=mod)
    assert client.get(f"/live/{thread.topic}/?since=0").status_code == 404


@pytest.mark.parametrize("key", ["x", "99999999999999999999", "-1"])
def test_a_thread_that_is_not_there_is_not_watched(key, client, db):
    assert client.get(f"/live/thread.{key}/?since=0").status_code == 404


def test_a_frame_is_the_same_fragment_that_the_page_holds(client, heard, thread, ben):
    told = heard(discussing.reply, thread=thread, author=ben, body="一模一樣的留言")
    [frames] = [frames for topic, frames in told if topic == thread.topic]
    page = client.get(thread.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert frames["en"]["html"].strip() in page


def test_a_kept_fragment_never_outlives_what_it_tells(client, thread, post, ada, host):
    """Posts are rendered once for all readers; a new name, mark or language must show at once all the same."""

    def page(language="en"):
        answer = client.get(thread.get_absolute_url(), headers={"Accept-Language": language}).content.decode()
        return answer[answer.index('<div class="posts"') : answer.index("</live-topic>")]

    assert ">Ada</a>" in page()
    ada.name = "艾達"
    ada.save()
    assert ">艾達</a>" in page()
    assert "post--host" not in page()
    ada.mark = "烘豆師"
    ada.save()
    assert "post--host" in page()
    assert ">Reply</a>" in page()
    assert ">回覆</a>" in page("zh-TW")
    discussing.react(post=post, member=host, kind="thanks")
    assert 'value="thanks"' in page()
