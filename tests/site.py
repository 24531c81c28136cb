"""A whole site as a visitor meets it: uvicorn and a Celery worker over a database of its own."""

import email
import email.policy
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from community.running import steps
from community.running.folder import ROOT
from community.running.ports import free_port
from community.running.privileges import MYSELF
from tests import databases

SEED = "import json; from tests.e2e import seed; print(json.dumps(seed.plant()))"
# What it is told is one line, and so is what it answers: what was said, and how it failed.
LISTEN = """
import contextlib, io, json, sys, traceback
for told in sys.stdin:
    said, trouble = io.StringIO(), ""
    with contextlib.redirect_stdout(said):
        try:
            exec(json.loads(told), {})
        except Exception:
            trouble = traceback.format_exc()
    print("done", json.dumps([said.getvalue(), trouble]), flush=True)
"""


class Site:
    """`url`, `mail_dir`, `database_url`, `seeds` (what tests/e2e/seed.py planted), `does(…)` and `manage(…)`."""

    def __init__(self, database: str, *, seed: bool = True, worker: bool = True, env: dict | None = None):
        self.has_seed = seed
        self.has_worker = worker
        self.database = database
        self.database_url = databases.url_of(database)
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.folder = Path(os.environ["VAR_DIR"]) / f"site-{os.environ['HOMEGROUND_RUN']}-{self.port}"
        self.mail_dir = self.folder / "mail"
        self.log = self.folder / "site.log"
        self.children: list[subprocess.Popen] = []
        self.hand: subprocess.Popen | None = None
        self.seeds: dict = {}
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "community.settings",
            "DATABASE_URL": self.database_url,
            "VALKEY_PREFIX": f"hg:test:{os.environ['HOMEGROUND_RUN']}:site-{self.port}:",
            "VAR_DIR": str(self.folder),
            "SITE_URL": self.url,
            "PORT": str(self.port),
            "DEMO": "on",
            "PYTHONUNBUFFERED": "1",
            **(env or {}),
        }

    def __enter__(self) -> "Site":
        self.mail_dir.mkdir(parents=True)
        self._collect()
        if self.has_seed:
            self.seeds = json.loads(self.does(SEED))
        self.start_web()
        if self.has_worker:
            celery = ["celery", "-A", "community.celery", "worker", "--pool", "solo", "--without-gossip"]
            self._start([*celery, "--without-mingle", "--loglevel", "INFO"])
        self.wait()
        return self

    def start_web(self) -> subprocess.Popen:
        web = ["community.web", "--port", str(self.port), "--no-server-header"]
        web += ["--no-proxy-headers", "--no-access-log", "--ws-max-size", "65536"]
        web += ["--ws-per-message-deflate", "false"]
        self.web = self._start([*web, "--timeout-graceful-shutdown", "2"], DATABASE_POOL="16")
        return self.web

    def __exit__(self, *trouble) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(8)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        if self.hand:
            self.hand.stdin.close()
            self.hand.stdout.close()
        databases.drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, module: list[str], **extra: str) -> subprocess.Popen:
        command = MYSELF.command([sys.executable, "-m", *module], signal.SIGKILL)
        with open(self.log, "ab") as log:
            child = subprocess.Popen(
                command, env={**self.env, **extra}, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.children.append(child)
        return child

    def _collect(self) -> None:
        """Hashed styles and scripts, as in production; collected again only when one of them changed."""
        shared = Path(os.environ["VAR_DIR"]) / "collected"
        shared.mkdir(exist_ok=True)
        with open(shared / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            cause = steps.digest([*steps.static(), *steps.lock(), ROOT / "community/commons/assets.py"])
            target = shared / cause
            if not target.exists():
                for old in shared.glob("*/"):
                    shutil.rmtree(old)
                self.manage("collectstatic", "--noinput", "--verbosity", "0")
                (self.folder / "static").rename(target)
        (self.folder / "static").symlink_to(target)

    def wait(self) -> None:
        deadline = time.monotonic() + 180  # a busy machine takes its time to import everything
        while time.monotonic() < deadline:
            if self.children[-1].poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"The site did not come up:\n{self.log.read_text()[-4000:]}")

    def does(self, code: str) -> str:
        """What this code says when it runs beside the site, in a process that stays: to wake Django anew for each takes
        four seconds of a processor."""
        self.hand = self.hand or self._reach_in()
        self.hand.stdin.write(json.dumps(code) + "\n")
        self.hand.stdin.flush()
        for line in self.hand.stdout:
            if line.startswith("done "):
                said, trouble = json.loads(line.removeprefix("done "))
                assert not trouble, trouble
                return said.strip()
        raise AssertionError(f"The hand inside the site is gone:\n{self.log.read_text()[-4000:]}")

    def _reach_in(self) -> subprocess.Popen:
        command = MYSELF.command([*steps.MANAGE, "shell", "-v0", "-c", LISTEN], signal.SIGKILL)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with open(self.log, "ab") as log:
            child = subprocess.Popen(command, env=self.env, cwd=ROOT, stderr=log, **pipes)
        self.children.insert(0, child)
        return child

    def manage(self, *args: str) -> str:
        """What a management command of this site answers."""
        done = subprocess.run(
            [*steps.MANAGE, *args], env=self.env, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def letters(self, to: str) -> list[email.message.EmailMessage]:
        """What has been sent to this address, oldest first."""
        found = []
        for path in sorted(self.mail_dir.glob("*.eml")):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if to.lower() in str(letter["To"]).lower():
                found.append(letter)
        return found

    def code_for(self, to: str, *, nth: int = 1, patience: float = 30) -> str:
        """The six digits in the nth letter to this address, waiting for the worker to send it."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            letters = self.letters(to)
            if len(letters) >= nth:
                words = letters[nth - 1].get_body(("plain",)).get_content()
                return re.search(r"(?<!\d)\d{6}(?!\d)", words)[0]
            time.sleep(0.05)
        raise AssertionError(f"No letter number {nth} came to {to}:\n{self.log.read_text()[-4000:]}")

    def say_errors(self) -> None:
        """Shown by pytest under the last failing test, so that a 500 in the browser has its traceback."""
        said = self.log.read_text(errors="replace")
        if "Traceback" in said:
            print(said[-8000:])
