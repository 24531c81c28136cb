"""Publishing: after commit, in each language, and never at the caller's expense."""

import pytest
from django.db import transaction

from community.live import publishing
from tests.live import notes


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_told():
    with publishing.captured() as frames:
        with transaction.atomic():
            notes.tell("never", 1)
            transaction.set_rollback(True)
        assert frames == []
        with transaction.atomic():
            notes.tell("kept", 1)
            assert frames == []
        assert [topic for topic, _ in frames] == [notes.topic()]


def test_a_frame_is_rendered_once_for_each_language(db, django_capture_on_commit_callbacks):
    rendered = []

    def render(language):
        rendered.append(language)
        return notes.html("hi")

    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        publishing.publish_on_commit(
            topic="note.all", number=3, kind="note", render=render, extra={"id": "note-3", "by": 7}
        )
    ((topic, by_language),) = frames
    assert rendered == ["zh-hant", "en"]
    assert topic == "note.all"
    assert by_language["en"] == {
        "by": 7,
        "topic": "note.all",
        "n": 3,
        "kind": "note",
        "id": "note-3",
        "html": '<p lang="en">hi</p>',
    }
    assert 'lang="zh-hant"' in by_language["zh-hant"]["html"]


def test_extra_cannot_change_what_a_frame_is(db, django_capture_on_commit_callbacks):
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        publishing.publish_on_commit(topic="note.all", number=3, kind="note", extra={"topic": "x", "n": 9, "kind": "y"})
    assert frames[0][1]["en"] == {"topic": "note.all", "n": 3, "kind": "note"}


def test_a_frame_that_cannot_be_rendered_makes_readers_ask(db, django_capture_on_commit_callbacks):
    with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
        publishing.publish_on_commit(topic="note.all", number=3, kind="note", render=lambda language: 1 / 0)
    assert frames[0][1]["en"] == {"topic": "note.all", "n": 3, "kind": "behind"}


def test_a_dead_wire_costs_the_writer_nothing(db, django_capture_on_commit_callbacks, monkeypatch):
    tried = []

    async def broken(group, message):
        tried.append(group)
        raise ConnectionError

    monkeypatch.setattr(publishing, "_group_send", broken)
    monkeypatch.setattr(publishing, "_silent_until", 0.0)
    with django_capture_on_commit_callbacks(execute=True):
        notes.tell("lost", 1)
        notes.tell("lost too", 2)
    assert tried == [notes.topic()]  # the second did not even try
