"""Words with form: what is kept of them, and that nothing else ever comes out, whatever was sent."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from community.commons import rich
from community.forum import cooking, discussing
from community.forum.models import Held, Rules
from tests.forum import attacks

SOURCE_TAGS = {
    "p": set(),
    "br": set(),
    "strong": set(),
    "em": set(),
    "ul": set(),
    "ol": set(),
    "li": set(),
    "blockquote": {"data-post"},
    "a": {"href", "data-mention"},
    "img": {"data-picture", "alt"},
}
SHOWN_TAGS = {
    "p": {"class"},
    "br": set(),
    "strong": {"class"},
    "span": {"class"},
    "video-facade": {"frame"},
    "em": set(),
    "ul": set(),
    "ol": set(),
    "li": set(),
    "blockquote": {"class"},
    "a": {"href", "rel", "class", "data-jump"},
}


class Parsed(HTMLParser):
    """Every tag with its attributes, and how deep they stand."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.depth, self.deepest = [], 0, 0
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.depth += tag not in {"br", "img"}
        self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag):
        self.depth -= 1


def wrong_in(markup, allowed):
    """What a reader of HTML finds that is not allowed; two readers, for where one is lenient the other is not."""
    found = Parsed(markup)
    tree = [(tag.name, tag.attrs) for tag in BeautifulSoup(markup, "html.parser").find_all(True)]
    for tag, attributes in [*found.tags, *tree]:
        if tag not in allowed or set(attributes) - allowed[tag]:
            return f"<{tag} {attributes}>"
        if (href := attributes.get("href")) and not href.startswith("/"):
            parts = urlsplit(href)
            if parts.scheme not in {"http", "https", "mailto"} or "@" in parts.netloc or href != href.strip():
                return href
    # Unclosed, or deeper than two quotes of three lists with their words.
    return f"depth {found.depth}, {found.deepest}" if found.depth or found.deepest > 14 else ""


@pytest.mark.django_db
def test_only_what_is_allowed_comes_out_and_reading_it_again_changes_nothing(thread):
    for attack in attacks.ALL:
        words = rich.read(attack)
        shown = cooking.cook(body="", source=attack, thread=thread)
        assert not wrong_in(words.source, SOURCE_TAGS), attack[:200]
        assert not wrong_in(shown.html, SHOWN_TAGS), attack[:200]
        if len(words.source) <= rich.LONGEST_SOURCE:
            assert rich.read(words.source).source == words.source, attack[:200]
        for letter in ("\x00", "\u202e", "\u2066", "\u200f", "\ud800"):
            assert letter not in words.source
        assert "\u0335" * 4 not in shown.body


def test_the_work_grows_with_the_words_and_no_faster():
    for place, bomb in enumerate(attacks.BOMBS):
        small, large = rich.read(bomb(1_000)).steps, rich.read(bomb(2_000)).steps
        assert large <= 2.2 * small + 20, place


@pytest.mark.parametrize(
    ("sent", "kept", "told"),
    [
        ("<p>水溫<b>降<i>到</i></b></p>", "<p>水溫<strong>降</strong><strong><em>到</em></strong></p>", "水溫降到"),
        ("<ul><li>豆子<li>水</ul>", "<ul><li><p>豆子</p></li><li><p>水</p></li></ul>", "豆子\n水"),
        ("<h2>標題</h2>內文<div>下一段", "<p>標題</p><p>內文</p><p>下一段</p>", "標題\n\n內文\n\n下一段"),
        ("<p>一<br>二</p>", "<p>一<br>二</p>", "一\n二"),
        (
            "<blockquote data-post='7'><p>他說</p></blockquote><p>我說</p>",
            '<blockquote data-post="7"><p>他說</p></blockquote><p>我說</p>',
            "我說",
        ),
        (
            "<p><a href='https://x.tw/?a=1&amp;b=2' onclick='x'>連結</a></p>",
            '<p><a href="https://x.tw/?a=1&amp;b=2">連結</a></p>',
            "連結",
        ),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
    ],
)
def test_what_people_mean_is_kept(sent, kept, told):
    words = rich.read(sent)
    assert words.source == kept
    assert words.text() == told


