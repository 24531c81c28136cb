"""The embedded servers of one data folder: who owns them, who uses them, and where they listen."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

from community.running.children import Voice
from community.running.folder import ROOT, Folder, Lock
from community.running.postgres import Postgres
from community.running.supervising import Supervisor, supervise
from community.running.trouble import Trouble
from community.running.valkey import Valkey

STOP_LAST = (("valkey",), ("postgres",))
LINGER = 15.0  # the next command most often comes soon


def missing(env) -> list[str]:
    return [name for name in ("DATABASE_URL", "VALKEY_URL") if not env.get(name)]


def owner_lock(folder: Folder) -> Lock:
    """Held alone by the process whose children the servers are."""
    return Lock(folder / "run/owner.lock")


def users_lock(folder: Folder) -> Lock:
    """Held together by every command that needs the servers, alone by a keeper on its way out."""
    return Lock(folder / "run/users.lock")


async def start(supervisor: Supervisor, folder: Folder, *, durable: bool, wanted: list[str]) -> dict[str, str]:
    """Start what is wanted as children of this supervisor; answer the environment that leads to it."""
    urls = {}
    postgres, valkey = Postgres(folder, durable=durable), Valkey(folder, durable=durable)
    servers = [(postgres, "DATABASE_URL"), (valkey, "VALKEY_URL")]
    children = [await asyncio.to_thread(server.prepare) for server, name in servers if name in wanted]
    for child in children:
        await supervisor.keep(child)
    for child in children:
        await supervisor.ready(child)
    for server, name in servers:
        if name in wanted:
            urls[name] = server.url
    return urls


def tell(folder: Folder, urls: dict[str, str]) -> None:
    """Write down where the servers listen, for other commands on the same folder."""
    folder.keep_note("run/servers", pid=os.getpid(), **urls)


def told(folder: Folder) -> dict[str, str]:
    """What the present owner wrote down; a killed one's words are void although its successor holds the lock."""
    facts = folder.note("run/servers")
    return facts if not Path("/proc/self").exists() or runs(facts.get("pid")) else {}


def runs(pid) -> bool:
    """A killed owner keeps its number as a zombie until its parent looks; it owns nothing any more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def untell(folder: Folder) -> None:
    folder.forget_note("run/servers")


def use(folder: Folder, *, env, durable: bool = True, patience: float = 90) -> tuple[dict[str, str], Lock | None]:
    """Reuse the servers of this folder, or have them started; they stay while the lock is held."""
    wanted = missing(env)
    if not wanted:
        return {}, None
    folder.open()
    lock = users_lock(folder)
    lock.take(shared=True, wait=True)
    keeper = None
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        urls = told(folder)
        if all(name in urls for name in wanted) and owner_lock(folder).is_taken():
            return {name: urls[name] for name in wanted}, lock
        if not owner_lock(folder).is_taken():
            if keeper is not None and keeper.poll():
                raise Trouble(_last_words(folder))
            if keeper is None or keeper.poll() is not None:
                keeper = _start_keeper(folder, durable=durable)
        time.sleep(0.05)
    raise Trouble(f"The embedded servers did not come up. {_last_words(folder)}")


def _last_words(folder: Folder) -> str:
    log = folder / "run/servers.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "They said:\n    " + "\n    ".join(lines[-8:])


def _start_keeper(folder: Folder, *, durable: bool) -> subprocess.Popen:
    command = [sys.executable, "-m", "community.running", "keep", *([] if durable else ["--careless"])]
    path = folder / "run/servers.log"
    is_long = path.exists() and path.stat().st_size > 1_000_000
    with open(path, "wb" if is_long else "ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, "VAR_DIR": str(folder.path)},
            start_new_session=True,
        )


def keep(folder: Folder, *, durable: bool = True, linger: float = LINGER) -> None:
    """Own the servers until nobody has used them for a while."""
    folder.open()
    owner = owner_lock(folder)
    if not owner.take():
        return  # somebody was faster
    users = users_lock(folder)

    async def work(supervisor: Supervisor) -> None:
        urls = await start(supervisor, folder, durable=durable, wanted=["DATABASE_URL", "VALKEY_URL"])
        tell(folder, urls)
        idle_since = None
        while True:
            supervisor.check()
            await asyncio.sleep(0.25)
            if users.take():
                idle_since = idle_since or time.monotonic()
                if time.monotonic() - idle_since > linger:
                    return  # keeping the lock: whoever comes now waits until all is down, and starts afresh
                users.drop()
            else:
                idle_since = None

    try:
        supervise(work, voice=Voice(colour=False), order=STOP_LAST)
    finally:
        untell(folder)
        owner.drop()
        users.drop()
