"""Asking other sites something, without being led inside our own walls.

Addresses come from people: a destination to check, an endpoint to notify. A name is looked up once, each address it has
is judged, and the connection goes to the very address that was judged, so that a name which means something else a
moment later changes nothing. TLS and the Host header keep the name. Redirects are followed here, each judged anew. One
deadline holds for looking up, connecting, sending, and every byte of the answer, however slowly they come; no more
than `most` bytes of the body are read. Proxies of the environment are not asked.
"""

import ipaddress
import re
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from dataclasses import dataclass, field
from functools import cache

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 8_000
PIECE = 65_536
# What Python's own list of special networks leaves open: protocol assignments, the old relays between versions.
INNER = [ipaddress.ip_network(network) for network in ("192.0.0.0/24", "192.88.99.0/24")]
_NAME = re.compile(r"(?!\.)(?!.*\.\.)[a-z0-9._-]{1,253}|(?=.*:)[0-9a-f:.]+(%25\w+)?", re.ASCII | re.IGNORECASE)
REDIRECTS = {301, 302, 303, 307, 308}
OURS_ALONE = {"authorization", "cookie", "proxy-authorization"}  # what a redirect to another site is not told

REASONS = {
    "address": _("This is not an address that can be asked: it must start with http:// or https:// and name a site."),
    "login": _("Addresses with a name and password in them are not asked."),
    "port": _("Only the usual ports of the web are asked."),
    "unknown": _("There is no site of that name."),
    "inside": _("That name leads inside a private network, where nothing is asked."),
    "late": _("The site took too long to answer."),
    "closed": _("The site could not be reached."),
    "untrusted": _("The site could not prove that it is who it says (its certificate is not valid)."),
    "broken": _("The site broke off in the middle of its answer, or gave one that cannot be read."),
    "hops": _("The site sends from one address to the next without end."),
}

_lookups = ThreadPoolExecutor(8, thread_name_prefix="lookup")  # getaddrinfo knows no timeout of its own


class Unreachable(Exception):
    """Nothing was learned from the site; `why` is a key of REASONS, and str() the sentence in the reader's language."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why

    def __str__(self):
        return str(REASONS[self.why])


@dataclass(frozen=True)
class Answer:
    """What a site said. `whole` is False when more than was asked for would have followed."""

    status: int
    headers: httpx.Headers
    body: bytes
    url: str
    whole: bool = True
    hops: tuple[str, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def fetch(url, *, method="GET", body=None, headers=None, timeout=10.0, most=1_000_000, hops=0) -> Answer:
    """Asks `url`, and follows at most `hops` redirects; with none, a redirect is itself the answer.

    `timeout` is for everything together, in seconds. Raises Unreachable; an answer of any status is an answer.
    """
    deadline = time.monotonic() + timeout
    target, method, seen = _judged(url), method.upper(), []
    told = httpx.Headers({"User-Agent": f"Homeground (+{settings.SITE_URL})", "Accept": "*/*"})
    told.update(headers or {})
    told["Connection"] = "close"
    while True:
        answer = _ask(target, method, body, told, deadline, most, tuple(seen))
        place = answer.headers.get("Location")
        if not hops or answer.status not in REDIRECTS or not place:
            return answer
        if len(seen) == hops:
            raise Unreachable("hops")
        seen.append(str(target))
        onward = _judged(place, base=target)
        if (onward.scheme, onward.host, onward.port) != (target.scheme, target.host, target.port):
            told = httpx.Headers([(name, value) for name, value in told.items() if name.lower() not in OURS_ALONE])
        if answer.status == 303 or (answer.status in {301, 302} and method == "POST"):
            method, body = ("HEAD" if method == "HEAD" else "GET"), None
            told.pop("Content-Type", None)
        target = onward


def check(url) -> None:
    """Judges an address as fetch would, its name looked up, without asking it anything; raises Unreachable."""
    target = _judged(url)
    _addresses(target, time.monotonic() + 5)


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not ours, not this machine's, and not a wrapping of such a one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    elif any(ip in network for network in INNER):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def resolve(host: str, port: int) -> list[str]:
    """Every address of a name, in the order the system prefers. Tests put their own in its place."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _judged(url, base: httpx.URL | None = None) -> httpx.URL:
    try:
        if not isinstance(url, str) or len(url) > LONGEST_URL or "\\" in url:
            raise Unreachable("address")
        target = base.join(url) if base is not None else httpx.URL(url)
        target = target.copy_with(fragment=None)
        name, port = target.raw_host.decode("ascii"), target.port or PORTS.get(target.scheme, 0)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Unreachable("address") from error
    if target.scheme not in PORTS or not _NAME.fullmatch(name) or not 0 < port < 65_536:
        raise Unreachable("address")
    if target.userinfo:
        raise Unreachable("login")
    if port not in {*PORTS.values(), *settings.FETCH_PORTS} and not settings.FETCH_PRIVATE:
        raise Unreachable("port")
    return target


