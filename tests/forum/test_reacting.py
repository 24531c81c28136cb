"""Reactions: the six that the brand offers, what becomes of one that it no longer does, and who gave them."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts import parting
from community.forum import discussing, moderating, reacting, resounding
from community.forum.models import Reaction, ReactionKind
from community.notices.models import Letter, Ring

LIST = reverse("wagtailsnippets_forum_reactionkind:list")


def _tell(client, kind, **told):
    address = (
        reverse("wagtailsnippets_forum_reactionkind:edit", args=[kind.pk])
        if kind
        else reverse("wagtailsnippets_forum_reactionkind:add")
    )
    return client.post(address, told)


@pytest.mark.parametrize(("who", "status"), [("as_edda", 200), ("as_mark", 302), ("as_ada", 403), ("stranger", 302)])
def test_the_brand_names_its_reactions_at_the_desk(who, status, request, db):
    assert request.getfixturevalue(who).get(LIST).status_code == status


def test_another_reaction_takes_the_place_of_one_and_nothing_given_is_forgotten(
    client, root, as_chen, as_ben, ben, thread, post, django_capture_on_commit_callbacks
):
    client.force_login(root)
    discussing.react(post=post, member=ben, kind="wow")
    with django_capture_on_commit_callbacks(execute=True):
        told = {"place": "5", "sign": "🔥", "name_zh": "好燙", "name_en": "hot"}
        assert _tell(client, None, **told).status_code == 302
    hot = ReactionKind.objects.at(5).get()
    assert ReactionKind.objects.get(key="wow").place is None
    assert [kind.place for kind in ReactionKind.objects.in_order()] == [1, 2, 3, 4, 5, 6, None]
    page = as_chen.get(f"/forum/posts/{post.pk}/acts/").content.decode()
    assert "好燙" in page
    assert page.count('value="wow"') == 1  # on the post, where it is counted, and not among those to choose
    address = f"/forum/posts/{post.pk}/reactions/"
    assert as_chen.post(address, {"kind": "wow"}).status_code == 422
    assert as_chen.post(address, {"kind": hot.key}).status_code == 302
    post.refresh_from_db()
    assert post.tally == {"wow": 1, hot.key: 1}
    # Whoever gave it while it was offered may take it back; what was given keeps a kind from being deleted.
    assert client.post(reverse("wagtailsnippets_forum_reactionkind:delete", args=[hot.pk])).status_code == 302
    assert ReactionKind.objects.with_pk(hot.pk)
    assert as_ben.post(address, {"kind": "wow"}).status_code == 302
    post.refresh_from_db()
    assert post.tally == {hot.key: 1}


@pytest.mark.parametrize(
    "wrong", [{"place": ""}, {"sign": "<b>"}, {"sign": "ok"}, {"name_zh": ""}, {"place": "7"}], ids=str
)
def test_six_are_always_offered_by_a_name(wrong, client, root):
    client.force_login(root)
    told = {"place": "5", "sign": "", "name_zh": "驚訝", "name_en": "surprising"} | wrong
    assert _tell(client, ReactionKind.objects.get(key="wow"), **told).status_code == 200
    assert [kind.key for kind in reacting.kinds().offered] == ["coffee", "helpful", "heart", "laugh", "wow", "thanks"]
    assert not Reaction.objects.exists()


def test_members_see_who_reacted_and_strangers_are_asked_in(
    stranger, as_ada, as_chen, as_ben, ada, ben, chen, host, post, friends_thread, monkeypatch
):
    monkeypatch.setattr(reacting, "AT_ONCE", 2)
    address = f"/forum/posts/{post.pk}/reactions/"
    for member, kind in ((ada, "coffee"), (ben, "heart"), (chen, "heart"), (host, "coffee")):
        discussing.react(post=post, member=member, kind=kind)
    assert f'href="{address}"' in stranger.get(post.thread.get_absolute_url()).content.decode()
    assert "/join/" in stranger.get(address)["Location"]
    first = as_ada.get(address).content.decode()
    assert 'href="/members/chen/"' in first
    assert 'href="/members/ben/"' not in first
    further = re.search(r"after=([\w-]+)", first)[1]
    assert 'href="/members/ben/"' in as_ada.get(f"{address}?after={further}").content.decode()
    hearts = as_ada.get(f"{address}?kind=heart", headers={"HX-Request": "true"}).content.decode()
    assert [name for name in ("ada", "ben", "chen", "host") if f"/members/{name}/" in hearts] == ["ben", "chen"]
    # Whom one has blocked is counted and not named.
    parting.keep_away(member=ada, other=chen, kind="block")
    assert "/members/chen/" not in as_ada.get(address).content.decode()
    # A board that is closed to somebody tells them nothing of this either; nor does what was taken away.
    inner = friends_thread.posts.get()
    discussing.react(post=inner, member=ada, kind="heart")
    assert as_chen.get(f"/forum/posts/{inner.pk}/reactions/").status_code == 404
    as_ada.post(f"/forum/posts/{post.pk}/removal/")
    assert as_ben.get(address).status_code == 410


@pytest.fixture
def react(post, django_capture_on_commit_callbacks):
    def reacted(member, kind="coffee"):
        with django_capture_on_commit_callbacks(execute=True):
            discussing.react(post=post, member=member, kind=kind)

    return reacted


def _rings(member, language="en"):
    with override(language):
        return [(str(ring), ring.is_read) for ring in Ring.objects.of(member).order_by("pk")]


def test_an_author_hears_of_reactions_in_one_ring_until_they_have_read_it(react, post, ada, ben, chen, host, as_ada):
    told = f"your post in “{post.thread.title}”"
    react(ada)
    assert not _rings(ada)
    react(ben)
    react(chen)
    react(chen, "heart")
    assert _rings(ada) == [(f"Chen and 1 more reacted to {told}", False)]
    [ring] = Ring.objects.of(ada)
    assert ring.url == post.get_absolute_url()
    react(chen, "heart")  # taken back
    assert _rings(ada) == [(f"Ben reacted to {told}", False)]
    as_ada.post(f"/me/bell/{ring.pk}/")
    react(host)
    assert _rings(ada) == [(f"Host reacted to {told}", False)]
    react(host)
    assert not _rings(ada)
    react(chen)
    react(host)
    assert _rings(ada, "zh-hant") == [(f"Host 和另外 2 人對你在「{post.thread.title}」的留言有反應", False)]
    assert not Letter.objects.exists()


def test_nobody_hears_of_reactions_who_wants_not_to_nor_of_whom_they_keep_away(
    react, post, ada, ben, chen, mod, as_ada, django_capture_on_commit_callbacks
):
    page = as_ada.get("/me/", headers={"Accept-Language": "en"}).content.decode()
    assert 'name="hears_reactions" checked' in page
    as_ada.post("/me/", {"name": "Ada", "locale": "zh-hant"})
    react(ben)
    assert not _rings(ada)
    as_ada.post("/me/", {"name": "Ada", "locale": "zh-hant", "hears_reactions": "on"})
    parting.keep_away(member=ada, other=ben, kind="mute")
    parting.keep_away(member=chen, other=ada, kind="block")
    react(chen)
    assert not _rings(ada)
    react(mod)
    assert [ring.params["others"] for ring in Ring.objects.of(ada)] == [0]
    moderating.remove(post=post, by=ada)
    with django_capture_on_commit_callbacks(execute=True):
        resounding.settle(post.pk)
    assert not _rings(ada)
