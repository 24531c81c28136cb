"""Keeping children alive: the one loop that `run` and the keeper of the embedded servers share."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable

from community.running.children import Child, Voice
from community.running.trouble import Trouble


class Supervisor:
    def __init__(self, voice: Voice):
        self.voice = voice
        self.kept: dict[str, tuple[Child, asyncio.Task]] = {}
        self.stopping = asyncio.Event()
        self.hurry = asyncio.Event()
        self.trouble: Trouble | None = None

    def heed_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._asked_to_stop)

    def _asked_to_stop(self) -> None:
        if self.stopping.is_set():
            self.voice.say("Stopping at once.")
            self.hurry.set()
        else:
            self.voice.say("Stopping; once more to hurry.")
            self.stopping.set()

    async def keep(self, child: Child) -> None:
        """Start a child and go on starting it."""
        await child.spawn(self.voice)
        self.kept[child.name] = (child, asyncio.create_task(self._keep(child)))

    async def _keep(self, child: Child) -> None:
        try:
            while True:
                code = await child.gone()
                if self.stopping.is_set():
                    return
                pause = child.crashed()
                self.voice.say(f"{child.name} ended ({_how(code)}); starting it again in {pause:g} s.")
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.stopping.wait(), pause)
                if self.stopping.is_set():
                    return
                await child.spawn(self.voice)
        except Trouble as trouble:
            self.fail(trouble)
        except OSError as error:
            self.fail(Trouble(f"{child.name} could not be started: {error}."))

    def fail(self, trouble: Trouble) -> None:
        self.trouble = self.trouble or trouble
        self.stopping.set()

    async def ready(self, child: Child, *, within: float = 60) -> None:
        """Wait until it answers; a crash on the way is `_keep`'s to mend."""
        assert child.is_ready is not None
        deadline = time.monotonic() + within
        while not await asyncio.to_thread(child.is_ready):
            self.check()
            if time.monotonic() > deadline:
                said = "\n    ".join(child.last_lines) or "(nothing)"
                raise Trouble(f"{child.name} did not answer within {within:g} s. Its last words:\n    {said}")
            await asyncio.sleep(0.05)
        self.check()

    def check(self) -> None:
        """Leave the present step when we were asked to stop."""
        if self.trouble:
            raise self.trouble
        if self.stopping.is_set():
            raise Stopped

    async def stop(self, *groups: tuple[str, ...]) -> None:
        """Stop children group by group; those of one group at the same time."""
        self.stopping.set()
        for group in groups:
            children = [self.kept[name][0] for name in group if name in self.kept]
            await asyncio.gather(*(child.stop(self.hurry) for child in children))
        tasks = [task for _, task in self.kept.values()]
        if tasks:  # let them hear the last words
            await asyncio.wait(tasks, timeout=2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Stopped(Exception):
    """Somebody asked us to stop; no trouble."""


def _how(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def supervise(
    work: Callable[[Supervisor], Awaitable[None]], *, voice: Voice, order: tuple[tuple[str, ...], ...]
) -> None:
    """Run some work that starts children, then always stop them in this order."""

    async def main() -> None:
        supervisor = Supervisor(voice)
        supervisor.heed_signals()
        try:
            await work(supervisor)
        except Stopped:
            pass
        except Trouble as trouble:
            supervisor.trouble = supervisor.trouble or trouble
        finally:
            await supervisor.stop(*order)
            voice.say("Everything is stopped.")
        if supervisor.trouble:
            raise supervisor.trouble

    asyncio.run(main())