def _addresses(target, deadline) -> list[str]:
    port = target.port or PORTS[target.scheme]
    name = target.raw_host.decode("ascii").strip("[]")
    try:
        found = _lookups.submit(resolve, name, port).result(timeout=max(0, deadline - time.monotonic()))
    except LookupTimeout as error:
        raise Unreachable("late") from error
    except (OSError, UnicodeError) as error:
        raise Unreachable("unknown") from error
    if settings.FETCH_PRIVATE:
        return found
    # Numbers in disguise (decimal, octal, hexadecimal, short) have become plain addresses by now.
    if not (public := [address for address in found if is_public(address)]):
        raise Unreachable("inside" if found else "unknown")
    return public


def _ask(target, method, body, told, deadline, most, seen) -> Answer:
    backend = _Pinned(_addresses(target, deadline), deadline)
    url = httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=tls(), network_backend=backend, max_connections=1) as pool,
            pool.stream(method, url, headers=told.raw, content=body) as answer,
        ):
            read, whole = _read(answer, most)
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise Unreachable("late") from error
    except httpcore.ConnectError as error:
        raise Unreachable("untrusted" if "certificate" in str(error).lower() else "closed") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Unreachable("broken") from error
    return Answer(answer.status, httpx.Headers(answer.headers), read, str(target), whole, seen)


def _read(answer, most) -> tuple[bytes, bool]:
    """The body up to `most` bytes. It is taken as it is: nothing compressed was asked for, so nothing can unfold."""
    read = bytearray()
    for piece in answer.iter_stream():
        read += piece
        if len(read) > most:
            return bytes(read[:most]), False
    return bytes(read), True


@cache
def tls() -> ssl.SSLContext:
    """Whom we believe; made once, since reading all the authorities of the web takes longer than asking."""
    return httpx.create_ssl_context(trust_env=False)


class _Pinned(httpcore.NetworkBackend):
    """Connects to the addresses that were judged, whatever the name means by now."""

    def __init__(self, addresses, deadline):
        self.addresses, self.deadline = addresses, deadline
        self.sockets = httpcore.SyncBackend()

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        failure: Exception = httpcore.ConnectError("no address")
        for left, address in zip(range(len(self.addresses), 0, -1), self.addresses, strict=True):
            try:
                # An address that does not answer must leave time for the others.
                patience = _left(self.deadline) / left
                return _Stream(self.sockets.connect_tcp(address, port, patience, None, socket_options), self.deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _Stream(httpcore.NetworkStream):
    """Bytes under one deadline: a drop each second never adds up to an hour."""

    def __init__(self, inner, deadline):
        self.inner, self.deadline = inner, deadline

    def read(self, max_bytes, timeout=None):
        return self.inner.read(max_bytes, _left(self.deadline))

    def write(self, buffer, timeout=None):
        for start in range(0, len(buffer), PIECE):
            self.inner.write(buffer[start : start + PIECE], _left(self.deadline))

    def close(self):
        self.inner.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, _left(self.deadline)), self.deadline)

    def get_extra_info(self, info):
        return self.inner.get_extra_info(info)


def _left(deadline) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
