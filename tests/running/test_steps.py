"""First-run steps are done once, again when their cause changes, and never forgotten half-way."""

import asyncio
import sys

import pytest

from community.running.children import Voice
from community.running.folder import Folder
from community.running.steps import Doer, Step, together
from community.running.supervising import Stopped, Supervisor
from community.running.trouble import Trouble


@pytest.fixture
def diary(tmp_path):
    return tmp_path / "diary"


@pytest.fixture
def var(tmp_path):
    return Folder(tmp_path / "var").open()


def step(diary, *, cause="a", code="0", name="milk"):
    words = f"import sys, time; open({str(diary)!r}, 'a').write('did '); time.sleep(float('0.1')); sys.exit({code})"
    return Step(name=name, says="Frothing", command=[sys.executable, "-c", words], cause=lambda: cause)


def do(var, *steps, before=lambda supervisor: None):
    async def main():
        supervisor = Supervisor(Voice())
        before(supervisor)
        return await Doer(supervisor, var, {}).do(*steps)

    return asyncio.run(main())


def test_a_step_is_done_once(var, diary):
    assert do(var, step(diary)) is True
    assert do(var, step(diary)) is False
    assert diary.read_text() == "did "


def test_a_step_is_done_again_when_its_cause_changes(var, diary):
    do(var, step(diary))
    do(var, step(diary, cause="b"))
    assert diary.read_text() == "did did "


def test_a_failed_step_is_said_and_tried_again(var, diary):
    with pytest.raises(Trouble, match=r"“milk” failed.*it goes on from here"):
        do(var, step(diary, code="3"))
    do(var, step(diary))
    assert diary.read_text() == "did did "


def test_what_was_done_before_a_failure_stays_done(var, diary):
    with pytest.raises(Trouble):
        do(var, step(diary, name="beans"), step(diary, name="milk", code="1"))
    assert set(var.note("steps")) == {"beans"}


def test_a_stop_in_the_middle_is_no_success(var, diary):
    def stop_soon(supervisor):
        asyncio.get_running_loop().call_later(0.05, supervisor.stopping.set)

    with pytest.raises(Stopped):
        do(var, step(diary, code="time.sleep(30)"), before=stop_soon)
    assert var.note("steps") == {}


def test_one_failure_ends_its_companions():
    ended = []

    async def slow():
        try:
            await asyncio.sleep(30)
        finally:
            ended.append("slow")

    async def fails():
        raise Trouble("No.")

    with pytest.raises(Trouble):
        asyncio.run(together(slow(), fails()))
    assert ended == ["slow"]
