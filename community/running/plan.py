"""What `run` was asked to do: the environment, read once and checked before anything is started."""

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from community.running.folder import Folder
from community.running.ports import is_free
from community.running.trouble import Trouble

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


@dataclass(frozen=True)
class Plan:
    folder: Folder
    host: str
    port: int
    site_url: str
    demo: bool
    env: dict[str, str]

    @property
    def embedded(self) -> list[str]:
        return [name for name in ("DATABASE_URL", "VALKEY_URL") if not self.env.get(name)]

    @property
    def knock_url(self) -> str:
        """Where this machine itself reaches the web process."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 (compared, not bound)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read(env) -> Plan:
    folder = Folder(env.get("VAR_DIR") or None)
    port = _port(env.get("PORT") or "8000")
    host = env.get("HOST") or "127.0.0.1"
    # A passkey may belong to the name localhost, never to a bare address.
    site_url = (env.get("SITE_URL") or f"http://localhost:{port}").rstrip("/")
    return Plan(
        folder=folder,
        host=host,
        port=port,
        site_url=site_url,
        demo=_demo(env, host=host, site_host=urlsplit(site_url).hostname or ""),
        env=dict(env),
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT={text} is no port. Give a number from 1 to 65535: PORT=8001 make run")
    return int(text)


def _demo(env, *, host: str, site_host: str) -> bool:
    """On for a trial on this machine; never by itself where strangers or real data may be."""
    private = is_loopback(host) and is_loopback(site_host)
    asked = (env.get("DEMO") or "").lower()
    if asked in YES:
        if not private:
            raise Trouble(
                "DEMO gives everybody an administrator's sign-in, so it runs on this machine only. "
                "Leave HOST and SITE_URL at their defaults, or set DEMO=off."
            )
        return True
    if asked not in NO:
        raise Trouble(f"DEMO={asked} is neither on nor off. Say DEMO=on or DEMO=off.")
    return "DEMO" not in env and private and not env.get("DATABASE_URL")


def check_port(plan: Plan) -> None:
    if not is_free(plan.port, plan.host):
        low = " (ports below 1024 need root)" if plan.port < 1024 and os.geteuid() != 0 else ""
        raise Trouble(
            f"Port {plan.port} on {plan.host} is taken by another program{low}. "
            f"Choose another one: PORT={plan.port + 1 if plan.port < 65535 else 8000} make run"
        )


def environment(plan: Plan, urls: dict[str, str]) -> dict[str, str]:
    """What every process of the site is told."""
    env = {
        **plan.env,
        **urls,
        "VAR_DIR": str(plan.folder.path),
        "PORT": str(plan.port),
        "HOST": plan.host,
        "SITE_URL": plan.site_url,
        "DEMO": "on" if plan.demo else "off",
        "PYTHONUNBUFFERED": "1",
    }
    if not env.get("SECRET_KEY") and not env.get("SECRET_KEY_FILE"):
        env["SECRET_KEY"] = plan.folder.secret("secret_key")
    return env
