"""`make test`: every check of the house, each one run even when an earlier one failed."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from community.running.children import Voice
from community.running.folder import ROOT

# The first is the second without a window around the page, which nobody sees here and which costs five times the page.
BROWSERS = (Path("/usr/lib/chromium/chromium-headless-shell"), Path("/usr/bin/chromium"))
FONTS = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
BROWSER_PACKAGES = ["chromium-headless-shell", "fonts-noto-cjk"]
# A mirror that does not answer is no reason to wait for minutes: the other browser does as well.
APT = ["apt-get", "-q", "-o", "Acquire::http::Timeout=10", "-o", "Acquire::Retries=0"]


def checks() -> list[tuple[str, list[str]]]:
    tools = Path(sys.executable).parent
    return [
        ("style", [str(tools / "ruff"), "check", "."]),
        ("format", [str(tools / "ruff"), "format", "--check", "."]),
        ("tests", [sys.executable, "-m", "pytest", "-n", "2", "-q"]),
    ]


def test(env) -> bool:
    """Whether all is well."""
    voice = Voice()
    has_browser = ensure_browser(voice)
    with tempfile.TemporaryFile("w+") as told:
        # While the tests' database is migrated, which keeps one core busy, the other one is free for types.
        command = [sys.executable, "-m", "tests.types"]
        types = subprocess.Popen(command, cwd=ROOT, env=dict(env), stdout=told, stderr=subprocess.STDOUT)
        results = [run(voice, name, command, env) for name, command in checks()]
        results.append(("types, beside these", types.wait() == 0, 0.0))
        told.seek(0)
        voice.say(f"— types —\n{told.read().rstrip()}\n")
    for name, is_well, seconds in results:
        voice.say(f"{'well  ' if is_well else 'FAILED'}  {name}{f' ({seconds:.0f} s)' if seconds else ''}")
    if not has_browser:
        voice.say("THE BROWSER TESTS DID NOT RUN: there is no Chromium on this machine.")
    return all(is_well for _, is_well, _ in results)


def run(voice: Voice, name: str, command: list[str], env) -> tuple[str, bool, float]:
    voice.say(f"— {name} —")
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=dict(env), check=False).returncode
    return name, code == 0, time.monotonic() - started


def browser() -> Path | None:
    return next((path for path in BROWSERS if path.exists()), None)


def ensure_browser(voice: Voice) -> bool:
    """Debian's Chromium and a font with Han letters; installed when missing and when that is ours to do."""
    if BROWSERS[0].exists() and FONTS.exists():
        return True
    is_enough = browser() is not None and FONTS.exists()
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        if not is_enough:
            command = ["apt-get", "install", "-y", "--no-install-recommends", *BROWSER_PACKAGES]
            voice.say(f"The browser tests need Chromium and a Han font. As root: {' '.join(command)}")
        return browser() is not None
    voice.say("Installing Chromium and a Han font for the browser tests …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for each in (["update"], ["install", "-y", "--no-install-recommends", *BROWSER_PACKAGES]):
        subprocess.run([*APT, *each], env=quiet, check=False, stdout=subprocess.DEVNULL)
    return browser() is not None
