"""The virtual environment, made by any Python 3.11 or newer and remade only when the lock file changes.

Run as a script by the Makefile before anything is installed, so it uses the standard library alone.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMP = VENV / "homeground-lock"
LOCK = ROOT / "requirements.lock"
TOOL = Path(__file__).with_name("uv.txt")


def stamp() -> str:
    return hashlib.sha256(LOCK.read_bytes() + TOOL.read_bytes() + sys.version.encode()).hexdigest() + "\n"


def give_up(sentence: str) -> None:
    sys.exit(f"homeground: {sentence}")


def run(*command: object) -> bool:
    return subprocess.run([str(part) for part in command], check=False, cwd=ROOT).returncode == 0


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (the very Python that may be too old runs this)
        give_up(f"This is Python {sys.version.split()[0]}; 3.11 or newer is needed. Try: make PYTHON=python3.11 run")
    if VENV.is_symlink() or (STAMP.exists() and PYTHON.exists() and STAMP.read_text() == stamp()):
        return  # a link is somebody else's to keep
    print("homeground: making the virtual environment .venv …", flush=True)
    # Without pip inside: Debian ships venv without ensurepip, and pip can work on another environment anyway.
    if not PYTHON.exists() and not run(sys.executable, "-m", "venv", "--without-pip", VENV):
        give_up("The virtual environment could not be made. On Debian: apt-get install python3-venv")
    pip = [sys.executable, "-m", "pip", "--python", PYTHON, "--disable-pip-version-check"]
    os.environ["PIP_ROOT_USER_ACTION"] = "ignore"
    if not run(*pip, "install", "--quiet", "--require-hashes", "-r", TOOL):
        give_up("pip could not install uv. Is pip there (apt-get install python3-pip), and is the network?")
    print(
        "homeground: installing what requirements.lock names (a few hundred megabytes on the first run) …", flush=True
    )
    # Compiled once here, not by each of the first dozen processes, nor by all of them where Python may write nothing.
    uv = [VENV / "bin/uv", "pip", "install", "--compile-bytecode", "--python", PYTHON, "--require-hashes", "-r", LOCK]
    # uv brings certificates of its own and does not read pip's settings; some machines reach a registry only by theirs.
    if not (run(*uv) or run(*uv, "--system-certs")):
        print("homeground: uv could not; trying with pip, which takes longer …", flush=True)
        if not run(*pip, "install", "--require-hashes", "-r", LOCK):
            give_up("The packages could not be installed. Mend the cause above and start again.")
    STAMP.write_text(stamp())


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        give_up(f"{error.filename or VENV}: {error.strerror}. The folder must be writable and the disk not full.")
