"""Search: words as people in Taiwan write them are found where they stand, by those who may read them."""

import pytest

from community.forum import discussing, finding


@pytest.fixture
def said(thread, ben):
    return discussing.reply(
        thread=thread, author=ben, body="我用 Kalita Wave 濾杯，水溫８８度，在臺中買的耶加雪菲喝起來很酸。"
    )


@pytest.mark.parametrize(
    "question",
    [
        "水溫",
        "耶加雪菲",
        "雪菲",
        "臺中",
        "台中",
        "kalita",
        "KALITA wave",
        "Ｋａｌｉｔａ",
        "kal",
        "88",
        "酸",
        "濾杯 台中",
        "很酸",
    ],
)
def test_it_is_found(question, said, stranger):
    answer = stranger.get("/forum/search/", {"q": question, "kind": "post"}).content.decode()
    assert said.get_absolute_url().replace("&", "&amp;") in answer


@pytest.mark.parametrize("question", ["雪耶", "中台", "水度", "濾杯 高雄", "alita"])
def test_what_was_not_said_is_not_found(question, said, stranger):
    assert said.get_absolute_url() not in stranger.get("/forum/search/", {"q": question}).content.decode()


def test_titles_are_found_and_lit(thread, stranger):
    answer = stranger.get("/forum/search/", {"q": "皺眉"}).content.decode()
    assert "<mark>皺眉</mark>" in answer
    assert f'href="{thread.get_absolute_url()}"' in answer


def test_an_edit_is_found_by_its_new_words_only(said, ben, stranger):
    discussing.edit(post=said, author=ben, body="改喝深焙的曼特寧了")
    assert said.get_absolute_url() in stranger.get("/forum/search/?q=曼特寧").content.decode()
    assert said.get_absolute_url() not in stranger.get("/forum/search/?q=耶加雪菲").content.decode()


def test_results_are_paged(thread, ben, stranger):
    for n in range(25):
        discussing.reply(thread=thread, author=ben, body=f"豆子的事情 {n}", at=thread.started_at)
    first = stranger.get("/forum/search/", {"q": "豆子", "kind": "post"})
    assert first.content.decode().count('class="thread found--post"') == 20
    following = first.context["found"].next
    second = stranger.get("/forum/search/", {"q": "豆子", "kind": "post", "after": following})
    assert second.content.decode().count('class="thread found--post"') == 5
    assert 'href="?q=%E8%B1%86%E5%AD%90&amp;kind=post">回到最前面' in second.content.decode()


def test_nothing_found_says_so_and_offers_the_next_step(stranger, thread):
    answer = stranger.get("/forum/search/?q=手搖飲", headers={"Accept-Language": "en"}).content.decode()
    assert "Nobody has written “手搖飲”" in answer
    assert "/forum/new/" in answer


@pytest.mark.parametrize("text", ["", "！！", "\x00", "a" * 5000, "酸" * 20_000, "👍" * 100])
def test_any_text_makes_a_vector(text, thread, ben, db):
    thread.title = text
    finding.note_title(thread)
