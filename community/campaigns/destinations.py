"""Where a tracked link may lead, and how the visitor's own query travels along, byte for byte."""

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from community.campaigns.queries import Asked, name_of

LONGEST = 1000
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ud800-\udfff]")
# What no address can hold; everything else of a query goes on as it came.
_UNSAFE = re.compile(rb"[\x00-\x20\x7f#]")
_UNSAFE_BYTES = bytes([*range(0x21), 0x7F, 0x23])


def check(address: str) -> str:
    """A path of this site, or a URL on an allowed host; a ValidationError for everything else.

    An address of this site becomes its path. A link to a link is refused: it would count twice, or run in a circle.
    """
    address = address.strip(" \t\r\n")
    if len(address) > LONGEST:
        raise ValidationError(_("At most %(most)d characters."), params={"most": LONGEST}, code="long")
    if not address or _UNFIT.search(address):
        raise ValidationError(_("This is not an address."), code="shape")
    if not address.startswith("/"):
        address = _on_allowed_host(address)
    if address.startswith("/"):
        _check_path(address)
    return address


def _on_allowed_host(address: str) -> str:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise ValidationError(_("This is not an address."), code="shape") from None
    if parts.scheme not in {"https", "http"} or not host or parts.username or parts.password:
        raise ValidationError(_("This is not an address."), code="shape")
    if parts.netloc.casefold() == urlsplit(settings.SITE_URL).netloc:
        tail = f"?{parts.query}" if parts.query else ""
        return (parts.path or "/") + tail + (f"#{parts.fragment}" if parts.fragment else "")
    if port not in {None, 80, 443} or not _is_allowed(host):
        raise ValidationError(
            _("Links lead to pages of this site or to hosts on the list; %(host)s is not on it."),
            params={"host": host},
            code="host",
        )
    if host in settings.ALLOWED_HOSTS:  # another name of this very site
        _check_path(parts.path or "/")
    return parts.geturl()


def _is_allowed(host: str) -> bool:
    """An entry that begins with a dot stands for all names below it."""
    return any(
        host == entry or (entry.startswith(".") and host.endswith(entry))
        for entry in settings.ALLOWED_DESTINATION_HOSTS
    )


def _check_path(path: str):
    if path.startswith("//") or not urlsplit(path).path:
        raise ValidationError(_("This is not an address."), code="shape")
    plain = posixpath.normpath(unquote(urlsplit(path).path)).casefold()
    if f"{plain}/".startswith(settings.TRACKED_LINK_PREFIX):
        raise ValidationError(_("A tracked link cannot lead to a tracked link."), code="loop")


def page_at(path: str) -> Page | None:
    """The live page of this site that stands exactly at a path, if there is one."""
    if "?" in path or "#" in path:
        return None
    inner = unquote(path).strip("/")
    try:
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        return Page.objects.live().get(url_path=site.root_page.url_path + (f"{inner}/" if inner else ""))
    except ObjectDoesNotExist:
        return None


def sites() -> list[Site]:
    """All sites, the default one first. Asks the database alone: the cache that Wagtail asks may be gone."""
    return list(Site.objects.select_related("root_page").order_by("-is_default_site", "pk"))


def path_of(page: Page, known: list[Site] | None = None) -> str:
    """A page's path on this site; for lists, `known` spares asking for the sites again."""
    return path_at(page.url_path, sites() if known is None else known)


def path_at(url_path: str, known: list[Site]) -> str:
    """The same for the place in Wagtail's tree where a page stands."""
    for site in known:
        if url_path.startswith(site.root_page.url_path):
            path = reverse("wagtail_serve", args=[url_path[len(site.root_page.url_path) :]])
            return path if site.is_default_site else f"{site.root_url}{path}"
    return "/"


def address_of(link, known: list[Site] | None = None) -> str:
    """Where a link leads now. A link whose page is gone leads home, which is better than nowhere."""
    return path_of(link.page, known) if link.page_id else link.address or "/"


def own_address_of(thing, known: list[Site] | None = None) -> str:
    """The same for what may have no destination of its own: then it is empty."""
    return path_of(thing.page, known) if thing.page_id else thing.address


@lru_cache(maxsize=5_000)
def _said(name: str, value: str) -> bytes:
    """One parameter; most links share all of theirs but one."""
    return urlencode({name: value}).encode()


@lru_cache(maxsize=10_000)
def way_to(address: str, utm: tuple[tuple[str, str], ...]) -> "Way":
    """One way for all links that share it, as the invitations of thousands of members do."""
    return Way.to(address, dict(utm))


@dataclass(frozen=True, slots=True)
class Way:
    """An address taken apart, so that a visitor's query can be put in."""

    path: bytes
    own: tuple[tuple[bytes, bytes], ...] = ()  # name and whole part of each parameter the link brings
    fragment: bytes = b""
    plain: bytes = b""
    names: frozenset[bytes] = frozenset()
    said: bytes = b""  # the link's own query

    @classmethod
    def to(cls, address: str, utm: dict[str, str]) -> "Way":
        raw = iri_to_uri(address).encode("ascii")
        raw, hash_mark, fragment = raw.partition(b"#")
        path, _mark, query = raw.partition(b"?")
        words = [_said(name, value) for name, value in utm.items()]
        ours = {name_of(part) for part in words}
        parts = [part for part in query.split(b"&") if part and name_of(part) not in ours] + words
        fragment = hash_mark + fragment
        said = b"&".join(parts)
        plain = path + (b"?" + said if parts else b"") + fragment
        own = tuple((name_of(part), part) for part in parts)
        return cls(path, own, fragment, plain, frozenset(name for name, _part in own), said)

    def with_query(self, query: bytes) -> bytes:
        """The address with what the visitor brought; where both name a parameter, the visitor's value is kept."""
        return self.with_asked(Asked(query)) if query else self.plain

    def with_asked(self, asked: Asked) -> bytes:
        """The same for a query that is taken apart already, and is not empty."""
        query = asked.query
        if query.translate(None, _UNSAFE_BYTES) != query:
            query = _UNSAFE.sub(lambda match: b"%%%02X" % match[0][0], query)
        if not self.own:
            return b"%b?%b%b" % (self.path, query, self.fragment)
        if asked.lacks(self.names):
            return b"%b?%b&%b%b" % (self.path, self.said, query, self.fragment)
        theirs = set(map(name_of, asked.parts))
        parts = [part for name, part in self.own if name not in theirs]
        return b"%b?%b%b" % (self.path, b"&".join([*parts, query]), self.fragment)
