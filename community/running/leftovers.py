"""A server that outlived its supervisor: wait for it, then end it, but only when it is surely ours."""

import os
import signal
import time
from pathlib import Path

from community.running.trouble import Trouble


def is_ours(pid: int, folder: Path) -> bool:
    """Both servers make their data folder their working directory, which no stranger with a recycled pid does."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == folder.resolve()
    except OSError:
        return False


def clear(*, name: str, pid_file: Path, folder: Path, gentle: int, patience: float = 20) -> None:
    """A dying supervisor has already asked its servers to stop, so most often there is nothing to do but wait."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    for step in (None, gentle, signal.SIGKILL):
        if not is_ours(pid, folder):
            return
        if step is not None:
            os.kill(pid, step)
        deadline = time.monotonic() + (patience / 4 if step is None else patience)
        while time.monotonic() < deadline and is_ours(pid, folder):
            time.sleep(0.05)
    if is_ours(pid, folder):
        raise Trouble(f"An old {name} (process {pid}) still holds {folder} and does not stop. End it and start again.")
