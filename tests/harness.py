"""What must happen before Django wakes: embedded servers of the tests' own, and a name for each worker's keys.

Loaded by `-p tests.harness`, first of all plugins. The lock it holds keeps the servers up for this run; a site that
runs in the same folder is not touched, because the tests live in a folder of their own below it.
"""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from community.running import servers, steps
from community.running.folder import ROOT, Folder
from community.running.trouble import Trouble

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
LOCK = None
# The workers, the sites and the commands that tests start would each compile some thousand modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


KIND = os.environ.get("HOMEGROUND_HARNESS", "test")  # or "bench", whose database is as durable as a real one
if KIND == "test":
    # Three hundred thousand objects live as long as the run; to look through them again and again costs as much as one
    # test in twenty-five, and more while they are being made. pytest_collection goes on from here.
    gc.disable()


def own_folder() -> Path:
    """`var/test`, or `test` below the VAR_DIR that was asked for."""
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    return var if var.name == KIND else var / KIND


def is_newer(path: Path, other: Path) -> bool:
    return path.stat().st_mtime > other.stat().st_mtime


if WORKER == "main":
    folder = Folder(own_folder())
    os.environ["VAR_DIR"] = str(folder.path)
    os.environ["HOMEGROUND_RUN"] = str(os.getpid())
    try:
        folder.open()
        (folder / "static").mkdir(exist_ok=True)
        urls, LOCK = servers.use(folder, env=os.environ, durable=KIND != "test")
    except Trouble as trouble:
        raise SystemExit(f"homeground: {trouble}") from trouble
    os.environ.update(urls)
    os.environ.setdefault("SECRET_KEY", "only-for-tests")
    os.environ["SITE_URL"] = "http://testserver"
    os.environ.pop("DEMO", None)
    if any(not po.with_suffix(".mo").exists() or is_newer(po, po.with_suffix(".mo")) for po in steps.words()):
        settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "community.settings"}
        subprocess.run([*steps.MANAGE, "compile_words"], check=True, stdout=subprocess.DEVNULL, env=settings)

else:
    # A database of its own for each worker, because Django's cache.clear() empties a whole one.
    base, _, _ = os.environ["VALKEY_URL"].rpartition("/")
    os.environ["VALKEY_URL"] = f"{base}/{1 + int(WORKER.removeprefix('gw')) % 15}"

os.environ["VALKEY_PREFIX"] = f"hg:test:{os.environ['HOMEGROUND_RUN']}:{WORKER}:"


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What was imported and collected stays to the end; from here on only what tests leave behind is looked for."""
    found = yield
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
    return found
