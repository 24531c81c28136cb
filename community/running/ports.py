"""Free ports on the loopback address."""

import random
import socket

from community.running.trouble import Trouble

# Below the range from which Linux takes the ports of outgoing connections: one of those could
# otherwise sit on ours at the moment a crashed server wants to come back.
LOW, HIGH = 20_000, 32_000


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def free_port(favourite: int | None = None) -> int:
    if favourite and is_free(favourite):
        return favourite
    for _ in range(200):
        port = random.randrange(LOW, HIGH)  # noqa: S311 (no secret)
        if is_free(port):
            return port
    raise Trouble("No free port was found on 127.0.0.1. Close some programs and start again.")
