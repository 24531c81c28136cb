"""What must have been done once before the site can serve, and is done again only when its cause changes."""

import asyncio
import hashlib
import sys
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from pathlib import Path

from community.running.children import Child
from community.running.folder import ROOT, Folder
from community.running.plan import Plan
from community.running.supervising import Stopped, Supervisor
from community.running.trouble import Trouble

HOUSE = ("accounts", "cms", "community")
MANAGE = [sys.executable, str(ROOT / "manage.py")]


@dataclass(frozen=True)
class Step:
    """One management command, and what its outcome depends on."""

    name: str
    says: str
    command: list[str]
    cause: Callable[[], str]
    is_undone: Callable[[], bool] = lambda: False


def digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(str(path.relative_to(ROOT)).encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def files(pattern: str) -> list[Path]:
    return [path for room in HOUSE for path in (ROOT / room).glob(pattern)]


def lock() -> list[Path]:
    return [ROOT / "requirements.lock"]


def words() -> list[Path]:
    return files("**/locale*/**/*.po")


def static() -> list[Path]:
    drawers = [ROOT / "static", *files("**/static")]
    return [path for drawer in drawers for path in drawer.rglob("*") if path.is_file()]


def preparations(plan: Plan) -> list[Step]:
    """Those that do not need the database."""
    return [
        Step(
            name="words",
            says="Compiling the words of both languages",
            command=[*MANAGE, "compile_words"],
            cause=lambda: digest(words()),
            is_undone=lambda: any(not path.with_suffix(".mo").exists() for path in words()),
        ),
        Step(
            name="static",
            says="Collecting styles and scripts",
            command=[*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"],
            cause=lambda: digest([*static(), *lock(), ROOT / "community/commons/assets.py"]),
            is_undone=lambda: not any((plan.folder / "static").glob("*")),
        ),
    ]


def migration(plan: Plan) -> Step:
    # We only remember what we did to our own database; another one may have been changed behind our back.
    ours = "DATABASE_URL" in plan.embedded
    return Step(
        name="migrations",
        says="Bringing the database up to date (some twenty seconds on the first run)",
        command=[*MANAGE, "migrate", "--noinput"],
        cause=lambda: digest([*files("**/migrations/*.py"), *lock()]),
        is_undone=lambda: not ours,
    )


def demonstration(plan: Plan) -> Step:
    return Step(
        name="demo",
        says="Filling the demo brand (only on the first run)",
        command=[*MANAGE, "demo"],
        cause=lambda: "once",
    )


class Doer:
    """Runs steps as children, and writes down each one that is done."""

    def __init__(self, supervisor: Supervisor, folder: Folder, env: dict[str, str]):
        self.supervisor = supervisor
        self.folder = folder
        self.env = env

    async def do(self, *steps: Step) -> bool:
        """One after the other; whether anything had to be done."""
        done = [await self._do(step) for step in steps]
        return any(done)

    async def _do(self, step: Step) -> bool:
        cause = await asyncio.to_thread(step.cause)
        if self.folder.note("steps").get(step.name) == cause and not step.is_undone():
            return False
        self.supervisor.check()
        self.supervisor.voice.say(f"{step.says} …")
        started = time.monotonic()
        await self.command(step.name, step.command)
        self.folder.keep_note("steps", **{**self.folder.note("steps"), step.name: cause})
        self.supervisor.voice.say(f"{step.says.split(' (')[0]}: done in {time.monotonic() - started:.0f} s.")
        return True

    async def command(self, name: str, command: list[str]) -> None:
        child = Child(name=name, command=command, env=self.env, folder=ROOT, patience=10)
        await child.spawn(self.supervisor.voice)
        ending = asyncio.create_task(child.gone())
        waiting = asyncio.create_task(self.supervisor.stopping.wait())
        try:
            await asyncio.wait({ending, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if not ending.done():
                raise Stopped
            code = ending.result()
        finally:
            await child.stop(self.supervisor.hurry)
            ending.cancel()
            waiting.cancel()
        if code:
            raise Trouble(
                f"The step “{name}” failed; what came before it is kept. Mend the cause above and start again, "
                "it goes on from here."
            )

    async def output(self, command: list[str]) -> str:
        """What a command says on its standard output, or nothing when it fails."""
        process = await asyncio.create_subprocess_exec(
            *command, env=self.env, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        said, _ = await process.communicate()
        return said.decode() if process.returncode == 0 else ""


async def together(*work: Coroutine) -> None:
    """At the same time; when one fails the others are stopped properly before its trouble is told."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
