"""One child process: started, listened to, restarted with growing pauses, stopped in order."""

import asyncio
import contextlib
import os
import signal
import subprocess
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
    unsaid: tuple[str, ...] = ()  # lines with these words are not passed on
    is_ready: Callable[[], bool] | None = None
    crashes: deque = field(default_factory=lambda: deque(maxlen=CRASHES_ALLOWED))
    last_lines: deque = field(default_factory=lambda: deque(maxlen=12))
    starts: int = 0
    transport: asyncio.SubprocessTransport | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    silent: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_running(self) -> bool:
        return self.transport is not None and not self.ended.is_set()

    @property
    def code(self) -> int:
        code = self.transport.get_returncode() if self.transport else None
        return 0 if code is None else code

    async def spawn(self, voice: "Voice") -> None:
        death = self.stop_signal if self.death_signal is None else self.death_signal
        self.ended.clear()
        self.silent.clear()
        self.transport, _ = await asyncio.get_running_loop().subprocess_exec(
            lambda: _Ears(self, voice),
            *self.person.command(self.command, death),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(self.env) if self.env is not None else None,
            cwd=self.folder,
            start_new_session=True,  # a Ctrl-C at the terminal is for the supervisor, who knows the order
        )
        self.starts += 1

    async def gone(self) -> int:
        """Its exit code, once it has ended and had its last words, and nothing of it is left."""
        await self.ended.wait()
        await _either(self.silent, seconds=0.5)
        self.sweep()
        await _either(self.silent, seconds=2)
        if self.transport is not None:
            self.transport.close()
        return self.code

    def send(self, number: int) -> None:
        if self.transport is not None and self.is_running:
            with contextlib.suppress(ProcessLookupError):
                self.transport.send_signal(number)

    async def stop(self, hurry: asyncio.Event) -> None:
        """Ask, wait, insist; then make sure that nothing of its process group stays behind."""
        if self.transport is None:
            return
        self.send(self.stop_signal)
        for number in (self.hurry_signal, signal.SIGKILL):
            await _either(self.ended, hurry, seconds=self.patience)
            if hurry.is_set():
                self.send(self.hurry_signal)
                await _either(self.ended, seconds=2)
            self.send(number)
        await self.gone()

    def sweep(self) -> None:
        """End what a crashed or stopped child left in its process group."""
        if self.transport is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.transport.get_pid(), signal.SIGKILL)

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


class _Ears(asyncio.SubprocessProtocol):
    """Passes on what a child says line by line, however long the lines are.

    Its end is its own, not that of its output: a grandchild that holds on to the pipe must not hide a crash.
    """

    def __init__(self, child: Child, voice: "Voice"):
        self.child = child
        self.voice = voice
        self.rest = b""

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self._heard(line)

    def _heard(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").rstrip()
        if text and not any(words in text for words in self.child.unsaid):
            self.child.last_lines.append(text)
            self.voice.say(text, who=self.child.name)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        if fd == 1:
            self._heard(self.rest)
            self.rest = b""
            self.child.silent.set()

    def process_exited(self) -> None:
        self.child.ended.set()


async def _either(*events: asyncio.Event, seconds: float) -> None:
    """Until one of them happens or the time is over."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waits:
            each.cancel()


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
