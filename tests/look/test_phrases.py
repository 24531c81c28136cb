"""Titles break between words, and never lose a letter by it."""

import pytest
from django.template import Context, Template
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from community.commons import lighting, phrasing

KNOWN = [
    ("手沖總是太酸？把你的水溫貼上來，我們一杯一杯幫你看", "手沖總是太酸？|把你的水溫貼上來，|我們一杯一杯幫你看"),
    ("衣索比亞水洗，酸到皺眉怎麼救？", "衣索比亞水洗，|酸到皺眉怎麼救？"),
    ("在租屋處沒有廚房，怎麼好好沖一杯？", "在租屋處沒有廚房，|怎麼好好沖一杯？"),
    ("【老友限定】下一批肯亞的試喝筆記", "【老友限定】|下一批肯亞的試喝筆記"),
    ("喝了三十年咖啡的阿嬤和她的磨豆機", "喝了三十年咖啡的|阿嬤|和她的|磨豆機"),
    ("為什麼衣索比亞水洗豆的酸總是不在這裡", "為什麼衣索比亞水洗豆的|酸總是不在|這裡"),
    ("租屋處的V60濾杯第3次沖煮92度", "租屋處的|V60|濾杯第3次沖煮92度"),
    ("離目的地還有一段很長的山路要走", "離目的地還有一段很長的|山路要走"),
    ("再一步，你的留言就貼上去了", "再一步，|你的留言就貼上去了"),
    ("Why is it sour?", "Why is it sour?"),
    ("", ""),
]


@pytest.mark.parametrize(("title", "pieces"), KNOWN)
def test_known_titles_break_where_a_reader_would(title, pieces):
    assert "|".join(phrasing.phrases(title)) == pieces


@given(
    st.text(alphabet=st.one_of(st.sampled_from("的了嗎和在把，。？「」 aB3水溫我們因為"), st.characters()), max_size=60)
)
def test_the_pieces_are_the_title(title):
    pieces = phrasing.phrases(title)
    assert "".join(pieces) == title
    assert all(pieces)


def test_a_title_is_escaped():
    shown = Template("{% load phrases %}{{ t|phrased }} {% phrased t %}").render(
        Context({"t": "<b>酸的</b>，水溫 & 粉"})
    )
    assert "<b>" not in shown
    assert "<wbr>" in shown
    assert "&amp;" in shown


def test_a_title_is_escaped_once_whatever_its_way():
    words = "{% load i18n phrases %}{% blocktranslate asvar said with t=t %}{{ t }}{% endblocktranslate %}{{ said|phrased }}"
    assert Template(words).render(Context({"t": "豆 & 水"})) == "豆 &amp; 水"


def test_a_title_that_was_searched_breaks_in_the_same_places_within_its_marks_and_without():
    title = "手沖總是太酸？<把>你的水溫貼上來"
    shown = lighting.lit(title, "太酸？<把>你", breaks=phrasing.breaks(title))
    assert shown.replace("<mark>", "").replace("</mark>", "") == "<wbr>".join(map(escape, phrasing.phrases(title)))
    assert "<wbr>" in shown.partition("<mark>")[2].partition("</mark>")[0]
