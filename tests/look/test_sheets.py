"""The style sheets keep their manner: one thing a file, layers, tokens, no shouting."""

import re

import pytest

from community.commons import assets
from tests.look import colours

SHEETS = sorted(path.name for path in colours.CSS.glob("*.css"))
PARTS = [name for name in SHEETS if name != "house.css"]
# Files that hold more than one thing, or bare elements, and say so by their name.
SHARED = {
    "page.css": {"page", "columns", "section-head", "crumbs"},
    "face.css": {"face", "faces"},
    "thread.css": {"thread", "threads"},
    "notice.css": {"notice", "notices"},
    "button.css": {"button", "buttons", "htmx-request"},
    "field.css": {"field", "input", "choice", "pot"},
    "figures.css": {"figures", "figure", "cards", "bar", "up", "n", "few"},
    "state.css": {"state", "empty"},
    "rail.css": {"rail", "rail-room"},
    "base.css": {"count", "visually-hidden"},
    "story.css": {"story", "stories"},
    "picture.css": {"picture", "gallery"},
    "hues.css": {"face"},
    "ring.css": {"ring", "rings"},
    "ask.css": {"ask", "asks"},
}


def _blocks(selector: str) -> set[str]:
    return {re.split(r"__|--", name)[0] for name in re.findall(r"\.(-?[_a-zA-Z][\w-]*)", selector)}


def test_the_one_sheet_that_is_sent_names_every_part_once():
    asked = re.findall(r'@import "([\w.-]+)";', (colours.CSS / "house.css").read_text())
    assert asked[0] == "layers.css"
    assert sorted(asked) == PARTS


def test_parts_are_put_in_the_place_of_their_imports():
    parts = {"a.css": "/* words for us */\n.a { color: red }\n", "b.css": ".b { top: 0 }\n"}
    sent = assets.joined('/* All. */\n@import "a.css";\n@import "b.css";\n', parts.__getitem__)
    assert sent == ".a { color: red }\n.b { top: 0 }\n"


@pytest.mark.parametrize("name", PARTS)
def test_a_sheet_says_what_it_is_and_keeps_to_a_layer(name):
    text = (colours.CSS / name).read_text()
    assert text.startswith("/* "), "a sheet opens with a sentence"
    bare = colours.sheet(name).strip()
    assert bare.startswith("@layer ")
    assert "!important" not in bare
    assert "@import" not in bare
    assert "url(" not in bare.replace('url("data:', ""), "pictures drawn in place, or none"
    assert not re.search(r"(?m)^\s*#[\w-]+[ ,{]", bare), "no ids"


@pytest.mark.parametrize("name", PARTS)
def test_colours_are_named_in_one_place(name):
    if name in {"tokens.css", "hues.css", "print.css"}:
        return
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|oklch\([\d.]", colours.sheet(name))


@pytest.mark.parametrize(
    "name", [name for name in PARTS if name not in {"layers.css", "tokens.css", "print.css", "talk.css"}]
)
def test_a_sheet_has_rules_for_its_own_thing_only(name):
    own = SHARED.get(name, {name.removesuffix(".css")})
    for selector in re.findall(r"(?m)^\s*([^{}@;]+)\{", colours.sheet(name)):
        found = _blocks(selector)
        assert not found or found & own or name == "base.css", f"{name} speaks of {selector.strip()}"
