"""Act first, join after: nothing a visitor says is lost, and nothing is said twice."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts import joining
from community.commons import visitors
from community.forum import discussing, holding, moderating, tasks
from community.forum.models import Held, Reaction

HTMX = {"HX-Request": "true"}


@pytest.fixture
def visitor(stranger):
    who, cookie = visitors.issue()
    stranger.cookies[visitors.COOKIE] = cookie
    return who


@pytest.fixture
def held(visitor, thread):
    return holding.hold_reply(visitor=visitor, thread=thread, body="我的水溫是 95 度，太高了嗎？")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_strangers_reply_is_held_and_they_are_asked_to_join(headers, stranger, thread):
    answer = stranger.post(f"/forum/threads/{thread.pk}/posts/", {"body": "我的水溫是 95 度"}, headers=headers)
    held = Held.objects.get()
    assert answer["HX-Redirect" if headers else "Location"] == f"/join/?next=%2Fforum%2Fheld%2F{held.pk}%2F"
    assert visitors.read(stranger.cookies["visitor"].value) == held.visitor
    assert thread.posts.count() == 1
    assert "我的水溫是 95 度" in stranger.get(held.get_absolute_url()).content.decode()


def test_a_strangers_reaction_is_held_and_may_be_changed(stranger, visitor, post):
    for kind in ("coffee", "heart"):
        assert "/join/" in stranger.post(f"/forum/posts/{post.pk}/reactions/", {"kind": kind})["Location"]
    assert Held.objects.get().reaction == "heart"
    assert not Reaction.objects.exists()
    assert stranger.get(Held.objects.get().get_absolute_url()).status_code == 200


def test_pressed_twice_it_is_held_once(stranger, visitor, thread):
    for _ in range(2):
        stranger.post(f"/forum/threads/{thread.pk}/posts/", {"body": "我的水溫是 95 度"})
    assert Held.objects.count() == 1


def test_a_visitor_can_only_hold_so_much(stranger, visitor, thread):
    answers = [stranger.post(f"/forum/threads/{thread.pk}/posts/", {"body": f"第 {n} 個問題"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "第 5 個問題" in answers[-1].content.decode()
    assert Held.objects.count() == 5


def test_new_visitors_from_one_connection_are_counted_together(thread):
    statuses = [
        Client().post(f"/forum/threads/{thread.pk}/posts/", {"body": f"第 {n} 個問題"}).status_code for n in range(61)
    ]
    assert set(statuses[:60]) == {302}
    assert statuses[60] == 429


def test_signing_in_publishes_what_was_held_once(
    stranger, visitor, held, chen, thread, post, django_capture_on_commit_callbacks
):
    holding.hold_reaction(visitor=visitor, post=post, kind="heart")
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            joining.welcome_back(member=chen, visitor=visitor)
    said = thread.posts.get(number=2)
    assert (said.body, said.author) == (held.body, chen)
    assert thread.posts.count() == 2
    assert Reaction.objects.get().kind == "heart"
    held.refresh_from_db()
    assert held.published_post == said
    stranger.force_login(chen)
    assert stranger.get(held.get_absolute_url())["Location"] == said.get_absolute_url()


def test_a_reaction_already_given_is_not_taken_back_by_joining(visitor, chen, post):
    discussing.react(post=post, member=chen, kind="heart")
    holding.hold_reaction(visitor=visitor, post=post, kind="heart")
    holding.publish_held(member=chen, visitor=visitor)
    assert Reaction.objects.get().kind == "heart"


def test_words_refused_at_the_end_are_still_there_with_the_reason(stranger, visitor, held, chen, thread, mod):
    moderating.lock(thread=thread, by=mod)
    assert holding.publish_held(member=chen, visitor=visitor) == []
    stranger.force_login(chen)
    for answer in (stranger.get(held.get_absolute_url()), stranger.post(held.get_absolute_url())):
        assert held.body in answer.content.decode()
        assert "closed" in answer.content.decode() or "關閉" in answer.content.decode()
    moderating.unlock(thread=thread, by=mod)
    assert stranger.post(held.get_absolute_url()).status_code == 302
    assert thread.posts.count() == 2


def test_one_refusal_keeps_nothing_else_back(visitor, held, chen, thread, regulars_thread, mod):
    holding.hold_reply(visitor=visitor, thread=regulars_thread, body="順便問一句可以嗎")
    moderating.lock(thread=thread, by=mod)
    regulars_thread.board.tier_to_reply = None
    regulars_thread.board.save()
    assert len(holding.publish_held(member=chen, visitor=visitor)) == 1
    assert regulars_thread.posts.count() == 2


def test_held_words_of_a_removed_thread_can_still_be_copied(stranger, visitor, held, chen, thread, mod):
    moderating.remove_thread(thread=thread, by=mod)
    holding.publish_held(member=chen, visitor=visitor)
    stranger.force_login(chen)
    answer = stranger.get(held.get_absolute_url()).content.decode()
    assert held.body in answer
    assert thread.title not in answer


@pytest.mark.parametrize("forge", ["", "x", "a" * 45, "A" * 22 + "." + "B" * 22, "é" * 45, "\x00", "a" * 4000])
def test_a_forged_visitor_reaches_nothing(forge, held, thread):
    client = Client()
    client.cookies[visitors.COOKIE] = forge
    assert client.get(held.get_absolute_url()).status_code == 404
    answer = client.post(f"/forum/threads/{thread.pk}/posts/", {"body": "我換一張臉"})
    assert answer.status_code == 302
    assert Held.objects.latest("made_at").visitor != held.visitor


def test_held_words_are_only_for_the_one_who_wrote_them(held, as_ben, as_mod, stranger, visitor):
    for client in (as_ben, as_mod, Client()):
        assert client.get(held.get_absolute_url()).status_code == 404
        assert client.post(held.get_absolute_url()).status_code == 404
    assert stranger.get(held.get_absolute_url()).status_code == 200
    assert stranger.get(f"/forum/held/{uuid.uuid4()}/").status_code == 404


def test_a_stranger_cannot_publish_without_joining(stranger, held, thread):
    assert stranger.post(held.get_absolute_url()).status_code == 200
    assert thread.posts.count() == 1


def test_what_nobody_came_back_for_is_let_go(stranger, visitor, held, chen, thread):
    Held.objects.update(expires_at=now() - timedelta(seconds=1))
    assert "waited a week" in stranger.get(held.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert holding.publish_held(member=chen, visitor=visitor) == []
    tasks.drop_expired_held()
    tasks.drop_expired_held()
    assert not Held.objects.exists()
    assert stranger.get(held.get_absolute_url()).status_code == 404
