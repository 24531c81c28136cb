"""Clicks on disk while the database cannot take them: appended, flushed to the platter, and replayed once.

A file belongs to whoever holds its lock. While a web process writes, nobody replays; when it dies, even by kill -9,
the kernel lets go and any worker may take over what it left.
"""

import fcntl
import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from community.campaigns import clicks
from community.commons.ids import uuid7

SUFFIX = ".clicks"
LONGEST_OPEN = 2.0  # seconds; then the file is left to the replay
LARGEST = 8 * 1024 * 1024
HEADER = f"#{','.join(clicks.COLUMNS)}\n".encode()


def folder() -> Path:
    return Path(settings.VAR_DIR) / "spool"


class Spool:
    """One process's open file. Not for two threads at once."""

    def __init__(self):
        self.file: io.FileIO | None = None
        self.opened = 0.0
        self.size = 0

    def write(self, lines: list[bytes]):
        """Comes back when the lines would survive a power cut; raises OSError when they would not."""
        if self.file is None or self.is_due:
            self._open()
        assert self.file is not None
        data = b"".join(lines)
        try:
            if self.file.write(data) != len(data):
                raise OSError("the spool took only a part")
            os.fsync(self.file.fileno())
        except OSError:
            # A torn line must not swallow the one that is written after it.
            with suppress(OSError):
                self.file.truncate(self.size)
            self.close()
            raise
        self.size += len(data)

    @property
    def is_due(self) -> bool:
        return self.file is not None and (time.monotonic() - self.opened > LONGEST_OPEN or self.size > LARGEST)

    def _open(self):
        self.close()
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"{uuid7()}{SUFFIX}"
        draft = path.with_suffix(".new")
        self.file = open(draft, "ab", buffering=0)  # noqa: SIM115 (kept open for the next lines)
        fcntl.flock(self.file, fcntl.LOCK_EX)
        self.file.write(HEADER)
        # Named only now: under its name it must never be seen without its lock.
        draft.rename(path)
        self.size, self.opened = len(HEADER), time.monotonic()
        _sync_folder(place)

    def close(self):
        """Lets go of the file; from here on it belongs to the replay."""
        if self.file is not None:
            self.file.close()
            self.file = None


def _sync_folder(place: Path):
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def waiting() -> list[Path]:
    place = folder()
    return sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else []


@contextmanager
def taken(path: Path) -> Iterator[tuple[list[str], list[bytes]] | None]:
    """Columns and whole lines of a file that is ours alone for the time, or None when somebody else has it.

    A last line without an end was never acknowledged: its writer died in the middle of it.
    """
    try:
        file = open(path, "rb+", buffering=0)  # noqa: SIM115 (closed below, and only there is the lock let go)
    except FileNotFoundError:
        yield None
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        header, _, rest = file.read().partition(b"\n")
        *lines, _torn = rest.split(b"\n")
        yield header.decode("ascii", "replace").removeprefix("#").split(","), [line + b"\n" for line in lines]
    finally:
        file.close()
