"""The data folder: what is said when it cannot be used, and what is never deleted."""

import errno
import os
import subprocess
import sys
import tempfile

import pytest

from community.running import clearing, folder, serving
from community.running.folder import ROOT, Folder, Lock
from community.running.launch import become
from community.running.trouble import Trouble, from_os_error


@pytest.fixture
def var(tmp_path):
    return Folder(tmp_path / "var").open()


def test_a_new_folder_is_made_and_marked(tmp_path):
    assert Folder(tmp_path / "new" / "var").open().is_ours()


def test_somebody_elses_folder_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("ten years")
    with pytest.raises(Trouble, match="is not Homeground's"):
        Folder(tmp_path).open()


def test_the_tests_may_have_come_first(tmp_path):
    Folder(tmp_path / "test").open()
    assert Folder(tmp_path).open().is_ours()


def as_nobody(work) -> str:
    """The sentence of the trouble that an unprivileged process has; a fork, as nobody may not even find our Python."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            if os.geteuid() == 0:
                become(65534, 65534, 0)
            work()
        except BaseException as error:
            os.write(writing, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return said.read()


def test_a_folder_of_another_user_is_said_in_a_sentence():
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o555)
        said = as_nobody(lambda: Folder(f"{home}/var").open())
    assert said.startswith("Trouble: ")
    assert "may not be written by this user. Make it yours" in said


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "is full"), (errno.EROFS, "read-only disk"), (errno.EIO, "Input/output error")]
)
def test_what_a_disk_can_say_becomes_a_sentence(number, words):
    error = OSError(number, os.strerror(number), "/srv/var")
    assert words in str(from_os_error(error, "/srv"))


def test_an_almost_full_disk_is_noticed_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 1_000_000}))
    with pytest.raises(Trouble, match="Less than 300 MB"):
        Folder(tmp_path / "var").open()


def test_secrets_are_made_once_and_kept_private(var):
    secret = var.secret("secret_key")
    assert var.secret("secret_key") == secret
    assert (var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_torn_note_counts_as_none(var):
    (var / "steps.json").write_text('{"migra')
    assert var.note("steps") == {}


def test_only_one_run_per_folder(var):
    lock = serving.site_lock(var)
    assert lock.take()
    with pytest.raises(Trouble, match="already running on the data"):
        serving.serve({"VAR_DIR": str(var.path)})
    lock.drop()


def test_a_lock_dies_with_its_holder(var):
    path = var / "run/some.lock"
    code = (
        f"from community.running.folder import *; l = Lock(Path({str(path)!r})); print(l.take(), flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "True\n"
        assert Lock(path).is_taken()
        holder.kill()
        holder.wait()
        assert not Lock(path).is_taken()


def test_reset_deletes_a_data_folder(var, capsys):
    clearing.reset(var, sure=True)
    assert not var.path.exists()


def test_reset_asks_and_heeds_the_answer(var, monkeypatch):
    monkeypatch.setattr(clearing.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "no")
    clearing.reset(var)
    assert var.path.exists()
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    clearing.reset(var)
    assert not var.path.exists()


def test_reset_never_deletes_what_is_not_marked(tmp_path):
    (tmp_path / "thesis.txt").write_text("ten years")
    with pytest.raises(Trouble, match="is not a data folder"):
        clearing.reset(Folder(tmp_path), sure=True)
    assert (tmp_path / "thesis.txt").exists()


def test_reset_waits_for_nobody_and_disturbs_nobody(var):
    lock = serving.site_lock(var)
    lock.take()
    with pytest.raises(Trouble, match="still runs"):
        clearing.reset(var, sure=True)
    lock.drop()
    assert var.path.exists()
