"""Asks the destinations of links as a stranger would, and tells their owners when something is wrong, and when well again."""

import logging
import re
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns import destinations
from community.campaigns.destinations import Way
from community.campaigns.models import Health, TrackedLink
from community.commons import fetching
from community.notices import ringing

log = logging.getLogger(__name__)
Trouble = Health.Trouble

MOST_LINKS = 60  # in one run
MOST_OF_A_HOST = 12  # in one run: nobody is asked in a rush
HOPS = 6
TIMEOUT = 10.0
MOST_BYTES = 200_000
WELL_FOR = timedelta(hours=6)
SOON = timedelta(minutes=10)  # trouble is believed when it is found twice
LONGEST = timedelta(hours=24)
AGENT = "Homeground-link-check/1.0"
_META = re.compile(rb"<meta\b[^>]*>", re.IGNORECASE)


SENTENCES = {
    "link_trouble": _("Strangers who tap “%(link)s” do not get to %(address)s."),
    "link_well": _("“%(link)s” leads strangers where it should again."),
}


@dataclass(frozen=True)
class Finding:
    """What came of asking one address; without trouble it is well."""

    trouble: str = ""
    address: str = ""
    detail: str = ""


@dataclass(frozen=True)
class _Heard:
    status: int
    location: str
    robots: str
    body: bytes


def _is_ours(url: str) -> bool:
    return url.startswith(f"{settings.SITE_URL}/")


def _ask(url: str) -> _Heard:
    """One question, no redirect followed. Our own site is asked at its own address, all others with care."""
    told = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5", "Accept-Language": "zh-TW,zh;q=0.9,en;q=0.5"}
    if not _is_ours(url):
        answer = fetching.fetch(url, headers=told, timeout=TIMEOUT, most=MOST_BYTES)
        return _Heard(
            answer.status, answer.headers.get("Location", ""), answer.headers.get("X-Robots-Tag", ""), answer.body
        )
    try:
        with (
            httpx.Client(timeout=TIMEOUT, verify=fetching.tls(), trust_env=False) as client,
            client.stream("GET", url, headers=told) as answer,
        ):
            body = b""
            for piece in answer.iter_bytes():
                body += piece
                if len(body) >= MOST_BYTES:
                    break
            return _Heard(
                answer.status_code, answer.headers.get("Location", ""), answer.headers.get("X-Robots-Tag", ""), body
            )
    except httpx.TimeoutException as error:
        raise fetching.Unreachable("late") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise fetching.Unreachable("closed") from error


def _hides(heard: _Heard) -> bool:
    if "noindex" in heard.robots.lower():
        return True
    return any(
        b"noindex" in meta.lower() and re.search(rb"name\s*=\s*[\"']?robots", meta, re.IGNORECASE)
        for meta in _META.findall(heard.body)
    )


def look_at(address: str, utm: dict[str, str]) -> Finding:
    """Follows an address as a stranger who came with campaign words and an advertisement's mark."""
    mark = f"check-{secrets.token_hex(6)}".encode()
    url = urljoin(f"{settings.SITE_URL}/", Way.to(address, utm).with_query(b"fbclid=" + mark).decode("ascii"))
    wanted = parse_qs(urlsplit(url).query, keep_blank_values=True)
    seen: set[str] = set()
    try:
        for _hop in range(HOPS + 1):
            bare = urlsplit(url)._replace(fragment="").geturl()
            if bare in seen:
                return Finding(Trouble.LOOP, address, bare[:200])
            seen.add(bare)
            heard = _ask(bare)
            if heard.status not in fetching.REDIRECTS or not heard.location:
                return _judge(address, bare, heard, wanted)
            url = urljoin(bare, heard.location)
            if _is_wall(url):
                return Finding(Trouble.WALL, address, url[:200])
    except (fetching.Unreachable, ValueError) as error:
        return Finding(Trouble.UNREACHABLE, address, getattr(error, "why", "address"))
    return Finding(Trouble.LOOP, address, url[:200])


def _is_wall(url: str) -> bool:
    return _is_ours(url) and urlsplit(url).path.startswith(reverse("join"))


