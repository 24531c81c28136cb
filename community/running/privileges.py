"""As whom the embedded servers run: PostgreSQL refuses root, and the unprivileged user may not reach our folders."""

import os
import pwd
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from community.running.trouble import Trouble

LAUNCH = Path(__file__).with_name("launch.py")
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2


@dataclass(frozen=True)
class Person:
    """Who a child runs as; uid -1 is whoever we are."""

    uid: int = -1
    gid: int = -1
    capability: int = 0

    def command(self, command: list[str], death_signal: int = 0) -> list[str]:
        head = [sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), str(death_signal)]
        return [*head, str(self.uid), str(self.gid), str(self.capability), *command]

    def own(self, path: Path) -> None:
        """Give a folder and all in it to this person."""
        if self.uid < 0:
            return
        for each in [path, *path.rglob("*")]:
            if each.lstat().st_uid != self.uid:
                os.chown(each, self.uid, self.gid, follow_symlinks=False)


MYSELF = Person()


def stand_in(*, binary: Path, folder: Path) -> Person:
    """The least privileged person who can run this binary on this folder.

    A clone in /root is the ordinary case for root, and nobody else may enter there. Instead of opening /root to
    everybody, the stand-in is then lent the right to read and pass through folders, or failing that to ignore modes.
    """
    if os.geteuid() != 0:
        return MYSELF
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        nobody = None
    if nobody:
        for capability in (0, CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
            person = Person(nobody.pw_uid, nobody.pw_gid, capability)
            if _can_work(person, binary, folder):
                return person
    raise Trouble(
        f"PostgreSQL will not run as root, and user nobody may not enter {folder}. "
        "Run as an ordinary user, or move the folder to a place such as /srv."
    )


def _can_work(person: Person, binary: Path, folder: Path) -> bool:
    command = person.command(["sh", "-c", 'cd "$1" && "$0" --version', str(binary), str(folder)], signal.SIGKILL)
    return subprocess.run(command, capture_output=True, check=False, cwd="/").returncode == 0
