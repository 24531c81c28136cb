"""What somebody sends, without script, whose session ended while they wrote: it is kept, and goes on once they are back."""

import pytest

from accounts import joining
from community.commons import visitors
from community.forum import drafting
from community.forum.models import Board, Draft, Held, Thread

NEW = {"title": "手沖的水要等多久？", "body": "水滾了以後我都等一分鐘，這樣夠嗎？"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def start(board):
    return f"/forum/boards/{board.slug}/threads/"


@pytest.fixture
def back(django_capture_on_commit_callbacks):
    """They sign in again, in the browser they wrote in."""

    def sign_in(client, member):
        with django_capture_on_commit_callbacks(execute=True):
            joining.welcome_back(member=member, visitor=visitors.read(client.cookies["visitor"].value))
        client.force_login(member)

    return sign_in


def test_a_new_thread_is_held_and_begun_once_they_are_back(back, stranger, chen, start):
    sent = NEW | {"kind": "poll", "options": "一分鐘\n兩分鐘"}
    answers = [stranger.post(start, sent) for _ in range(2)]
    held = Held.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/join/?next=%2Fforum%2Fheld%2F{held.pk}%2F%3Fkind%3Dthread"}
    assert NEW["title"] in stranger.get(held.get_absolute_url()).content.decode()
    assert not Thread.objects.exists()
    for _ in range(2):
        back(stranger, chen)
    begun = Thread.objects.get()
    assert (begun.title, begun.author, begun.kind) == (NEW["title"], chen, "poll")
    assert stranger.get(held.get_absolute_url())["Location"].startswith(begun.get_absolute_url())


def test_who_may_not_begin_it_finds_the_words(back, stranger, chen, ben, start, board):
    board.tier_to_start = ben.tier
    board.save()
    stranger.post(start, NEW)
    back(stranger, chen)
    held = Held.objects.get()
    assert (held.member, Thread.objects.count()) == (chen, 0)
    assert NEW["body"] in stranger.get(held.get_absolute_url()).content.decode()


def test_an_announcement_is_not_made_by_who_may_not(back, stranger, chen, start):
    assert "/join/" in stranger.post(start, NEW | {"kind": "announcement"})["Location"]
    back(stranger, chen)
    assert not Thread.objects.exists()
    assert Held.objects.get().member == chen


def test_what_is_missing_is_said_and_the_rest_stays(stranger, start):
    answer = stranger.post(start, NEW | {"title": ""})
    assert answer.status_code == 422
    assert NEW["body"] in answer.content.decode()
    assert not Held.objects.exists()


def test_with_script_the_page_keeps_them(stranger, start, post):
    for address in (start, f"/forum/posts/{post.pk}/words/"):
        answer = stranger.post(address, NEW, headers=HTMX)
        assert (answer.status_code, answer["Signed-Out"]) == (204, "1")
    assert not Held.objects.exists()


def test_a_place_that_strangers_do_not_know_is_not_told(stranger, ada, start, board, post):
    Board.objects.update(tier_to_see=ada.tier, teases=False)
    for address in (start, f"/forum/posts/{post.pk}/words/", "/forum/boards/nowhere/threads/", "/forum/posts/0/words/"):
        assert stranger.post(address, NEW)["Location"] == "/join/?next=%2F"
    assert not Held.objects.exists()


def test_other_words_come_back_in_the_form_of_their_author(back, stranger, ada, post):
    was = post.body
    for _ in range(2):
        answer = stranger.post(f"/forum/posts/{post.pk}/words/", {"body": "我想說的其實是：先聞再喝。"})
    held = Held.objects.get()
    assert answer["Location"] == f"/join/?next=%2Fforum%2Fheld%2F{held.pk}%2F%3Fkind%3Dedit"
    asked = stranger.get(answer["Location"], headers={"Accept-Language": "en"}).content.decode()
    assert "you go on with your change" in asked
    assert "posted in your name" not in asked, "what stands already is changed by nobody's signing in"
    for _ in range(2):
        back(stranger, post.author)
    form = stranger.get(held.get_absolute_url(), follow=True)
    assert form.redirect_chain == [(f"/forum/posts/{post.pk}/words/", 302)]
    assert "先聞再喝" in form.content.decode()
    post.refresh_from_db()
    assert post.body == was


def test_other_words_for_a_post_of_somebody_else_stay_with_who_wrote_them(back, stranger, chen, post):
    assert post.author != chen
    stranger.post(f"/forum/posts/{post.pk}/words/", {"body": "這不是你要說的話。"})
    back(stranger, chen)
    held = Held.objects.get()
    assert "這不是你要說的話。" in stranger.get(held.get_absolute_url()).content.decode()
    assert stranger.post(held.get_absolute_url()).status_code == 403
    post.refresh_from_db()
    assert post.body != held.body
    assert not Draft.objects.exists()


def test_a_draft_begun_elsewhere_is_not_written_over(back, stranger, post):
    drafting.keep(member=post.author, place=post, version=0, body="在手機上改到一半的。")
    stranger.post(f"/forum/posts/{post.pk}/words/", {"body": "在電腦上改好的。"})
    back(stranger, post.author)
    assert Draft.objects.get().body == "在手機上改到一半的。"
    assert "在電腦上改好的。" in stranger.get(Held.objects.get().get_absolute_url()).content.decode()


def test_the_address_one_comes_back_to_can_be_opened(stranger, thread, post):
    sent_from = {f"http://testserver{path}": path for path in (f"/forum/threads/{thread.pk}/posts/", "/leave/")}
    assert [stranger.post("/me/name/", headers={"Referer": page}).url for page in sent_from] == [
        f"/join/?next=%2Fforum%2Fthreads%2F{thread.pk}%2F",
        "/join/?next=%2F",
    ]
