"""Webhooks over the API and at the desk."""

import pytest
from django.urls import reverse

from community.campaigns.hooks import keeping, sending, telling
from community.campaigns.models import Dispatch, Endpoint
from community.commons import fetching

pytestmark = pytest.mark.django_db
THERE = {"label": "報名表", "url": "https://hooks.brand.example/in", "kinds": ["joined", "click"]}


@pytest.fixture(autouse=True)
def _names(monkeypatch):
    """Names that mean what the test says; nothing is asked."""
    known = {"hooks.brand.example": ["93.184.216.34"], "inside.example": ["10.0.0.1"]}

    def resolve(host, port):
        if host not in known:
            raise OSError
        return known[host]

    monkeypatch.setattr(fetching, "resolve", resolve)


@pytest.fixture
def endpoint(mark):
    return keeping.register(owner=mark, **THERE)


def test_a_webhook_is_registered_and_its_secret_told_once(ask, mark):
    made = ask("post", "/webhooks", THERE)
    assert made.status_code == 201
    told = made.json()
    assert told["secret"].startswith("whsec_")
    assert (told["state"], told["kinds"]) == ("running", ["click", "joined"])
    assert Endpoint.objects.get().owner == mark
    for path in ("/webhooks", f"/webhooks/{told['id']}"):
        assert "secret" not in ask("get", path).content.decode()
    renewed = ask("post", f"/webhooks/{told['id']}/secrets").json()
    assert renewed["secret"] != told["secret"]


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"url": "http://hooks.brand.example/in"}, "/url"), ({"url": "https://inside.example/"}, "/url"),
        ({"url": "https://127.0.0.1/"}, "/url"), ({"url": "https://nobody.example/"}, "/url"),
        ({"url": "https://a:b@hooks.brand.example/"}, "/url"), ({"url": "https://hooks.brand.example:22/"}, "/url"),
        ({"url": "javascript:alert(1)"}, "/url"), ({"kinds": []}, "/kinds"), ({"kinds": ["everything"]}, "/kinds/0"),
        ({"label": ""}, "/label"), ({"secret": "mine"}, "/secret"),
    ],
)  # fmt: skip
def test_a_webhook_that_cannot_be_is_explained(told, place, ask):
    refused = ask("post", "/webhooks", THERE | told)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == place
    assert not Endpoint.objects.exists()


def test_a_webhook_is_changed_stopped_started_and_forgotten(ask, endpoint):
    place = f"/webhooks/{endpoint.pk}"
    assert ask("patch", place, {"kinds": ["climbed"]}).json()["kinds"] == ["climbed"]
    assert ask("patch", place, {"label": "別的"}).json()["url"] == THERE["url"]
    assert ask("put", f"{place}/stop").json()["state"] == "stopped"
    assert ask("delete", f"{place}/stop").json()["state"] == "running"
    assert ask("delete", place).status_code == 204
    assert ask("get", place).status_code == 404


def test_what_it_was_told_can_be_read_and_sent_again(ask, endpoint, monkeypatch):
    test = ask("post", f"/webhooks/{endpoint.pk}/tests")
    assert test.status_code == 202
    monkeypatch.setattr(fetching, "fetch", lambda url, **told: fetching.Answer(200, {}, b"<b>thanks</b>", url))
    sending.send(test.json()["id"])
    (told,) = ask("get", f"/webhooks/{endpoint.pk}/deliveries").json()["items"]
    assert (told["state"], told["log"][0]["status"], told["log"][0]["words"]) == ("sent", 200, "<b>thanks</b>")
    assert ask("post", f"/webhooks/{endpoint.pk}/replays", {"delivery": told["id"]}).json() == {"count": 1}
    assert ask("post", f"/webhooks/{endpoint.pk}/replays", {"delivery": told["id"]}).json() == {"count": 0}
    sending.send(told["id"])
    span = {"since": "2020-01-01T00:00:00Z", "until": "2999-01-01T00:00:00Z"}
    assert ask("post", f"/webhooks/{endpoint.pk}/replays", span).json() == {"count": 1}
    assert ask("get", "/webhooks/999999/deliveries").status_code == 404


