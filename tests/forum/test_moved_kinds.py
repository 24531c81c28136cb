"""Posts that go from one thread to another, and what they were of the first one's kind."""

from datetime import timedelta

import pytest

from community.forum import discussing
from community.forum.hosting import merging, splitting
from community.forum.kinds import answering, gathering, opening
from community.forum.models import Acceptance, Ask, AskVote, Findable, Gathering
from tests.forum.test_gatherings import lay


@pytest.fixture
def question(board, ada, ben):
    thread = opening.start(
        board=board, author=ada, title="濾紙要不要先沖水？", body="每次都聞到紙味。", kind="question"
    )
    answering.accept(post=discussing.reply(thread=thread, author=ben, body="先用熱水沖一次。"), by=ada)
    thread.refresh_from_db()
    return thread


def talks(thread):
    return set(Findable.objects.filter(thread=thread).values_list("talk", flat=True))


def test_an_accepted_answer_that_is_split_off_answers_nothing_any_more(question, mod, as_mod, stranger):
    answer = question.posts.get(number=2)
    made = splitting.split(thread=question, by=mod, posts=[answer], title="要不要先沖濾紙")
    question.refresh_from_db()
    answer.refresh_from_db()
    assert (question.solved_number, question.posts_count, made.posts_count) == (None, 1, 1)
    assert (answer.part, answer.thread) == ("", made)
    assert not Acceptance.objects.exists()
    assert (talks(question), talks(made)) == ({"unsolved"}, {""})
    assert "還沒有採納的答案" in stranger.get(question.get_absolute_url()).content.decode()
    assert "採納" not in stranger.get(made.get_absolute_url()).content.decode()


def test_a_solved_question_that_becomes_part_of_another_brings_posts_and_no_answer(question, thread, mod):
    merging.merge(thread=question, into=thread, by=mod)
    thread.refresh_from_db()
    assert (thread.solved_number, thread.posts_count, thread.posts.exclude(part="").count()) == (None, 3, 0)
    assert not Acceptance.objects.exists()
    assert talks(thread) == {""}


def test_a_gathering_knows_nothing_of_what_went_elsewhere(board, host, ben, chen, mod, stranger):
    evening = lay(board, host, within=timedelta(days=1))
    first = gathering.ask(thread=evening, author=ben, body="冰塊要算進水量裡嗎？")
    second = gathering.ask(thread=evening, author=chen, body="可以用美式的粉量嗎？")
    gathering.want(post=first.post, member=chen, wants=True)
    gathering.call(post=first.post, by=host)
    answer = discussing.reply(thread=evening, author=host, body="可以，減一點水。", reply_to=second.post)
    recap = gathering.sum_up(thread=evening, by=host, body="今晚的重點都在這裡。")
    gathering.call(post=first.post, by=host)
    gone = [first.post, answer, recap]
    made = splitting.split(thread=evening, by=mod, posts=gone, title="冰塊到底算不算水")
    kept = Gathering.objects.get()
    assert (kept.current, kept.recap) == (None, None)
    assert [(ask.pk, ask.answer) for ask in Ask.objects.all()] == [(second.pk, None)]
    assert not AskVote.objects.exists()
    assert not made.posts.exclude(part="").exists()
    evening.refresh_from_db()
    assert (evening.posts_count, made.posts_count) == (2, 3)
    for place in (evening.get_absolute_url(), f"{evening.get_absolute_url()}asks/", made.get_absolute_url()):
        assert stranger.get(place).status_code == 200
