"""Questions: an answer is accepted and let go of; by whom, where it shows, who hears, and what never leaks."""

import json
import re

import pytest

from community.forum import discussing, moderating
from community.forum.kinds import answering, opening
from community.forum.models import Acceptance, Findable
from community.forum.order import sweeping
from community.live import publishing
from community.notices.models import Ring


@pytest.fixture
def question(board, ada):
    told = {"title": "濾紙要不要先沖水？", "body": "每次都聞到紙味，大家都怎麼做的呢"}
    return opening.start(board=board, author=ada, kind="question", **told)


@pytest.fixture
def answer(question, ben):
    return discussing.reply(thread=question, author=ben, body="先用熱水沖一次，紙味就沒了，順便溫杯。")


def test_a_question_is_asked_in_the_same_form_without_script(as_chen, board):
    address = f"/forum/boards/{board.slug}/threads/"
    page = as_chen.get(address + "?kind=question").content.decode()
    assert re.search(r'value="question" checked', page)
    assert 'value="announcement"' not in page
    told = {"kind": "question", "title": "濾紙要不要先沖水？", "body": "每次都聞到紙味，大家都怎麼做的呢"}
    assert as_chen.post(address, told).status_code == 302
    assert board.threads.get().kind == "question"
    row = as_chen.get("/forum/", headers={"Accept-Language": "zh-TW"}).content.decode()
    assert '<span class="mark mark--asked">提問</span>' in row
    assert board.threads.get().get_absolute_url() in as_chen.get("/forum/kinds/unsolved/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 302), ("as_chen", 403), ("as_ben", 403), ("as_ada", 302), ("as_mod", 302)]
)
def test_who_accepts_an_answer(who, status, request, question, answer):
    client = request.getfixturevalue(who)
    told = client.post(f"/forum/posts/{answer.pk}/acceptance/")
    assert told.status_code == status
    assert Acceptance.objects.exists() == (who in ("as_ada", "as_mod"))
    may = "/acceptance/" in client.get(f"/forum/posts/{answer.pk}/acts/").content.decode()
    assert may == (who in ("as_ada", "as_mod"))


def test_an_accepted_answer_shows_everywhere_and_its_author_hears_once(as_ada, stranger, ben, question, answer):
    for _ in range(2):
        as_ada.post(f"/forum/posts/{answer.pk}/acceptance/")
    [ring] = Ring.objects.filter(member=ben)
    assert (ring.kind, ring.url) == ("answer_accepted", answer.get_absolute_url())
    page = stranger.get(question.get_absolute_url(), headers={"Accept-Language": "zh-TW"}).content.decode()
    assert 'class="solved solved--yes"' in page
    assert f'<a data-jump href="{answer.get_absolute_url()}">' in page
    assert 'data-part="accepted"' in page
    assert "採納的答案" in page
    assert "已解決" in stranger.get("/forum/", headers={"Accept-Language": "zh-TW"}).content.decode()
    assert ">Solved</span>" in stranger.get("/forum/", headers={"Accept-Language": "en"}).content.decode()
    assert question.get_absolute_url() in stranger.get("/forum/kinds/solved/").content.decode()
    assert f'id="thread-{question.pk}"' not in stranger.get("/forum/kinds/unsolved/").content.decode()
    assert set(Findable.objects.filter(thread=question).values_list("talk", flat=True)) == {"solved"}
    assert question.get_absolute_url() in stranger.get("/forum/search/?q=紙味&kind=solved").content.decode()
    assert question.get_absolute_url() not in stranger.get("/forum/search/?q=紙味&kind=unsolved").content.decode()


def test_another_answer_takes_its_place_and_it_can_be_let_go_of(as_ada, ada, chen, question, answer):
    other = discussing.reply(thread=question, author=chen, body="我都不沖，喝不出差別。")
    as_ada.post(f"/forum/posts/{answer.pk}/acceptance/")
    as_ada.post(f"/forum/posts/{other.pk}/acceptance/")
    answer.refresh_from_db()
    question.refresh_from_db()
    assert (answer.part, question.solved_number) == ("", other.number)
    assert as_ada.post(f"/forum/posts/{other.pk}/acceptance/", {"undo": "1"}).status_code == 302
    question.refresh_from_db()
    assert question.solved_number is None
    assert not Acceptance.objects.exists()


def test_what_cannot_be_an_answer(as_ada, thread, question, post):
    for pk in (question.posts.get(number=1).pk, post.pk):
        assert as_ada.post(f"/forum/posts/{pk}/acceptance/").status_code == 409


