"""What is shown to whoever bears a session is kept by nobody between them and us."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_members_page_is_theirs_and_what_a_stranger_gets_carries_nothing_of_it(as_ada, stranger):
    for path in ("/forum/", "/forum/hot/", "/forum/unread/", "/"):
        answer = as_ada.get(path)
        assert "private" in answer["Cache-Control"], path
        assert "no-cache" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"], path
        assert "X-Public-Tags" not in answer, path
    kept = stranger.get("/forum/")
    assert "X-Public-Tags" in kept
    assert "Cache-Control" not in kept, "the shelf in front of Django says how long it is kept"


def test_what_says_something_of_its_own_is_left_alone(as_ada):
    assert as_ada.get("/brand.css")["Cache-Control"].startswith("public")
    assert "no-store" in as_ada.get("/me/")["Cache-Control"]
