"""The site stands, before anybody walks through it."""


def test_the_site_answers_a_phone_without_complaint(phone):
    answer = phone.goto("/")
    assert answer.status == 200
    assert answer.headers["content-security-policy"]


def test_the_site_is_ready(phone):
    assert phone.request.get("/readyz").json()["ready"] is True