def test_an_answer_that_is_taken_away_answers_nothing_and_undone_it_does_again(
    as_ada, as_ben, stranger, ada, question, answer, django_capture_on_commit_callbacks
):
    answering.accept(post=answer, by=ada)
    address = f"/forum/posts/{answer.pk}/removal/"
    assert as_ben.post(address).status_code == 302
    assert _shown(stranger, question, answer) == (None, "", {"unsolved"}, False)
    assert as_ada.post(f"/forum/posts/{answer.pk}/acceptance/").status_code == 410
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        assert as_ben.post(address, {"undo": "1"}).status_code == 302
    assert _shown(stranger, question, answer) == (answer.number, "accepted", {"solved"}, True)
    told = [languages["zh-hant"] for topic, languages in frames if topic == question.topic]
    assert 'data-part="accepted"' in told[-1]["html"]
    assert "已解決" in stranger.get("/forum/", headers={"Accept-Language": "zh-TW"}).content.decode()


def _shown(stranger, question, answer):
    question.refresh_from_db()
    answer.refresh_from_db()
    told = _structured(stranger.get(question.get_absolute_url()).content.decode())
    talks = set(Findable.objects.filter(thread=question).values_list("talk", flat=True))
    return question.solved_number, answer.part, talks, "acceptedAnswer" in told["mainEntity"]


def test_an_answer_that_comes_back_does_not_take_the_place_of_a_later_one(
    as_ada, ada, ben, chen, mod, question, answer
):
    other = discussing.reply(thread=question, author=chen, body="我都不沖，喝不出差別。")
    answering.accept(post=answer, by=ada)
    moderating.remove(post=answer, by=ben)
    answering.accept(post=other, by=ada)
    moderating.restore(post=answer, by=ben)
    question.refresh_from_db()
    answer.refresh_from_db()
    assert (question.solved_number, answer.part) == (other.number, "")
    batch = sweeping.sweep(member=chen, by=mod, reason="整批收走再放回來")
    question.refresh_from_db()
    assert question.solved_number is None
    sweeping.undo(batch=batch, by=mod)
    question.refresh_from_db()
    assert question.solved_number == other.number


def test_open_pages_hear_of_it_as_of_the_post(client, ada, question, answer, django_capture_on_commit_callbacks):
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        answering.accept(post=answer, by=ada)
    told = [languages["zh-hant"] for topic, languages in frames if topic == question.topic]
    assert [(frame["kind"], frame["id"]) for frame in told] == [("post", f"post-{answer.pk}")]
    assert 'data-part="accepted"' in told[0]["html"]
    again = client.get(f"/live/{question.topic}/?since={told[0]['n'] - 1}").json()["frames"]
    assert [frame["n"] for frame in again] == [told[0]["n"]]


def _structured(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(found[1]) if found else None


def test_search_engines_are_told_of_the_answer_but_never_of_a_closed_board(
    stranger, as_ada, ada, ben, question, answer, friends_board
):
    answering.accept(post=answer, by=ada)
    told = _structured(stranger.get(question.get_absolute_url()).content.decode())
    assert told["@type"] == "QAPage"
    assert told["mainEntity"]["acceptedAnswer"]["text"] == answer.body
    assert "@example" not in json.dumps(told)
    assert _structured(as_ada.get(question.get_absolute_url()).content.decode()) is None
    secret = opening.start(
        board=friends_board, author=ada, kind="question", title="老友才看得到的提問", body="這一題先不要外傳喔"
    )
    assert stranger.get(secret.get_absolute_url()).status_code == 404
    assert secret.title not in stranger.get("/forum/kinds/unsolved/").content.decode()
    assert _structured(as_ada.get(secret.get_absolute_url()).content.decode()) is None


def test_a_question_asks_the_database_once_more_at_most(
    as_chen, ada, question, answer, cast_of_posts, django_assert_max_num_queries, django_assert_num_queries
):
    for _ in range(21):
        discussing.reply(thread=question, author=ada, body=f"再補一則 {_}", at=question.started_at)
    last = question.posts.get(number=22)
    answering.accept(post=last, by=ada)
    as_chen.get("/forum/")
    with django_assert_max_num_queries(20) as plain:
        as_chen.get(cast_of_posts.get_absolute_url() + "?after=0")
    with django_assert_num_queries(len(plain) + 1):
        assert "22" in as_chen.get(question.get_absolute_url() + "?after=0").content.decode()
