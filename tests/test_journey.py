"""The whole journey, from a post to a regular, by a reader without script, on the real site."""

import itertools

import httpx
import pytest

from tests.e2e.seed import GREETING, TITLE
from tests.walking import IN_APP, LANGUAGES, Walker

DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_numbers = itertools.count(1)


@pytest.fixture
def newcomer():
    return f"newcomer-{next(_numbers)}@journey.example"


@pytest.fixture(scope="module")
def mark(site):
    """The marketer at the desk, signed in once as everybody signs in."""
    email = "mark@cast.example"
    with Walker(site.url, agent=DESKTOP, language="en") as walker:
        sent = len(site.letters(email))
        walker.open("/join/?next=/desk/").send("email", email)
        walker.send("code", site.code_for(email, nth=sent + 1))
        assert walker.place == "/desk/"
        yield walker


def _report(site, mark, code):
    """What the marketer reads about one link: visits of people, and who joined; a link nobody tapped has no line yet."""
    mark.open(f"/desk/insights/campaigns/{site.seeds['campaign']}/")
    row = mark.page.find(attrs={"data-code": code})
    cells = row.find_all(attrs={"data-figure": ["visits", "joined"]}) if row else []
    return {"visits": 0, "joined": 0} | {cell["data-figure"]: int(cell["data-value"]) for cell in cells}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", IN_APP)
def test_a_stranger_taps_a_post_writes_joins_and_is_counted(site, mark, newcomer, app, language):
    code, words = site.seeds["links"][app], f"我家是 93 度，{newcomer} 想知道要不要磨粗一點"
    before = _report(site, mark, code)
    with Walker(site.url, agent=IN_APP[app], language=language) as kim:
        # A tap leads to what the post promised, with the talk underneath, and keeps what the app had added.
        kim.open(f"/go/{code}?fbclid=IwAR-x_Y%2f&utm_content=mine")
        assert kim.answer.history[0].status_code == 302
        assert kim.answer.history[0].headers["cache-control"] == "private, no-store"
        assert kim.place.startswith(site.seeds["landing"])
        assert "fbclid=IwAR-x_Y%2f&utm_content=mine" in kim.place
        assert TITLE in kim.words
        said = kim.page.find(id=f"posts-{site.seeds['thread']}").find_all("article")
        assert said
        # They write before they are anybody.
        kim.send("body", words)
        assert kim.place.startswith("/join/")
        assert words not in httpx.get(f"{site.url}/forum/threads/{site.seeds['thread']}/").text
        # A slip of the finger, then a wrong code, then the right one.
        kim.send("email", "not an address")
        assert kim.answer.status_code == 422
        kim.send("email", newcomer)
        right = site.code_for(newcomer)
        kim.send("code", "000000" if right != "000000" else "111111")
        assert kim.answer.status_code == 422
        kim.send("code", right)
        # Published once, they stand beside their own words, and are greeted as the campaign greets.
        assert kim.place.startswith(f"/forum/threads/{site.seeds['thread']}/")
        assert words in kim.words
        assert GREETING[language] in kim.words
        kim.send("name", f"小{app}")
        assert f"小{app}" in kim.words
    # Somebody else reads it.
    with Walker(site.url, agent=DESKTOP, language="zh") as reader:
        reader.open(f"/forum/threads/{site.seeds['thread']}/")
        assert reader.words.count(words) <= 1
        since = httpx.get(f"{site.url}/live/thread.{site.seeds['thread']}/?since=0").json()
        assert sum(words in frame["html"] for frame in since["frames"]) == 1
    # The marketer sees which post brought this member.
    after = _report(site, mark, code)
    grown = {figure: after[figure] - before[figure] for figure in after}
    assert grown == {"visits": 1, "joined": 1}


def test_someone_we_know_signs_in_the_same_way_and_their_words_are_published(site):
    with Walker(site.url, agent=IN_APP["line"], language="zh") as chen:
        chen.open(f"/forum/threads/{site.seeds['thread']}/")
        chen.send("body", "我是小陳，換一支手機也找得到路")
        sent = len(site.letters("chen@cast.example"))
        chen.send("email", "CHEN@cast.example")
        chen.send("code", site.code_for("chen@cast.example", nth=sent + 1))
        assert "我是小陳，換一支手機也找得到路" in chen.words


def test_what_was_held_waits_while_a_tab_is_closed(site, newcomer):
    with Walker(site.url, agent=IN_APP["facebook"], language="zh") as kim:
        kim.open(f"/forum/threads/{site.seeds['thread']}/")
        kim.send("body", f"{newcomer} 先寫了，但信箱在另一支手機")
        held = str(kim.answer.url.params["next"])
        kim.open(held)
        assert f"{newcomer} 先寫了" in kim.words  # still theirs, in the same browser
        assert httpx.get(site.url + held).status_code == 404  # and nobody else's


def test_a_link_preview_gets_its_card_and_is_no_person(site, mark):
    code = site.seeds["links"]["facebook"]
    before = _report(site, mark, code)
    card = httpx.get(
        f"{site.url}/go/{code}",
        headers={"User-Agent": "facebookexternalhit/1.1;line-poker/1.0"},
        follow_redirects=False,
    )
    assert card.status_code == 200
    assert 'property="og:title"' in card.text
    assert _report(site, mark, code) == before


def test_an_unknown_code_leads_home(site):
    with Walker(site.url, agent=IN_APP["facebook"], language="zh") as kim:
        kim.open("/go/no-such-link")
        assert kim.answer.status_code == 404
        assert kim.page.find("a", href="/")


def test_what_is_for_old_friends_exists_for_nobody_else(site):
    with Walker(site.url, agent=DESKTOP, language="zh") as stranger:
        assert stranger.open(f"/forum/threads/{site.seeds['secret']}/").answer.status_code == 404
        assert "常客才看得到的祕密配方" not in stranger.open(site.seeds["article"]).answer.text
        assert stranger.answer.status_code == 200
