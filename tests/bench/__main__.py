"""`make bench`: run every benchmark, or those named; print the figures and keep them as JSON."""

import importlib
import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ["HOMEGROUND_HARNESS"] = "bench"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

from tests import harness
from tests.bench import Figure


def main(wanted: list[str]) -> int:
    assert harness.KIND == "bench"
    django.setup()
    databases = importlib.import_module("tests.databases")
    print("Preparing the template database …", flush=True)
    databases.template()
    names = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    if unknown := set(wanted) - set(names):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names)}.", file=sys.stderr)
        return 2
    missed = 0
    for name in wanted or names:
        print(f"\n{name}", flush=True)
        started = time.monotonic()
        figures: list[Figure] = importlib.import_module(f"tests.bench.bench_{name}").run()
        for figure in figures:
            print(f"  {figure.as_text()}", flush=True)
            missed += not figure.is_met
        keep(name, figures, seconds=time.monotonic() - started)
    print(f"\nKept as JSON in {settings.VAR_DIR}. Ratios travel between machines, absolute figures do not.")
    if missed:
        print(f"{missed} budgets were missed.")
    return 0


def keep(name: str, figures: list[Figure], *, seconds: float) -> None:
    facts = {
        "benchmark": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "machine": {"cores": os.cpu_count(), "kind": platform.machine(), "python": platform.python_version()},
        "figures": [figure.as_json() for figure in figures],
    }
    (settings.VAR_DIR / f"{name}.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