def test_a_composed_reply_is_shown_with_its_form_and_counted_without(as_chen, ben, thread, post, stranger):
    Rules.objects.create(newcomer_posts=0)  # or a newcomer's link would wait for a host
    markup = (
        f'<blockquote data-post="{post.pk}"><p>酸還是很衝</p></blockquote><p>問問 <a data-mention="{ben.pk}">@誰</a>'
        "，<strong>先降水溫</strong>：</p><ol><li><p>89 度</p></li><li><p>見 https://example.com/a</p></li></ol>"
    )
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": "別的話", "source": markup})
    said = thread.posts.get(number=2)
    assert said.body == "問問 @Ben，先降水溫：\n\n89 度\n見 https://example.com/a"
    page = stranger.get(f"/forum/threads/{thread.pk}/").content.decode()
    assert f'<a class="mention" href="{ben.get_absolute_url()}">@Ben</a>' in page
    assert f'href="/forum/posts/{post.pk}/" data-jump="{post.pk}"' in page
    assert "<strong>先降水溫</strong>" in page
    assert 'href="https://example.com/a"' in page
    thread.refresh_from_db()
    assert thread.last_said.startswith("問問 @Ben，先降水溫")


def test_what_another_thread_says_cannot_be_quoted_into_this_one(as_chen, thread, friends_thread):
    secret = friends_thread.posts.get()
    markup = f'<blockquote data-post="{secret.pk}"><p>猜的</p></blockquote><p><em>我猜的</em></p>'
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"source": markup})
    shown = thread.posts.get(number=2).html
    assert "data-jump" not in shown
    assert "<blockquote><p>猜的</p></blockquote>" in shown


def test_bare_words_from_the_composer_are_kept_as_plain_words(as_chen, thread):
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"source": "<p>第一段</p><p>第二段<br>還是</p>"})
    said = thread.posts.get(number=2)
    assert (said.source, said.body) == ("", "第一段\n\n第二段\n還是")


@pytest.mark.parametrize("who", ["as_chen", "stranger"])
def test_a_megabyte_of_form_is_refused_and_a_reply_of_a_quote_alone_too(who, request, thread, post):
    client = request.getfixturevalue(who)
    for markup in ("<p>長" * 300_000, f'<blockquote data-post="{post.pk}"><p>酸</p></blockquote>', "<b>短"):
        answer = client.post(f"/forum/threads/{thread.pk}/posts/", {"source": markup})
        assert answer.status_code == 422
    assert thread.posts.count() == 1
    assert not Held.objects.exists()


def test_a_visitors_form_waits_with_their_words(stranger, thread, chen):
    stranger.post(f"/forum/threads/{thread.pk}/posts/", {"source": "<p>先<strong>降水溫</strong>看看</p>"})
    held = Held.objects.get()
    assert held.body == "先降水溫看看"
    stranger.force_login(chen)
    stranger.post(held.get_absolute_url())
    assert "<strong>降水溫</strong>" in thread.posts.get(number=2).html


def test_an_edit_keeps_the_form_unless_the_words_change(as_ada, thread, post):
    address = f"/forum/posts/{post.pk}/"
    as_ada.post(address, {"source": "<p>92 度、<strong>15 g</strong>、1:15</p>"})
    as_ada.post(address, {"body": "92 度、15 g、1:15"})
    post.refresh_from_db()
    assert "<strong>15 g</strong>" in post.html
    assert "&lt;strong&gt;15 g&lt;/strong&gt;" in as_ada.get(f"/forum/posts/{post.pk}/words/").content.decode()
    as_ada.post(address, {"source": "<p>92 度、15 g、1:15</p>"})
    post.refresh_from_db()
    assert (post.source, post.html) == ("", "<p>92 度、15 g、1:15</p>")


def test_older_rules_are_caught_up_with_and_nobody_is_told_of_nothing(thread, post):
    type(post).objects.update(policy=1, html="<p>舊</p>")
    sequence = thread.sequence
    assert discussing.cook_again(post=post)
    post.refresh_from_db()
    assert (post.policy, post.sequence) == (cooking.POLICY, sequence + 1)
    assert not discussing.cook_again(post=post)
