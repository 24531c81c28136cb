"""What kind of network an address belongs to: hosting, crawler, relay, mobile, home, private, or unknown.

The list beside this file is short on purpose: ranges that have belonged to one owner for years. An operator who buys a
better one names it in NETWORKS_FILE; its lines are read the same way, and win.
"""

import re
from bisect import bisect_right
from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

from django.conf import settings

UNKNOWN = "unknown"
OURS = Path(__file__).with_suffix(".txt")
_KIND = re.compile(r"[a-z][a-z_-]{0,19}")


class Unreadable(Exception):
    """A line of a list of networks that is not one; says which."""


def read(text: str) -> list[tuple[IPv4Network | IPv6Network, str]]:
    """Lines of a kind and its ranges; what follows a # is for people."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        kind, *ranges = line.partition("#")[0].split() or [""]
        if not kind:
            continue
        if not _KIND.fullmatch(kind):
            raise Unreadable(f"line {number}: {kind!r} is no kind of network")
        for word in ranges:
            try:
                found.append((ip_network(word, strict=True), kind))
            except ValueError as error:
                raise Unreadable(f"line {number}: {error}") from None
    return found


class Atlas:
    """Ranges laid flat, so that one search finds the narrowest around an address."""

    def __init__(self, networks):
        by_version: dict[int, dict] = {4: {}, 6: {}}
        for network, kind in networks:
            by_version[network.version][network] = kind  # said twice, the later holds
        self.maps = {version: _flat(found) for version, found in by_version.items()}

    def kind_of(self, address: str) -> str:
        try:
            found = ip_address(address.partition("%")[0])
        except ValueError:
            return UNKNOWN
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        starts, kinds = self.maps[found.version]
        return kinds[bisect_right(starts, int(found)) - 1]


def _flat(networks: dict) -> tuple[list[int], list[str]]:
    """Where another kind begins, and which. Ranges lie in one another or apart, so what is open forms a stack."""
    starts, kinds = [0], [UNKNOWN]
    open_: list[tuple[int, str]] = []

    def begin(at: int, kind: str):
        if starts[-1] == at:
            kinds[-1] = kind
        elif kinds[-1] != kind:
            starts.append(at)
            kinds.append(kind)

    def close(until: int | None):
        while open_ and (until is None or open_[-1][0] <= until):
            end, _kind = open_.pop()
            begin(end, open_[-1][1] if open_ else UNKNOWN)

    for network in sorted(networks, key=lambda each: (int(each.network_address), each.prefixlen)):
        start = int(network.network_address)
        close(start)
        begin(start, networks[network])
        open_.append((start + network.num_addresses, networks[network]))
    close(None)
    return starts, kinds


@cache
def atlas() -> Atlas:
    known = read(OURS.read_text())
    if settings.NETWORKS_FILE:
        known += read(Path(settings.NETWORKS_FILE).read_text())
    return Atlas(known)


def kind_of(address: str) -> str:
    """The kind of network, as it is kept on a click in the address's place."""
    return atlas().kind_of(address)
