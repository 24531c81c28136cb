"""What is to be read can be read, by day and by night, whatever colours a brand chose."""

import pytest

from tests.look import colours

TEXT, MARK = 4.5, 3.0
GROUNDS = ("paper", "card", "sunk")

READ = [
    *((words, ground) for words in ("ink", "ink-soft", "brand-text", "calm", "stop") for ground in GROUNDS),
    ("brand-ink", "brand"),
    ("brand-text", "brand-wash"),
    ("ink", "brand-wash"),
    ("ink-soft", "brand-wash"),
    ("calm", "calm-wash"),
    ("ink", "calm-wash"),
    ("stop", "stop-wash"),
    ("paper", "ink"),
]
SEEN = [
    *((mark, ground) for mark in ("edge", "ring", "brand") for ground in GROUNDS),
]


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("words", "ground"), READ, ids=" on ".join)
def test_words_can_be_read(words, ground, night):
    known = colours.tokens(night)
    assert colours.contrast(known[words], known[ground]) >= TEXT


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("mark", "ground"), SEEN, ids=" on ".join)
def test_marks_that_mean_something_can_be_seen(mark, ground, night):
    known = colours.tokens(night)
    assert colours.contrast(known[mark], known[ground]) >= MARK


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("hue", colours.hues())
def test_faces_can_be_read_in_each_of_their_hues(hue, night):
    known = colours.tokens(night)
    assert colours.contrast(known["face-ink"], (*known["face"], hue)) >= TEXT


OF_A_BRAND = [
    (words, ground) for words, ground in READ if {"brand", "calm"} & {words.split("-")[0], ground.split("-")[0]}
]


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("hue", colours.hues())
def test_a_brand_may_choose_any_hue(hue, night):
    known = colours.tokens(night, brand=hue, calm=hue)
    for words, ground in OF_A_BRAND:
        assert colours.contrast(known[words], known[ground]) >= TEXT, f"{words} on {ground}"
    for ground in GROUNDS:
        assert colours.contrast(known["brand"], known[ground]) >= MARK, ground


def test_night_is_never_pure_black():
    known = colours.tokens(night=True)
    assert all(known[ground][0] > 0.1 and known[ground][1] > 0 for ground in GROUNDS)
