"""One child process: started, listened to, restarted with growing pauses, stopped in order."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from community.running.privileges import MYSELF, Person
from community.running.trouble import Trouble

COLOURS = {"postgres": 34, "valkey": 35, "web": 32, "worker": 33, "beat": 36}
PAUSES = (0.5, 1, 2, 4, 8, 15, 30)
CRASHES_ALLOWED, WITHIN = 5, 60.0


@dataclass
class Child:
    name: str
    command: list[str]
    env: Mapping[str, str] | None = None
    folder: Path | None = None
    person: Person = MYSELF
    stop_signal: int = signal.SIGTERM
    hurry_signal: int = signal.SIGKILL
    death_signal: int | None = None  # sent by the kernel when we die ourselves; the stop signal unless said otherwise
    patience: float = 15.0
    is_ready: Callable[[], bool] | None = None
    process: asyncio.subprocess.Process | None = None
    crashes: deque = field(default_factory=lambda: deque(maxlen=CRASHES_ALLOWED))
    last_lines: deque = field(default_factory=lambda: deque(maxlen=12))
    starts: int = 0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def spawn(self) -> None:
        death = self.stop_signal if self.death_signal is None else self.death_signal
        self.process = await asyncio.create_subprocess_exec(
            *self.person.command(self.command, death),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=dict(self.env) if self.env is not None else None,
            cwd=self.folder,
            start_new_session=True,  # a Ctrl-C at the terminal is for the supervisor, who knows the order
        )
        self.starts += 1

    async def listen(self, voice: "Voice") -> None:
        """Pass on what it says line by line, however long the lines are."""
        assert self.process is not None
        assert self.process.stdout is not None
        rest = b""
        while chunk := await self.process.stdout.read(65536):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._heard(line, voice)
        if rest:
            self._heard(rest, voice)

    def _heard(self, line: bytes, voice: "Voice") -> None:
        text = line.decode("utf-8", "replace").rstrip()
        if text:
            self.last_lines.append(text)
            voice.say(text, who=self.name)

    def send(self, number: int) -> None:
        if self.is_running and self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(number)

    async def stop(self, hurry: asyncio.Event) -> None:
        """Ask, wait, insist; then make sure that nothing of its process group stays behind."""
        if self.process is None:
            return
        self.send(self.stop_signal)
        for number in (self.hurry_signal, signal.SIGKILL):
            if await self._gone_within(self.patience, hurry):
                break
            self.send(number)
        else:
            await self.process.wait()
        self.sweep()

    async def _gone_within(self, seconds: float, hurry: asyncio.Event) -> bool:
        assert self.process is not None
        waits = {asyncio.ensure_future(self.process.wait()), asyncio.ensure_future(hurry.wait())}
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()
        if hurry.is_set() and self.is_running:
            self.send(self.hurry_signal)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.process.wait(), 2)
        return not self.is_running

    def sweep(self) -> None:
        """End what a crashed or stopped child left in its process group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def crashed(self) -> float:
        """Note a crash; answer how long to wait, or give up in a sentence."""
        now = time.monotonic()
        self.crashes.append(now)
        recent = [moment for moment in self.crashes if now - moment < WITHIN]
        if len(recent) >= CRASHES_ALLOWED:
            said = "\n    ".join(self.last_lines) or "(nothing)"
            raise Trouble(
                f"{self.name} crashed {len(recent)} times within a minute, so everything is being stopped; "
                f"no data is lost. Mend the cause and start again. Its last words:\n    {said}"
            )
        return PAUSES[min(len(recent), len(PAUSES)) - 1]


class Voice:
    """Lines on the terminal, each with the name of who said it."""

    def __init__(self, out=None, *, colour: bool | None = None):
        self.out = out or sys.stdout
        self.colour = self.out.isatty() and not os.environ.get("NO_COLOR") if colour is None else colour

    def say(self, text: str, who: str = "homeground") -> None:
        name = f"{who:<10}"
        if self.colour:
            name = f"\033[{COLOURS.get(who, 1)}m{name}\033[0m"
        with contextlib.suppress(BrokenPipeError, ValueError):  # a closed terminal is no reason to stop serving
            print(f"{name} {text}", file=self.out, flush=True)
