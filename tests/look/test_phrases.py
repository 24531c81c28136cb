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
    ("為什麼衣索比亞水洗豆的酸總是不在這裡", "為什麼衣索比亞水洗豆的|酸總是不在這裡"),
    ("租屋處的V60濾杯第3次沖煮92度", "租屋處的|V60|濾杯第3次沖煮92度"),
    ("離目的地還有一段很長的山路要走", "離目的地還有一段很長的|山路要走"),
    ("再一步，你的留言就貼上去了", "再一步，|你的留言就貼上去了"),
    ("店裡要不要賣低因，是不是大家要不要", "店裡要不要賣低因，|是不是大家要不要"),
    ("水粉比 1:15 還是 1:16，你們怎麼選", "水粉比 1:15 還是 1:16，|你們怎麼選"),
    ("粉水比1：15還是1：16比較好喝呢", "粉水比1：15|還是1：16比較好喝呢"),
    ("NT$1,200以下、10:30到12:00(日)14:00", "NT$1,200以下、|10:30到12:00(日)14:00"),
    ("請寄到hello@example.com報名，A/B都可以", "請寄到|hello@example.com|報名，|A/B都可以"),
    ("溫度85~92°C的水，C#和F#的音", "溫度85~92°C的水，|C#和F#的音"),
    ("👨‍👩‍👧‍👦一起來，👍🏽推薦🇹🇼的店", "👨‍👩‍👧‍👦一起來，|👍🏽推薦🇹🇼的店"),
    ("Why is it sour?", "Why is it sour?"),
    ("", ""),
]


@pytest.mark.parametrize(("title", "pieces"), KNOWN)
def test_known_titles_break_where_a_reader_would(title, pieces):
    assert "|".join(phrasing.phrases(title)) == pieces


TIED = [
    ("每天3–5杯，92 °C，85～92度", "每天3‿–‿5‿杯，92␣°C，85‿～‿92‿度"),
    ("第 3 期和第4期，NT$ 500，15 g 粉", "第␣3␣期和第‿4‿期，NT$␣500，15␣g 粉"),
    ("1：15 或 1 : 16，10:30 – 12:00", "1：‿15 或 1␣:␣16，10:30␣– 12:00"),
    ("@小明 寄到 a@b.tw，V60 01 和 C40", "@‿小明 寄到 a@b.tw，V60 01 和 C40"),
]


@pytest.mark.parametrize(("title", "tied"), TIED)
def test_a_figure_or_a_name_is_never_torn_by_the_end_of_a_line(title, tied):
    held = phrasing.held(title)
    assert held.replace("\u00a0", "␣").replace("\u2060", "‿") == tied
    assert phrasing.held(held) == held


@given(
    st.text(alphabet=st.one_of(st.sampled_from("的了嗎和在把，。？「」 aB3水溫我們因為"), st.characters()), max_size=60)
)
def test_the_pieces_are_the_title(title):
    pieces = phrasing.phrases(title)
    assert "".join(pieces) == title
    assert all(pieces)


def test_a_clause_too_long_for_a_narrow_line_can_break_within():
    shown = Template("{% load phrases %}{{ t|phrased }}").render(Context({"t": "太酸，濾杯第3次沖煮92度一定會苦"}))
    assert shown == '太酸，<wbr><span class="clause">濾杯第\u20603\u2060次沖煮92\u2060度一定會苦</span>'


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
