"""What the demo says: natural, Traditional, and one story."""

import re

import pytest

from community.commons import chinese
from community.demo import pictures, words

# Characters which exist in simplified writing only: one slip would be seen at once by every reader in Taiwan.
SIMPLIFIED = set(
    "们这说话时间问题个为从对会开关发现样还过进远边给长门见觉认识谢谁请读写听声应买卖东车马鱼鸟风电脑网络图书馆国学习师员岁岛"
    "经济红绿蓝龙头质热饮馒条钱银铁锅烧择简单难错误记忆语词浓缩湿汤饭盘够总让动务办区决净减产术测滤"
)
# How people across the strait would say it.
FOREIGN = (
    "視頻",
    "質量",
    "信息",
    "軟件",
    "鼠標",
    "默認",
    "博客",
    "屏幕",
    "優化",
    "賬號",
    "您",
    "小編",
    "給力",
    "水平很高",
)


def everything():
    for path in sorted(words.HERE.rglob("*.toml")):
        yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "text"), list(everything()))
def test_every_word_is_written_as_in_taiwan(name, text):
    assert not SIMPLIFIED & set(text)
    assert [word for word in FOREIGN if word in text] == []
    # Full-width punctuation between Han characters, never the half-width kind.
    assert re.findall(r"[一-鿿][,;:!?][一-鿿]", text) == []


def test_there_are_enough_people_and_words_to_be_a_place():
    assert len(words.people()) >= 60
    assert len(words.talks()) >= 48
    assert sum(len(talk.posts) for talk in words.talks()) >= 420
    assert len(next(talk for talk in words.talks() if talk.key == "sour-ethiopia").posts) >= 45


def test_every_post_could_have_been_written_on_the_site():
    for talk in words.talks():
        assert chinese.length(talk.title) >= 6, talk.title
        for post in talk.posts:
            assert 8 <= chinese.length(post.body) <= 400, post.body
            assert set(post.reactions) <= {"coffee", "helpful", "heart", "laugh", "wow", "thanks"}


def test_nobody_speaks_before_they_joined_or_where_they_may_not():
    known = {person.name: person for person in words.people()}
    boards = {board["slug"]: board for board in words.boards()}
    for talk in words.talks():
        board, age = boards[talk.board], talk.begins
        first = known[talk.posts[0].who]
        assert first.works_here or first.rank >= board["start"], talk.key
        for post in talk.posts:
            person, age = known[post.who], age - post.after
            assert age.total_seconds() / 86400 < person.days, (talk.key, post.who)
            assert person.works_here or person.rank >= board["reply"], (talk.key, post.who)


def test_names_handles_and_addresses_are_unique():
    for of in ("name", "known_as", "email"):
        all_of_them = [chinese.fold(getattr(person, of)) for person in words.people()]
        assert len(all_of_them) == len(set(all_of_them)), of


def test_who_came_through_a_link_came_while_it_ran():
    links = {link.code: link for campaign in words.campaigns() for link in campaign.links}
    for person in words.people():
        if person.via:
            assert links[person.via].until <= person.days <= links[person.via].since, person.name


def test_the_loud_post_brings_nobody_who_stays_and_the_quiet_one_does():
    voices = {post.who for talk in words.talks() for post in talk.posts}
    came = {code: [p for p in words.people() if p.via == code] for code in ("cat-latte", "plurk-help")}
    links = {link.code: link for campaign in words.campaigns() for link in campaign.links}
    assert links["cat-latte"].clicks > 3 * links["plurk-help"].clicks
    assert not [person for person in came["cat-latte"] if person.name in voices]
    assert len([person for person in came["plurk-help"] if person.name in voices]) >= 8


def test_articles_pages_and_landings_fit_together():
    talks = {talk.key for talk in words.talks()}
    staff = {person.name for person in words.people() if person.works_here}
    landings = {page["slug"]: page for page in words.pages()["landing"]}
    for article in words.articles():
        told = sum(len(block[1]) for block in article["blocks"] if isinstance(block[1], str))
        assert 600 <= told <= 1500, (article["slug"], told)
        assert article["by"] in staff
        assert article["picture"] in pictures.NAMES
    assert sum(block[0] == "divider" for article in words.articles() for block in article["blocks"]) == 1
    for campaign in words.campaigns():
        assert landings[campaign.landing]["thread"] in talks


def test_a_picture_is_the_same_every_time():
    assert pictures.jpeg("cup", (320, 180)) == pictures.jpeg("cup", (320, 180))


def test_every_picture_can_be_drawn_wide_and_square():
    for name in pictures.NAMES:
        assert pictures.paint(name, (160, 90)).size == (160, 90)
        assert pictures.paint(name, (90, 90)).size == (90, 90)
