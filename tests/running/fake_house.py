"""A supervisor over children that only write down what happens to them; run as a script by the tests."""

import asyncio
import sys
from pathlib import Path

from community.running.children import Child, Voice
from community.running.supervising import supervise

DIARY = """
import os, signal, sys, time
name, path = sys.argv[1:]
def write(word):
    with open(path, "a") as out:
        out.write(f"{name} {word} {os.getpid()}\\n")
def leave(*_):
    write("left")
    sys.exit()
signal.signal(signal.SIGTERM, leave)
write("came")
while True:
    time.sleep(0.05)
"""


def main(diary: str) -> None:
    async def work(supervisor):
        for name in ("postgres", "valkey", "web", "worker", "beat"):
            await supervisor.keep(Child(name, [sys.executable, "-c", DIARY, name, diary], patience=5))
        while Path(diary).read_text().count("came") < 5:
            await asyncio.sleep(0.02)
        print("all up", flush=True)
        await supervisor.stopping.wait()

    Path(diary).touch()
    supervise(work, voice=Voice(colour=False), order=(("web",), ("worker",), ("beat",), ("valkey",), ("postgres",)))


if __name__ == "__main__":
    main(sys.argv[1])
