"""The twin over HTTP: the same frames, by the same rights, for whoever has no socket."""

import json
import time

import pytest

from community.live import presence
from tests.live import notes


def ask(client, since, topic=None, **more):
    return client.get(f"/live/{topic or notes.topic()}/", {"since": since}, **more)


def test_it_gives_what_happened_since(stranger, say):
    for text in ("one", "two", "three"):
        say(text)
    answer = ask(stranger, 1)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.json() == {
        "n": 3,
        "count": 0,
        "frames": [
            {"topic": notes.topic(), "n": 2, "kind": "note", "id": "note-2", "html": '<p lang="zh-hant">two</p>'},
            {"topic": notes.topic(), "n": 3, "kind": "note", "id": "note-3", "html": '<p lang="zh-hant">three</p>'},
        ],
    }


def test_it_speaks_the_readers_language(stranger, say):
    say("hi")
    assert 'lang="en"' in ask(stranger, 0, headers={"Accept-Language": "en"}).json()["frames"][0]["html"]


def test_nothing_new_is_an_empty_answer(stranger, say):
    say("one")
    assert ask(stranger, 1).json() == {"n": 1, "count": 0, "frames": []}


def test_too_far_behind_or_ahead_means_fetching_the_page_anew(stranger, say):
    for number in range(201):
        notes.keep(str(number))
    assert ask(stranger, 0).json() == {"n": 201, "count": 0, "frames": [], "reset": True}
    assert len(ask(stranger, 1).json()["frames"]) == 200
    assert ask(stranger, 202).json()["reset"] is True


@pytest.mark.parametrize(
    "since", ["", "-1", "x", "1.5", "１", "9" * 19, "9" * 500, "１２", "\u0661", "0x10", "1 OR 1=1"]
)
def test_a_number_that_is_none_gets_a_clear_answer(stranger, since):
    answer = ask(stranger, since)
    assert answer.status_code == 400
    assert "since" in answer.json()["error"]


def test_a_missing_number_gets_the_same_answer(stranger):
    assert stranger.get("/live/note.all/").status_code == 400


@pytest.mark.parametrize("topic", ["note.gone", "nothing.1", "note", "note.", ".1", "note.a b", "n" * 3000, "note.%00"])
def test_what_is_not_there_is_not_found(stranger, topic):
    assert ask(stranger, 0, topic).status_code in {400, 404}


def test_each_reader_sees_what_their_tier_opens(stranger, as_ben, as_chen, as_host):
    statuses = [ask(client, 0, notes.topic("tier2")).status_code for client in (stranger, as_chen, as_ben, as_host)]
    assert statuses == [404, 404, 200, 200]


def test_it_only_reads(as_ada):
    assert as_ada.post("/live/note.all/?since=0").status_code == 405


def test_a_process_that_fell_silent_is_not_counted():
    now = int(time.time())

    def told(many, seconds_ago):
        return json.dumps({"many": many, "at": now - seconds_ago, "who": None}).encode()

    assert presence.total({b"a": told(3, 0), b"b": told(4, 61), b"c": told(5, 30)}).count == 8
