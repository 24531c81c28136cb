"""Naming people: only who may read is offered and hears of it, once, and a new name changes nothing."""

import pytest
from django.utils.timezone import now

from accounts import climbing
from accounts.models import Tier
from community.forum import discussing, tasks
from community.forum.models import Mention
from community.notices.models import Ring
from tests import cast


def _name(*people):
    return "<p>問問 " + "、".join(f'<a data-mention="{person.pk}">@?</a>' for person in people) + "</p>"


@pytest.fixture
def ming(db):
    person = cast.member("xiaoming", named_at=now())
    person.name = "小明"
    person.save()
    return person


def test_people_of_the_thread_come_first_and_others_by_the_beginning_of_a_name(as_chen, thread, ming, ben):
    address = f"/forum/threads/{thread.pk}/people/"
    assert "Ada" in as_chen.get(address).content.decode()
    assert "小明" not in as_chen.get(address).content.decode()
    for words in ("小", "XIAO"):
        assert f'data-mention="{ming.pk}"' in as_chen.get(address, {"q": words}).content.decode()
    # Who never chose a name is not offered to people who have not met them.
    ben.named_at = None
    ben.save()
    assert "Ben" not in as_chen.get(address, {"q": "be"}).content.decode()


def test_only_who_may_read_the_thread_is_offered_and_rung(as_ada, friends_thread, ming, chen):
    address = f"/forum/threads/{friends_thread.pk}/people/"
    assert "小明" not in as_ada.get(address, {"q": "小"}).content.decode()
    as_ada.post(f"/forum/threads/{friends_thread.pk}/posts/", {"source": _name(ming)})
    assert not Ring.objects.of(ming).exists()
    climbing.grant(member=ming, tier=Tier.objects.get(rank=3), reason="test")
    assert "小明" in as_ada.get(address, {"q": "小"}).content.decode()


@pytest.mark.parametrize(("who", "status"), [("stranger", 302), ("as_chen", 404), ("as_ada", 200), ("as_mod", 200)])
def test_the_list_of_people_is_for_those_who_may_write_there(who, status, request, friends_thread):
    client = request.getfixturevalue(who)
    assert client.get(f"/forum/threads/{friends_thread.pk}/people/").status_code == status
    assert client.get(f"/forum/boards/{friends_thread.board.slug}/people/").status_code == status
    assert client.get("/forum/composer/").status_code == 200


def test_the_named_hear_once_however_often_the_post_is_edited(as_chen, thread, ben, chen, host):
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"source": _name(ben, chen)})
    post = thread.posts.get(number=2)
    as_chen.post(f"/forum/posts/{post.pk}/", {"source": _name(host)})
    as_chen.post(f"/forum/posts/{post.pk}/", {"source": _name(host, ben)})
    assert Ring.objects.of(ben).count() == Ring.objects.of(host).count() == 1
    assert not Ring.objects.of(chen).exists()
    assert Ring.objects.of(ben).get().sentence == "Chen 在「衣索比亞水洗，酸到皺眉怎麼救？」提到你"


def test_a_newcomer_names_five_and_a_regular_ten(as_chen, as_ben, thread):
    people = [cast.member(f"p{n}") for n in range(11)]
    address = f"/forum/threads/{thread.pk}/posts/"
    assert as_chen.post(address, {"source": _name(*people[:6])}).status_code == 422
    assert as_chen.post(address, {"source": _name(*people[:5])}).status_code == 302
    assert as_ben.post(address, {"source": _name(*people)}).status_code == 422
    assert as_ben.post(address, {"source": _name(*people[:10])}).status_code == 302


def test_who_is_called_something_else_is_called_so_in_old_posts(as_chen, thread, ming):
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"source": _name(ming)})
    ming.name = "大明"
    ming.save()
    tasks.rename(ming.pk)
    post = thread.posts.get(number=2)
    assert "@大明" in post.html
    assert post.body == "問問 @大明"
    assert Mention.objects.get().member == ming
    discussing.cook_again(post=post)
    assert Ring.objects.of(ming).count() == 1
