"""Children are kept alive, given up when hopeless, and stopped in order."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from community.running import children
from community.running.children import Child, Voice
from community.running.folder import ROOT
from community.running.supervising import Supervisor, supervise
from community.running.trouble import Trouble


class Ears:
    """Hears what would be said on a terminal."""

    def __init__(self):
        self.lines = []

    def isatty(self):
        return False

    def write(self, text):
        self.lines.append(text)

    def flush(self):
        pass

    def __str__(self):
        return "".join(self.lines)


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def no_pauses(monkeypatch):
    monkeypatch.setattr(children, "PAUSES", (0.01,))


def keep(child, ears, *, until=lambda: False):
    async def work(supervisor):
        await supervisor.keep(child)
        while not until():
            supervisor.check()
            await asyncio.sleep(0.01)

    supervise(work, voice=Voice(ears), order=((child.name,),))


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().split(")")[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.mark.usefixtures("no_pauses")
def test_a_crashed_child_is_started_again(ears):
    child = Child("web", ["sh", "-c", "echo here; exit 3"])
    keep(child, ears, until=lambda: child.starts >= 3)
    assert child.starts >= 3
    assert "web ended (exit code 3); starting it again" in str(ears)


@pytest.mark.usefixtures("no_pauses")
def test_a_child_that_keeps_crashing_is_given_up_with_its_last_words(ears):
    with pytest.raises(Trouble, match=r"web crashed 5 times within a minute[^$]*no such coffee"):
        keep(Child("web", ["sh", "-c", "echo no such coffee; exit 1"]), ears)


def test_pauses_grow_and_old_crashes_are_forgotten(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(children.time, "monotonic", lambda: now[0])
    child = Child("web", ["true"])
    assert [child.crashed() for _ in range(4)] == [0.5, 1, 2, 4]
    now[0] += 61
    assert child.crashed() == 0.5


def test_a_program_that_is_not_there_is_said_in_a_sentence(ears):
    child = Child("web", ["/nowhere/at/all"])
    child.crashes.extend([time.monotonic()] * 4)
    with pytest.raises(Trouble, match="web crashed 5 times"):
        keep(child, ears)


def test_a_killed_child_leaves_nothing_of_its_own_behind(ears, tmp_path):
    note = tmp_path / "pid"
    child = Child("web", ["sh", "-c", f"sleep 60 & echo $! > {note}; wait"])
    keep(child, ears, until=lambda: note.exists() and note.read_text().strip())
    assert wait_for(lambda: not is_alive(int(note.read_text())))


def test_a_child_that_will_not_stop_is_ended(ears):
    child = Child("web", ["sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done"], patience=0.3)
    started = time.monotonic()
    keep(child, ears, until=lambda: "deaf" in str(ears))
    assert not child.is_running
    assert time.monotonic() - started < 5


def test_very_long_lines_and_broken_letters_pass(ears):
    child = Child("web", [sys.executable, "-c", "import sys; sys.stdout.buffer.write(b'x' * 300000 + b'\\xff\\n')"])
    child.crashes.extend([time.monotonic()] * 3)
    keep(child, ears, until=lambda: "\N{REPLACEMENT CHARACTER}" in str(ears))
    assert "x" * 300000 in str(ears)


def test_trouble_while_starting_stops_what_was_started(ears):
    child = Child("web", ["sleep", "60"])

    async def work(supervisor):
        await supervisor.keep(child)
        raise Trouble("The milk is sour.")

    with pytest.raises(Trouble, match="sour"):
        supervise(work, voice=Voice(ears), order=(("web",),))
    assert not child.is_running


def test_a_child_that_never_answers_is_told_of():
    async def main():
        supervisor = Supervisor(Voice(Ears()))
        child = Child("web", ["sleep", "60"], is_ready=lambda: False)
        await supervisor.keep(child)
        try:
            await supervisor.ready(child, within=0.2)
        finally:
            await supervisor.stop(("web",))

    with pytest.raises(Trouble, match="web did not answer within"):
        asyncio.run(main())


@pytest.fixture
def fake_house(tmp_path):
    diary = tmp_path / "diary"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.running.fake_house", str(diary)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    for line in process.stdout:
        if "all up" in line:
            break
    yield process, lambda: [line.split() for line in diary.read_text().splitlines()]
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_in_order(fake_house, number):
    process, diary = fake_house
    process.send_signal(number)
    assert process.wait(60) == 0
    assert [name for name, word, _ in diary() if word == "left"] == ["web", "worker", "beat", "valkey", "postgres"]


def test_a_killed_supervisor_leaves_no_orphans(fake_house):
    process, diary = fake_house
    pids = [int(pid) for _, word, pid in diary() if word == "came"]
    assert all(map(is_alive, pids))
    process.kill()
    assert wait_for(lambda: not any(map(is_alive, pids)))


def test_strangers_are_left_alone(fake_house):
    process, _ = fake_house
    with subprocess.Popen(["sleep", "60"]) as bystander:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        assert is_alive(bystander.pid)
        os.kill(bystander.pid, signal.SIGKILL)
