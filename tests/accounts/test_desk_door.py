"""Who gets to the desk."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_in_and_comes_back(stranger):
    assert stranger.get("/desk/").url == "/join/?next=%2Fdesk%2F"
    assert stranger.get("/desk/login/").url.startswith("/join/")


def test_a_member_without_rights_is_told_so_plainly(as_ada):
    answer = as_ada.get("/desk/")
    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["edda", "mark", "mod", "root"])
def test_staff_come_in(request, who):
    assert request.getfixturevalue(f"as_{who}").get("/desk/").status_code == 200


@pytest.mark.parametrize("path", ["password_reset/", "account/change_password/"])
def test_no_password_page_is_open(stranger, as_root, path):
    assert stranger.get(f"/desk/{path}").status_code == 302
    assert as_root.get(f"/desk/{path}").status_code == 404


def test_allauths_own_pages_lead_to_ours(stranger):
    for path in ("login", "signup", "code", "code/ask", "verify", "reauthenticate"):
        assert stranger.get(f"/account/{path}/?next=/forum/").url == "/join/?next=/forum/"


def test_the_desk_has_its_own_policy_and_is_never_kept(as_root, stranger):
    desk = as_root.get("/desk/")
    assert "'unsafe-inline'" in desk.headers["Content-Security-Policy"]
    assert "no-store" in desk.headers["Cache-Control"]
    assert "unsafe" not in stranger.get("/join/").headers["Content-Security-Policy"]
