"""Text as people write it: counted, folded, tidied, cooked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.commons import chinese, prose
from community.commons.fields import Words, tidy


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("你好", 2),
        ("你 好\n", 2),
        ("\u200b\u200b", 0),
        ("á", 1),
        ("a\u0301\u0302\u0303", 1),
        ("\u202e你好\u202c", 2),
    ],
)
def test_length_is_what_a_reader_counts(text, length):
    assert chinese.length(text) == length


@pytest.mark.parametrize(
    ("one", "other"),
    [("臺北", "台北"), ("ＡＢＣ", "abc"), ("Ada", "аdа"), ("米\u200b粉", "米粉"), ("ﬁne", "fine"), ("a  b", "a b")],
)
def test_folding_brings_look_alikes_together(one, other):
    assert chinese.fold(one) == chinese.fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert chinese.fold(chinese.fold(text)) == chinese.fold(text)


def test_tokens_are_pairs_of_han_and_whole_words():
    assert chinese.tokens("衣索比亞 Ｖ60，臺") == ["衣索", "索比", "比亚", "v", "60", "台"]
    assert chinese.tokens("用C40磨豆") == ["用", "c", "40", "磨豆"]


@given(st.text(alphabet=st.characters()))
def test_tidy_text_can_be_stored_and_stays_tidy(text):
    tidied = tidy(text)
    assert "\x00" not in tidied
    tidied.encode("utf-8")  # no lone surrogate is left
    assert tidy(tidied) == tidied


def test_emoji_families_and_line_breaks_survive_tidying():
    assert tidy("👩‍👩‍👧\r\n好") == "👩‍👩‍👧\n好"


def test_stacked_marks_are_trimmed():
    assert len(tidy("Z" + "\u0334\u0335\u0336\u0337\u0338" * 40)) <= 5


@pytest.mark.parametrize(
    ("text", "code"), [("", "required"), ("好", "short"), ("\u200b\u200b\u200b", "required"), ("好" * 11, "long")]
)
def test_words_are_measured_as_they_are_read(text, code):
    field = Words(min_words=2, max_words=10)
    with pytest.raises(Exception, match=r".") as caught:
        field.clean(text)
    assert code in {error.code for error in caught.value.error_list}


def test_paragraphs_breaks_and_links():
    assert prose.cook("第一行\n第二行\n\n第二段") == "<p>第一行<br>第二行</p><p>第二段</p>"
    cooked = prose.cook("看這裡 https://example.org/a?b=1&c=2。後面還有字")
    assert (
        '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">example.org/a?b=1&amp;c=2</a>。後面還有字'
        in cooked
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "example.org", "a@example.org", "ftp://a.b/c"]
)
def test_only_web_addresses_become_links(address):
    assert "<a" not in prose.cook(f"看 {address} 好")


@pytest.mark.parametrize(
    "attack",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", '"><script>', "<math><mi//xlink:href=javascript:a>",
     "<a href='java&#10;script:alert(1)'>x</a>", "<iframe srcdoc='<script>a</script>'>", "<style>*{display:none}</style>",
     "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>"],
)  # fmt: skip
def test_what_is_typed_never_runs(attack):
    assert prose.plain(prose.cook(attack)) == attack  # shown as it was typed
    cleaned = prose.clean(attack)
    assert "onerror" not in cleaned.replace("title=", "")
    assert "<script" not in cleaned
    assert "javascript" not in cleaned


@given(st.text(max_size=400))
def test_cooked_text_is_clean_already(text):
    cooked = prose.cook(tidy(text))
    assert prose.clean(cooked) == cooked


def test_excerpts_end_between_words():
    assert prose.excerpt("一二三四五", 3) == "一二三…"
    assert prose.excerpt("hello wonderful world", 18) == "hello wonderful…"
    assert prose.excerpt("短\n短") == "短 短"
