"""Naming people: only who may read is offered and hears of it, once, and a new name changes nothing."""

import pytest
from django.utils.timezone import now

from accounts import climbing
from accounts.models import Member, Tier
from community.forum import calling, discussing, tasks
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


def test_a_name_typed_into_the_plain_field_names_the_one_who_goes_by_it(as_chen, thread, ming, ben):
    address = f"/forum/threads/{thread.pk}/posts/"
    # Han has no blanks between words, ＠ is a sign as good as @, and the case of a name does not matter.
    Member.objects.one(ben.pk).update(named_at=now())
    as_chen.post(address, {"body": "＠小明你好，(@ben) 也來看\n第二行"})
    post = thread.posts.get(number=2)
    assert post.html.count('class="mention"') == 2
    assert post.body == "@小明你好，(@Ben) 也來看\n第二行"
    assert {row.member for row in Mention.objects.in_post(post)} == {ming, ben}
    assert Ring.objects.of(ming).get().kind == "mention"
    # The plain field shows the words without their form: changed there, the names are found again and ring no second time.
    as_chen.post(f"/forum/posts/{post.pk}/", {"body": "@小明你好，改了一下"})
    assert [row.member for row in Mention.objects.in_post(post)] == [ming]
    assert Ring.objects.of(ming).count() == 1


def test_a_name_typed_names_nobody_where_it_is_not_certain(as_chen, thread, friends_thread, ming, ben, ada):
    address = f"/forum/threads/{thread.pk}/posts/"
    for body in (
        "信寄到 x@ben.tw 或 hi@Ben 就好",
        "https://example.com/@Ben 和 https://example.com/a,@Ben",
        "程式寫 `@Ben` 就可以\n```\n@小明\n```",
        "@Benny 不是 @Ben_2 也不是 @ben.tw",
        "@小 是誰，@沒有這個人",
    ):
        as_chen.post(address, {"body": body})
    as_chen.post(address, {"source": "<blockquote><p>@Ben 說的</p></blockquote><p>是嗎</p>"})
    assert not Mention.objects.exists()
    # Two go by the same name, and one has never chosen theirs.
    other = cast.member("other", named_at=now())
    Member.objects.one(other.pk).update(name=ming.name)
    Member.objects.one(ben.pk).update(named_at=None)
    as_chen.post(address, {"body": "@小明 @Ben 你們覺得呢"})
    assert not Mention.objects.exists()


def test_a_wall_of_signs_is_looked_at_no_further_than_its_beginning(thread, ben, chen):
    told = {"author": chen, "board": thread.board}
    near = "@nobody " * (calling.MOST_LOOKED_UP - 2) + f"@{ben.name} "
    assert calling.called(**told, body=f"{near} @{ben.name} @{ben.name}").count("data-mention") == 2
    assert not calling.called(**told, body="@nobody " * calling.MOST_LOOKED_UP + f"@{ben.name}")


def test_names_typed_are_counted_and_reach_nobody_who_may_not_read(as_chen, as_ada, thread, friends_thread, ming):
    people = [cast.member(f"p{n}", named_at=now()) for n in range(6)]
    said = {"body": " ".join(f"@{person.name}" for person in people)}
    assert as_chen.post(f"/forum/threads/{thread.pk}/posts/", said).status_code == 422
    as_ada.post(f"/forum/threads/{friends_thread.pk}/posts/", {"body": "@小明 看得到嗎"})
    assert not Mention.objects.exists()
