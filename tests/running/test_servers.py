"""The embedded servers themselves: shared, brought back, never orphaned, never half-made."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
import redis

from community.running import leftovers, privileges, servers
from community.running.folder import ROOT, Folder
from community.running.postgres import Postgres, binary
from community.running.privileges import CAP_DAC_READ_SEARCH, stand_in
from tests.running.test_supervising import is_alive, wait_for

CLEAN = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VALKEY_URL")}


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A data folder as the ordinary clone of root has it: below a folder that only its owner may enter."""
    home = tmp_path_factory.mktemp("root's own")
    home.chmod(0o700)
    return Folder(home / "var")


@pytest.fixture
def urls(var):
    urls, lock = servers.use(var, env={"PATH": os.environ["PATH"]}, durable=True)
    yield urls
    lock.drop()


def pid_of(var, which):
    return int((var / which).read_text().split()[0])


def answers(url):
    try:
        with psycopg.connect(url, connect_timeout=1) as link:
            return link.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def test_both_servers_answer_to_their_passwords_only(urls):
    assert answers(urls["DATABASE_URL"])
    assert redis.Redis.from_url(urls["VALKEY_URL"], protocol=2).ping()
    assert not answers(urls["DATABASE_URL"].replace("homeground:", "homeground:x", 1))
    host = urls["VALKEY_URL"].rpartition("@")[2]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(f"redis://{host}", protocol=2).ping()


def test_two_commands_share_them(var, urls):
    said = subprocess.run(
        [sys.executable, "-m", "community.running", "exec", "--", "sh", "-c", "echo $DATABASE_URL"],
        env={**CLEAN, "VAR_DIR": str(var.path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == urls["DATABASE_URL"]


def test_exec_hands_on_the_exit_code(var, urls):
    command = [sys.executable, "-m", "community.running", "exec", "--", "sh", "-c", "exit 7"]
    env = {**CLEAN, "VAR_DIR": str(var.path)}
    assert subprocess.run(command, env=env, cwd=ROOT, check=False).returncode == 7


def test_postgres_comes_back_after_a_kill_with_what_was_committed(var, urls):
    with psycopg.connect(urls["DATABASE_URL"], autocommit=True) as link:
        link.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        link.execute("INSERT INTO kept VALUES ('committed')")
    old = pid_of(var, "postgres/data/postmaster.pid")
    os.kill(old, signal.SIGKILL)
    assert wait_for(lambda: not is_alive(old))
    assert wait_for(lambda: answers(urls["DATABASE_URL"]), 90)
    with psycopg.connect(urls["DATABASE_URL"]) as link:
        assert link.execute("SELECT word FROM kept").fetchone() == ("committed",)


def test_valkey_comes_back_after_a_kill_with_its_file(var, urls):
    client = redis.Redis.from_url(urls["VALKEY_URL"], protocol=2)
    client.set("kept", "appended")
    client.execute_command("WAITAOF", 1, 0, 2000)
    os.kill(pid_of(var, "valkey/data/pid"), signal.SIGKILL)

    def is_back():
        try:
            return client.get("kept") == b"appended"
        except redis.RedisError:
            return False

    assert wait_for(is_back, 90)


def test_a_killed_keeper_takes_its_servers_along_and_the_next_one_finds_the_data(var, urls):
    with psycopg.connect(urls["DATABASE_URL"], autocommit=True) as link:
        link.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
    pids = [pid_of(var, "postgres/data/postmaster.pid"), pid_of(var, "valkey/data/pid")]
    keeper = var.note("run/servers")["pid"]
    os.kill(keeper, signal.SIGKILL)
    assert wait_for(lambda: not servers.runs(keeper), 30)  # a busy kernel may take its moment
    # At once, while the old servers are still on their way out.
    again, lock = servers.use(var, env={}, durable=True)
    assert answers(again["DATABASE_URL"])
    assert not any(map(is_alive, pids))
    lock.drop()


def test_the_keeper_goes_when_nobody_needs_it(tmp_path):
    var = Folder(tmp_path / "var")
    code = "from community.running import servers; from community.running.folder import Folder; "
    code += f"servers.keep(Folder({str(var.path)!r}), durable=False, linger=0.5)"
    keeper = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.DEVNULL)
    assert wait_for(lambda: var.note("run/servers"), 120)
    pids = [pid_of(var, "postgres/data/postmaster.pid"), pid_of(var, "valkey/data/pid")]
    assert keeper.wait(60) == 0
    assert not any(map(is_alive, pids))
    assert var.note("run/servers") == {}


def test_a_half_made_cluster_is_made_afresh(tmp_path):
    var = Folder(tmp_path / "var").open()
    draft = var / "postgres/draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    Postgres(var, durable=False).prepare()
    assert (var / "postgres/data/global/pg_control").exists()
    assert not draft.exists()


def test_a_recycled_pid_is_nobody_to_end(tmp_path):
    with subprocess.Popen(["sleep", "60"], cwd="/") as bystander:
        (tmp_path / "pid").write_text(f"{bystander.pid}\n")
        started = time.monotonic()
        leftovers.clear(name="x", pid_file=tmp_path / "pid", folder=tmp_path, gentle=signal.SIGTERM)
        assert time.monotonic() - started < 1
        assert is_alive(bystander.pid)
        bystander.kill()


def test_a_leftover_of_ours_is_ended(tmp_path):
    with subprocess.Popen(["sleep", "60"], cwd=tmp_path) as old:
        (tmp_path / "pid").write_text(f"{old.pid}\n")
        leftovers.clear(name="x", pid_file=tmp_path / "pid", folder=tmp_path, gentle=signal.SIGTERM, patience=1)
        assert old.wait(1) == -signal.SIGTERM


@pytest.mark.parametrize(("mode", "lent"), [(0o755, 0), (0o700, CAP_DAC_READ_SEARCH)])
def test_root_stands_back_for_the_least_privileged_who_can_work(tmp_path, mode, lent):
    if os.geteuid() != 0:
        assert stand_in(binary=binary("postgres"), folder=tmp_path) == privileges.MYSELF
        return
    for parent in [tmp_path, *tmp_path.parents]:
        if parent.name.startswith(("pytest-", "popen-", "test_")):
            parent.chmod(0o755)
    home = tmp_path / "home"
    inside = home / "var"
    inside.mkdir(parents=True)
    inside.chmod(0o755)
    home.chmod(mode)
    person = stand_in(binary=binary("postgres"), folder=inside)
    assert person.uid > 0
    assert person.capability == lent
