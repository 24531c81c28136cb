"""What should not be in words: every form answers clearly, keeps what was typed, and shows nothing that runs."""

import threading
from html.parser import HTMLParser

import pytest
from django.db import connection

from community.forum import discussing
from community.forum.models import Held, Post, Rules

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>按這裡</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "</p></div></article><style>*{display:none}</style>",
    'https://example.com/"onmouseover="alert(1)',
    "https://example.com/<script>alert(1)</script>",
    "javascript:alert(1)//https://example.com",
    "{{ 7|add:7 }}{% load admin %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


class Seen(HTMLParser):
    """What a browser would make of the page's main part."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.scripts, self.inside = set(), [], "", ""
        self.feed(page[page.index("<main") : page.index("</main>")])

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self.inside = tag

    def handle_data(self, data):
        if self.inside == "script":
            self.scripts += data


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_people_write_runs(attack, as_chen, stranger, board):
    Rules.objects.create(newcomer_posts=0)  # or what a newcomer links to would wait for a host
    told = {"title": f"標題夠長 {attack}"[:80], "body": f"內文也夠長的 {attack}"}
    as_chen.post(f"/forum/boards/{board.slug}/threads/", told)
    post = Post.objects.get()
    assert post.body == told["body"]
    for address in (
        post.thread.get_absolute_url(),
        "/forum/",
        f"/forum/posts/{post.pk}/acts/",
        "/forum/search/?q=內文",
    ):
        answer = stranger.get(address).content.decode()
        found = Seen(answer)
        assert not found.tags & {"iframe", "math", "style", "noscript", "object", "embed"}
        assert not [name for name, _ in found.attributes if name.startswith("on") or name in {"style", "srcdoc"}]
        assert not [
            to for name, to in found.attributes if (to or "").strip().lower().startswith(("javascript:", "data:"))
        ]
        assert "alert(1)" not in found.scripts


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("\x00水溫\x00九十五度", "水溫九十五度"),
        ("水\u200b溫\u2060九\ufeff十五度", "水溫九十五度"),
        ("\u202e水溫九十五度\u202c", "水溫九十五度"),
        ("水溫\ud800九十五度", "水溫\ufffd\ufffd\ufffd九十五度"),
        ("水溫 95 度👨‍👩‍👧", "水溫 95 度👨‍👩‍👧"),
        ("Z" + "\u0335" * 500 + "水溫", "Z" + "\u0335" * 3 + "水溫"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
    ],
)
def test_what_cannot_be_stored_or_trusted_is_taken_out(body, kept, as_chen, stranger, thread):
    data = f"body={_percent(body)}"
    for client in (as_chen, stranger):
        answer = client.post(
            f"/forum/threads/{thread.pk}/posts/", data, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 302
    assert thread.posts.get(number=2).body == kept
    assert Held.objects.get().body == kept


def _percent(text):
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("data", ["body=%FF%FE%80%80", "body=%E6%B0", "body[]=x", "body", "=&=&", "%00=%00"])
def test_a_damaged_form_is_answered(data, as_chen, stranger, thread):
    for client in (as_chen, stranger):
        answer = client.post(
            f"/forum/threads/{thread.pk}/posts/", data, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in {302, 400, 422}


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize("who", ["as_ada", "stranger"])
def test_a_megabyte_is_refused_and_kept(who, headers, thread, post, board, request):
    client, words = request.getfixturevalue(who), "長" * 333_000
    answer = client.post(f"/forum/threads/{thread.pk}/posts/", {"body": words}, headers=headers)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Nothing is lost" in answer.content.decode() or "20000" in answer.content.decode()
    if who == "as_ada":
        for address in (f"/forum/posts/{post.pk}/", f"/forum/boards/{board.slug}/threads/"):
            answer = client.post(address, {"title": words, "body": words}, headers=headers)
            assert answer.status_code == 422
            assert words in answer.content.decode()
    assert thread.posts.count() == 1


def test_more_than_any_form_holds_is_said_to_be_too_much(as_ada, thread):
    told = {"body": "長" * 1_000_000}
    answer = as_ada.post(f"/forum/threads/{thread.pk}/posts/", told, headers={"Accept-Language": "en"})
    assert answer.status_code == 413
    assert "2 MB" in answer.content.decode()


@pytest.mark.parametrize(
    "question", ["", " ", "'", "\\", "a'b:*&|!()<->", ":*", "!!!", "水" * 500, "%", "😀", "a" * 3000, "酸 & 甜", "</b>"]
)
def test_any_question_to_search_is_answered(question, stranger, thread):
    answer = stranger.get("/forum/search/", {"q": question}, follow=True)
    assert answer.status_code == 200


def test_an_address_with_nul_is_refused(stranger, thread):
    assert stranger.get("/forum/search/?q=%00").status_code == 400
    assert stranger.get("/forum/boards/%00/").status_code == 400


@pytest.mark.parametrize("slug", ["沒有這板", "a" * 500, "..", "%2e%2e", "<script>"])
def test_a_board_that_is_not_there_is_not_found(slug, stranger, db):
    assert stranger.get(f"/forum/boards/{slug}/").status_code in {404, 301}


@pytest.mark.django_db(transaction=True)
def test_two_replies_at_the_same_moment_get_numbers_of_their_own(thread, ben, chen):
    start, failed = threading.Barrier(2), []

    def say(member):
        try:
            start.wait()
            for n in range(5):
                discussing.reply(thread=thread, author=member, body=f"{member} 的第 {n} 句")
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=say, args=(member,)) for member in (ben, chen)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert not failed
    thread.refresh_from_db()
    assert list(thread.posts.order_by("number").values_list("number", "sequence")) == [(n, n) for n in range(1, 12)]
    assert (thread.sequence, thread.posts_count) == (11, 11)


@pytest.mark.django_db(transaction=True)
def test_the_same_reply_sent_twice_at_the_same_moment_is_said_once(thread, ben):
    start, said = threading.Barrier(2), []

    def say():
        start.wait()
        said.append(discussing.reply(thread=thread, author=ben, body="網路很慢所以按了兩次").pk)
        connection.close()

    people = [threading.Thread(target=say) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert said[0] == said[1]
    assert thread.posts.count() == 2