def _judge(address: str, url: str, heard: _Heard, wanted) -> Finding:
    if heard.status in {401, 403}:
        return Finding(Trouble.WALL, address, str(heard.status))
    if heard.status != 200:
        return Finding(Trouble.STATUS, address, str(heard.status))
    kept = parse_qs(urlsplit(url).query, keep_blank_values=True)
    lost = [name for name, values in wanted.items() if kept.get(name) != values]
    if lost:
        return Finding(Trouble.QUERY, address, ", ".join(sorted(lost))[:200])
    # Elsewhere a page may be hidden from search for good reasons; on our own site it says that strangers may not see it.
    if _is_ours(url) and _hides(heard):
        return Finding(Trouble.HIDDEN, address, "")
    return Finding()


def addresses_of(link, sites=None) -> list[str]:
    """Everywhere a link may lead somebody now."""
    found = [destinations.address_of(link, sites), link.before_address, link.after_address, link.full_address]
    ways = [*link.rules.all(), *(arm for arm in link.splits.all() if arm.ended_at is None)]
    found += [destinations.address_of(way, sites) for way in ways if way.page_id or way.address]
    return list(dict.fromkeys(address for address in found if address))


class Round:
    """One run: the same address is asked once, and no host too often."""

    def __init__(self):
        self.found: dict[tuple, Finding] = {}
        self.asked: Counter[str] = Counter()
        self.sites = destinations.sites()

    def look(self, link) -> Finding | None:
        """The first trouble among a link's destinations; None when a host has been asked enough for now."""
        utm = link.utm
        for address in addresses_of(link, self.sites):
            key = address, tuple(utm.items())
            if key not in self.found:
                host = urlsplit(address).hostname or ""
                if self.asked[host] >= MOST_OF_A_HOST and host:
                    return None
                self.asked[host] += 1
                self.found[key] = look_at(address, utm)
            if self.found[key].trouble:
                return self.found[key]
        return Finding()


def look_after(most: int = MOST_LINKS) -> int:
    """One run over the links that are due. Gives how many were looked at."""
    current, looked = Round(), 0
    for link in TrackedLink.objects.due(now()).of_the_brand().for_checking()[:most]:
        finding = current.look(link)
        if finding is not None:
            write_down(link=link, finding=finding)
            looked += 1
    return looked


def look_now(link_id: int):
    """The same for one link, now."""
    link = TrackedLink.objects.for_checking().get(pk=link_id)
    finding = Round().look(link)
    if finding is not None:
        write_down(link=link, finding=finding)


def _pause_before_next(trouble: str, times: int) -> timedelta:
    if not trouble:
        return WELL_FOR
    return SOON if times < 2 else min(LONGEST, SOON * 6 * 2 ** min(times - 2, 8))


@transaction.atomic
def write_down(*, link, finding: Finding):
    """Keeps what was found. A trouble found twice rings the owner, once; so does its end."""
    moment = now()
    Health.objects.get_or_create(link=link, defaults={"next_at": moment})
    row = Health.objects.select_for_update().get(link=link)
    same = row.trouble == finding.trouble and row.checked_at is not None
    row.times = row.times + 1 if same else 1
    if not same:
        was, row.trouble = row.trouble, finding.trouble
        if not finding.trouble and was and row.told_at:
            _tell(link, "link_well", row)
            row.told_at = None
        if not was or not finding.trouble:
            row.since = moment if finding.trouble else None
    row.address, row.detail, row.checked_at = finding.address, finding.detail[:200], moment
    row.next_at = moment + _pause_before_next(row.trouble, row.times)
    if row.trouble and row.times >= 2 and row.told_at is None:
        row.told_at = moment
        _tell(link, "link_trouble", row)
    row.save()


def _tell(link, kind: str, row):
    owner = link.owner or link.made_by or link.campaign.owner
    if owner is not None:
        ringing.ring(
            member=owner,
            kind=kind,
            params={"link": str(link), "address": row.address},
            url=link.get_absolute_url(),
            about=f"{link.pk}:{row.since:%Y%m%d%H%M%S%f}",
        )