def test_scopes_hold(program, mark, endpoint):
    reader = program(mark, "webhooks:read")
    assert reader("get", "/webhooks").status_code == 200
    for method, path in (("post", "/webhooks"), ("delete", f"/webhooks/{endpoint.pk}"),
                         ("post", f"/webhooks/{endpoint.pk}/tests"), ("post", f"/webhooks/{endpoint.pk}/secrets")):  # fmt: skip
        assert reader(method, path, THERE if path == "/webhooks" else None).status_code == 403


READ = ["hooks", "hook_new", "hook", "hook_words"]
WRITE = ["hook_stop", "hook_secret", "hook_tests", "hook_replays", "hook_end"]


def address(name, endpoint):
    return reverse(f"campaigns:{name}", args=[] if name in {"hooks", "hook_new"} else [endpoint.pk])


@pytest.mark.parametrize("name", READ + WRITE)
def test_the_drawer_is_for_marketers_alone(name, endpoint, stranger, as_ben, as_edda, as_mark):
    place = address(name, endpoint)
    for person in (stranger, as_ben, as_edda):
        answer = person.post(place, THERE) if name in WRITE else person.get(place)
        assert answer.status_code in {302, 403}
    assert Endpoint.objects.get().seed == endpoint.seed
    assert not Dispatch.objects.exists()
    assert as_mark.get(place).status_code == (405 if name in WRITE else 200)


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_the_desk_registers_shows_and_ends(language, as_mark, monkeypatch):
    headers = {"Accept-Language": language}
    made = as_mark.post(reverse("campaigns:hook_new"), THERE, headers=headers)
    assert made.status_code == 200
    endpoint = Endpoint.objects.get()
    assert endpoint.secret in made.content.decode()
    page = lambda: as_mark.get(endpoint.get_absolute_url(), headers=headers).content.decode()  # noqa: E731
    assert endpoint.secret not in page()
    as_mark.post(reverse("campaigns:hook_tests", args=[endpoint.pk]))
    monkeypatch.setattr(
        fetching, "fetch", lambda url, **told: fetching.Answer(500, {}, b"<script>alert(1)</script>", url)
    )
    dispatch = Dispatch.objects.get()
    sending.send(dispatch.pk)
    assert "&lt;script&gt;alert" in page()
    assert "<script>alert" not in page()
    Dispatch.objects.update(state="given_up")
    as_mark.post(reverse("campaigns:hook_replays", args=[endpoint.pk]), {"delivery": str(dispatch.pk)})
    assert Dispatch.objects.get().state == "waiting"
    as_mark.post(reverse("campaigns:hook_stop", args=[endpoint.pk]))
    endpoint.refresh_from_db()
    assert endpoint.state == "stopped"
    as_mark.post(reverse("campaigns:hook_stop", args=[endpoint.pk]), {"out": "1"})
    renewed = as_mark.post(reverse("campaigns:hook_secret", args=[endpoint.pk])).content.decode()
    endpoint.refresh_from_db()
    assert endpoint.secret in renewed
    changed = as_mark.post(reverse("campaigns:hook_words", args=[endpoint.pk]), THERE | {"label": "別的"})
    assert changed.status_code == 302
    assert as_mark.post(reverse("campaigns:hook_end", args=[endpoint.pk])).status_code == 302
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("told", [{}, {"delivery": "nonsense"}, {"since": "x", "until": "y"}])
def test_a_span_that_cannot_be_is_explained(told, as_mark, endpoint):
    answer = as_mark.post(reverse("campaigns:hook_replays", args=[endpoint.pk]), told)
    assert answer.status_code == (404 if "delivery" in told else 422)


def test_a_form_with_an_address_inside_is_shown_again(as_mark):
    answer = as_mark.post(reverse("campaigns:hook_new"), THERE | {"url": "https://inside.example/"})
    assert answer.status_code == 422
    assert "inside.example" in answer.content.decode()


def test_the_page_asks_as_often_for_many_messages_as_for_few(as_mark, endpoint, django_assert_max_num_queries):
    for _ in range(25):
        telling.tell_test(endpoint=endpoint)
    as_mark.get(endpoint.get_absolute_url())
    with django_assert_max_num_queries(18):
        assert as_mark.get(endpoint.get_absolute_url()).content.decode().count('id="dispatch-') == 25
