"""How long the site takes to be there again, beside what merely importing Django and Wagtail takes."""

import subprocess
import sys
import time
from pathlib import Path

from tests import databases
from tests.bench import Figure
from tests.site import Site

IMPORT = "import django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns"


def run() -> list[Figure]:
    with Site(databases.copy("bench_start"), seed=False, worker=False) as site:
        site.web.terminate()
        site.web.wait()
        started = time.monotonic()
        site.start_web()
        site.wait()
        ready = time.monotonic() - started
        started = time.monotonic()
        subprocess.run([sys.executable, "-c", IMPORT], env=site.env, check=True)
        imported = time.monotonic() - started
        memory = resident(site.web.pid)
    return [
        Figure("web process ready", ready, "s", "import of everything", imported),
        Figure("web process, idle, resident", memory, "MB", most=180),
    ]


def resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
