"""The data folder: a marker so that nothing else is ever deleted, locks, small state files, secrets."""

import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path

from community.running.trouble import Trouble, from_os_error

ROOT = Path(__file__).resolve().parents[2]
MARKER = "homeground-data"
OWN_CORNERS = {"test", "bench"}  # data folders of the tests, which may have come first
ENOUGH = 300 * 1024 * 1024


def default_var() -> Path:
    return Path(os.environ.get("VAR_DIR") or "var").resolve()


class Folder:
    """Everything that survives a restart lives below here."""

    def __init__(self, path: Path | str | None = None):
        self.path = Path(path).resolve() if path else default_var()

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def open(self) -> "Folder":
        """Make the folder ready, or say in one sentence why it cannot be."""
        try:
            if self.path.exists() and not self.is_ours() and {each.name for each in self.path.iterdir()} - OWN_CORNERS:
                raise Trouble(
                    f"{self.path} holds something that is not Homeground's. Point VAR_DIR at a new or empty folder."
                )
            self.path.mkdir(parents=True, exist_ok=True)
            self.write(MARKER, "This folder holds the data of a Homeground site. `make reset` may delete it.\n")
            (self / "run").mkdir(exist_ok=True)
        except OSError as error:
            raise from_os_error(error, self.path) from error
        if shutil.disk_usage(self.path).free < ENOUGH:
            raise Trouble(
                f"Less than 300 MB are free on the disk that holds {self.path}. Free some space and start again."
            )
        return self

    def is_ours(self) -> bool:
        return (self / MARKER).is_file()

    def write(self, name: str, text: str) -> None:
        """Write a small file whole or not at all, readable by its owner only."""
        target = self / name
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            os.replace(draft, target)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise from_os_error(error, target) from error

    def note(self, name: str) -> dict:
        """What was written down under this name, or nothing."""
        try:
            return json.loads((self / f"{name}.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def keep_note(self, name: str, **facts) -> None:
        self.write(f"{name}.json", json.dumps(facts, indent=1) + "\n")

    def forget_note(self, name: str) -> None:
        (self / f"{name}.json").unlink(missing_ok=True)

    def secret(self, name: str) -> str:
        """A random secret, made once and kept."""
        path = self / name
        try:
            text = path.read_text().strip()
        except FileNotFoundError:
            text = ""
        except OSError as error:
            raise from_os_error(error, path) from error
        if not text:
            text = secrets.token_urlsafe(48)
            self.write(name, text + "\n")
        return text


class Lock:
    """An advisory lock on a file, which the kernel lets go of when its last holder dies, however it dies."""

    def __init__(self, path: Path):
        self.path = path
        self.fd: int | None = None

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        path = self.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise from_os_error(error, path) from error
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(fd, kind)
        except BlockingIOError:
            os.close(fd)
            return False
        self.fd = fd
        return True

    def hand_down(self) -> None:
        """Let a program that replaces this one go on holding the lock."""
        assert self.fd is not None
        os.set_inheritable(self.fd, True)

    def drop(self) -> None:
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None

    def is_taken(self) -> bool:
        """Whether somebody holds it alone."""
        probe = Lock(self.path)
        if probe.take(shared=True):
            probe.drop()
            return False
        return True
