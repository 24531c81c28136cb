"""A demo on a public address would greet strangers with people who do not exist."""

import ipaddress

from django.conf import settings
from django.core.checks import Error, Tags, register


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@register(Tags.security)
def the_demo_stays_at_home(app_configs, **kwargs):
    if not settings.DEMO or is_loopback(settings.SITE_HOST):
        return []
    return [
        Error(
            f"DEMO is on while the site is at {settings.SITE_URL}.",
            hint="Set DEMO=off, or SITE_URL to an address of this machine alone (http://127.0.0.1:8000).",
            id="demo.E001",
        )
    ]
