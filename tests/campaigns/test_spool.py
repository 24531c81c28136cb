import subprocess
import sys
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as house
from django.db import connection, connections

from community.campaigns import agents, clicks, linking, moments, partitions, replaying, salts, spool, tasks
from community.campaigns.models import Click, Salt
from community.commons.ids import uuid7
from tests.campaigns.knocking import campaign

AGENT = agents.Agent("human", "line", "ios", "phone")


def line(link=1, query=b"", **more):
    told = {"language": "", "referrer": "", "address": "\\N", "agent_said": "x", **more}
    at = told.pop("at", time.time())
    return clicks.line(
        id=told.pop("id", uuid7()),
        at=at,
        link=link,
        visitor=uuid.uuid4(),
        kind="human",
        agent=AGENT,
        query=query,
        **told,
    )


@pytest.fixture
def link(street):
    return linking.make_link(campaign=campaign(), channel="x", label="a", destination="/", code="a")


def put(*lines):
    kept = spool.Spool()
    kept.write(list(lines))
    kept.close()


def test_replaying_twice_adds_each_click_once(link):
    lines = [line(link.pk) for _ in range(50)]
    put(*lines)
    put(*lines[:20])
    assert replaying.replay() == 50
    put(*lines)
    assert replaying.replay() == 0
    assert Click.objects.count() == 50


def test_odd_words_come_through_whole(link):
    put(
        line(
            link.pk,
            b"a=\\N&b=\x09\x0a\x5c&c=\xe6\x98\xa5",
            agent_said="tab\there \\. new\nline 中文",
            referrer="https://x.y\t/",
        )
    )
    replaying.replay()
    click = Click.objects.get()
    assert click.query == "a=\\N&b=\t\n\\&c=%E6%98%A5"
    assert click.agent_said == "tab\there \\. new\nline 中文"


def test_a_line_torn_by_a_crash_is_left_out_and_the_others_come_in(link):
    put(line(link.pk), line(link.pk), line(link.pk)[:40])
    assert replaying.replay() == 2
    assert not spool.waiting()


def test_a_damaged_line_is_set_aside_and_the_others_come_in(link, spooled):
    put(line(link.pk), b"not a click at all\n", line(link.pk))
    assert replaying.replay() == 2
    assert next(spooled.glob("*.unreadable")).read_bytes() == b"not a click at all\n"
    assert not spool.waiting()


def test_a_file_that_is_being_written_is_left_alone(link):
    writer = spool.Spool()
    writer.write([line(link.pk)])
    assert replaying.replay() == 0
    writer.write([line(link.pk)])
    writer.close()
    assert replaying.replay() == 2


def test_what_a_killed_process_left_is_taken_over(link, spooled):
    code = (
        "import django, os, signal; django.setup(); from community.campaigns.spool import Spool; "
        "spool = Spool(); spool.write([bytes.fromhex(os.environ['LINE'])]); os.kill(os.getpid(), signal.SIGKILL)"
    )
    import os

    env = {
        **os.environ,
        "LINE": line(link.pk).hex(),
        "VAR_DIR": str(spooled.parent),
        "DJANGO_SETTINGS_MODULE": "community.settings",
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=house.BASE_DIR, check=False)
    assert done.returncode == -9
    assert replaying.replay() == 1


def test_two_workers_at_once_bring_each_click_in_once(link):
    for _ in range(12):
        put(*(line(link.pk) for _ in range(30)))
    found = []

    def work():
        found.append(replaying.replay())
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(found) == 360 == Click.objects.count()
    assert not spool.waiting()


def test_a_disk_that_refuses_is_said_and_tears_nothing(tmp_path, settings, monkeypatch):
    settings.VAR_DIR = tmp_path
    kept = spool.Spool()
    kept.write([line()])
    monkeypatch.setattr(spool.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError("no space")))
    with pytest.raises(OSError, match="no space"):
        kept.write([line()])
    monkeypatch.undo()
    [path] = (tmp_path / "spool").glob("*.clicks")
    assert path.read_bytes().count(b"\n") == 2  # the head and the first line


def test_a_click_falls_into_the_table_of_its_month(link):
    at = datetime.now(UTC)
    put(line(link.pk, at=at.timestamp()))
    replaying.replay()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM campaigns_click")
        assert cursor.fetchone()[0] == partitions.name_of(at)


def test_a_month_made_late_takes_over_what_fell_beside_it(link):
    at = datetime.now(UTC) + timedelta(days=500)
    click = Click.objects.create(id=moments.id_at(at), at=at, link=link, agent="human", network="mobile")
    tell = "SELECT tableoid::regclass::text FROM campaigns_click WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(tell, [click.pk])
        assert cursor.fetchone()[0] == "campaigns_click_other"
        try:
            assert partitions.ensure(at, at) == [partitions.name_of(at, table) for table in partitions.TABLES]
            assert partitions.ensure(at, at) == []
            cursor.execute(tell, [click.pk])
            assert cursor.fetchone()[0] == partitions.name_of(at)
            assert Click.objects.get().network == "mobile"
        finally:
            for table in partitions.TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS {partitions.name_of(at, table)}")


@pytest.mark.django_db
def test_the_next_months_are_made_ahead():
    tasks.make_partitions()
    ahead = moments.month(datetime.now(UTC), partitions.AHEAD)
    for table in partitions.TABLES:
        assert partitions.name_of(ahead, table) in partitions.existing(table)


def test_identifiers_of_a_moment_sort_by_it():
    early, late = datetime(2026, 1, 31, 23, 59, 59, 999000, UTC), datetime(2026, 2, 1, tzinfo=UTC)
    assert moments.floor(early) <= moments.id_at(early) < moments.floor(late) <= moments.id_at(late)
    assert moments.moment_of(moments.id_at(early)) == early
    assert moments.id_at(late).version == 7
    assert moments.month(early, 1) == late
    assert moments.month(late, -13) == datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_a_salt_is_one_for_the_day_and_destroyed_after_two():
    today = salts.today()
    assert salts.of(today) == salts.of(today)
    Salt.objects.create(day="2020-01-01", secret=b"x" * 32, made_at=datetime.now(UTC) - timedelta(hours=49))
    tasks.forget_salts()
    assert [str(salt.day) for salt in Salt.objects.all()] == [today]


def test_one_address_has_another_hash_each_day_and_none_without_a_salt():
    assert clicks.hash_of("203.0.113.9", b"a" * 32) != clicks.hash_of("203.0.113.9", b"b" * 32)
    assert clicks.hash_of("203.0.113.9", None) == "\\N"
