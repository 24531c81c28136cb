"""Who is rung for what others say: once until they have been there, and never by whom they keep away."""

import pytest

from accounts import parting
from community.forum import discussing, echoing
from community.forum.kinds import answering, opening
from community.forum.models import Thread
from community.notices.models import Ring


@pytest.fixture
def say(thread, django_capture_on_commit_callbacks):
    def said(author, body="水溫再低一點試試看", reply_to=None, source=""):
        with django_capture_on_commit_callbacks(execute=True):
            return discussing.reply(thread=thread, author=author, body=body, reply_to=reply_to, source=source)

    return said


def kinds_of(member):
    return sorted(Ring.objects.of(member).values_list("kind", flat=True))


def test_who_was_answered_and_who_began_it_hear_once_until_they_have_been_there(say, thread, ada, ben, chen, as_ada):
    first = say(ben)
    assert kinds_of(ada) == ["answers"]
    assert not kinds_of(ben)
    say(chen, "我也遇過一樣的狀況", reply_to=first)
    say(chen, "後來換了磨豆機就好了", reply_to=first)
    assert kinds_of(ada) == ["answers"]
    assert kinds_of(ben) == ["answered"]
    [ring] = Ring.objects.of(ada)
    assert ring.url == first.get_absolute_url()
    as_ada.post(f"/forum/threads/{thread.pk}/readmark/", {"number": "4"})
    assert not Ring.objects.of(ada).unread().exists()
    assert Ring.objects.of(ben).unread().exists()
    say(ben, "那我也來試試看好了")
    assert kinds_of(ada) == ["answers", "answers"]
    answered = say(ben, "這句是回給開串的人的", reply_to=thread.posts.get(number=1))
    assert kinds_of(ada) == ["answered", "answers", "answers"]
    echoing.said(answered.pk)
    assert len(kinds_of(ada)) == 3


def test_who_is_named_hears_of_that_alone_and_nobody_of_a_closed_board(say, thread, ada, ben, friends_board):
    say(ben, source=f'<p>問問 <a data-mention="{ada.pk}">@?</a> 怎麼看</p>', body="")
    assert kinds_of(ada) == ["mention"]
    first = say(ben)
    Thread.objects.filter(pk=thread.pk).update(board=friends_board)
    say(ada, reply_to=first)
    assert not kinds_of(ben)


@pytest.mark.parametrize(("kind", "who"), [("mute", "ada"), ("block", "ada"), ("block", "ben")])
def test_between_whom_there_is_a_distance_no_bell_rings(kind, who, say, thread, board, ada, ben):
    keeper, other = (ada, ben) if who == "ada" else (ben, ada)
    parting.keep_away(member=keeper, other=other, kind=kind)
    say(ben, source=f'<p>問問 <a data-mention="{ada.pk}">@?</a> 怎麼看</p>', body="", reply_to=thread.posts.get())
    say(ben)
    question = opening.start(
        board=board, author=ben, title="濾紙要不要先沖水？", body="每次都有紙味。", kind="question"
    )
    answering.accept(post=discussing.reply(thread=question, author=ada, body="先用熱水沖一次"), by=ben)
    assert not kinds_of(ada)
    assert "@Ada" in thread.posts.get(number=2).html, "named all the same: nobody learns of the distance"
