"""Reactions: the six that the brand offers, what becomes of one that it no longer does, and who gave them."""

import pytest
from django.urls import reverse

from community.forum import discussing, reacting
from community.forum.models import Reaction, ReactionKind

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
