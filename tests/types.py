"""mypy with the tests' environment: its Django plugin reads the settings, so the servers' addresses must be known."""

import subprocess
import sys

from tests import harness

if __name__ == "__main__":
    assert harness.WORKER == "main"
    sys.exit(subprocess.run([sys.executable, "-m", "mypy", "accounts", "cms", "community"], check=False).returncode)
