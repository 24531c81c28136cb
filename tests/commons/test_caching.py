"""The cache is a convenience: with Valkey gone, people stay signed in and pages answer."""

import socket
from contextvars import Context

import pytest
from django.conf import settings
from django.core.cache import cache, caches

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_valkey(settings):
    with socket.socket() as ear:  # bound, never listening: every call is refused at once
        ear.bind(("127.0.0.1", 0))
        gone = {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{ear.getsockname()[1]}/0"}
        settings.CACHES = {"default": gone}
        yield


def test_a_member_stays_signed_in_without_valkey(as_ada, without_valkey):
    assert as_ada.get("/me/").status_code == 200
    assert as_ada.post("/leave/").status_code == 302
    assert as_ada.get("/me/").status_code == 302


def test_pages_of_strangers_answer_without_valkey(stranger, without_valkey):
    assert stranger.get("/forum/").status_code == 200


def test_an_absent_cache_is_an_empty_one(without_valkey):
    absent = caches["default"]
    assert absent.set("word", 1) is None
    assert absent.get("word", "nothing") == "nothing"
    assert absent.add("word", 1) is False
    assert absent.delete("word") is False
    assert "word" not in absent
    assert absent.get_many(["word"]) == {}
    assert absent.set_many({"word": 1}) == ["word"]


def test_a_present_cache_keeps_words():
    assert settings.CACHES["default"]["BACKEND"].endswith("SteadyCache")
    cache.set("kept", "as it was", 60)
    assert cache.get_many(["kept", "other"]) == {"kept": "as it was"}
    assert cache.delete("kept")


def test_every_request_asks_over_the_same_wire():
    """Django gives each request caches of its own; ours share what is connected."""
    mine, of_another = caches["default"], Context().run(lambda: caches["default"])
    assert mine is not of_another
    assert mine._cache.get_client("word") is of_another._cache.get_client("another", write=True)
