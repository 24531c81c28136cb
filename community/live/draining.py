"""Leaving before the end: on SIGTERM open sockets are sent to where the site goes on, and only then the server stops."""

import asyncio
import contextlib
import logging
import random
import signal
import threading

AT_ONCE = 50  # sockets sent away in one go
PACE = 1_000  # sockets sent away in a second
RETURN = 400  # sockets that come back in a second, as far as it is for us to say
PATIENCE = 5  # seconds for all of it, however many they are
ANSWER = 1  # of these, in which pages close their side

logger = logging.getLogger(__name__)


async def drain(hub):
    """Tells every socket to move, one handful after the other, and cuts off who does not go."""
    hub.leaving = True
    doors = list(hub.doors)
    random.shuffle(doors)  # whoever came first is not always the last
    within = round(min(10.0, max(1.0, len(doors) / RETURN)), 1)
    pause = min(1 / PACE, (PATIENCE - ANSWER) / max(len(doors), 1)) * AT_ONCE
    for start in range(0, len(doors), AT_ONCE):
        for door in doors[start : start + AT_ONCE]:
            door.tell({"kind": "move", "within": within})
            door.shut(1012)
        await asyncio.sleep(pause)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(hub.emptied(), ANSWER)
    for door in list(hub.doors):
        door.cut()


@contextlib.contextmanager
def before_the_end(hub):
    """While the server runs, its own answer to SIGTERM waits until we have left. Asked twice, it stops at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.getsignal(signal.SIGTERM)
    if not callable(former):  # no server that would stop in an orderly way
        yield
        return

    async def leave(number):
        try:
            await drain(hub)
        except Exception:
            logger.exception("not every socket was told that the server stops")
        finally:
            former(number, None)

    def answer(number, frame):
        if hub.leaving:
            former(number, frame)
            return
        hub.leaving = True
        hub.loop.call_soon_threadsafe(lambda: hub.later(leave(number)))

    signal.signal(signal.SIGTERM, answer)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGTERM) is answer:
            signal.signal(signal.SIGTERM, former)
