"""By which ways people came to us: every link they tapped and every visit without one, on all of their devices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from community.campaigns.models import Claim, Click, Step

DIRECT = "direct"
LOOK_BACK = 90  # days, where no campaign says otherwise
VISIT = timedelta(minutes=30)  # the same way again within this long is one coming, not two
BATCH = 1_000  # members at once
# Where signing in leads through: whoever comes back from there had been here already.
SIGN_IN_HOSTS = frozenset(
    {
        "access.line.me",
        "accounts.google.com",
        "appleid.apple.com",
        "login.live.com",
        "login.microsoftonline.com",
        "login.yahoo.com",
    }
)


@dataclass(frozen=True, slots=True)
class Touch:
    """One coming: through a link of ours, from another site, or directly."""

    at: datetime
    click: UUID | None = None
    link: int | None = None
    source: str = DIRECT  # a link's utm_source, the host of a site that pointed here, or "direct"
    channel: str = ""
    app: str = ""
    os: str = ""
    device: str = ""
    language: str = ""
    is_direct: bool = True
    campaign: int | None = None
    path: str = ""  # where a visit without a link began
    look_back: int = LOOK_BACK  # days for which the link's campaign may still be thanked

    @property
    def way(self) -> tuple:
        """What makes two comings the same way of coming."""
        return self.link, self.source


@lru_cache(maxsize=4)
def _own_hosts(site: str, hosts: tuple[str, ...]) -> frozenset[str]:
    return frozenset({(urlsplit(site).hostname or "").lower(), *(host.lower().lstrip(".") for host in hosts)} - {""})


def is_ours(host: str) -> bool:
    """Our own domain, or a station of signing in: whoever comes from there came from nowhere new."""
    host = host.lower().removeprefix("www.")
    own = _own_hosts(settings.SITE_URL, tuple(settings.ALLOWED_HOSTS))
    return host in SIGN_IN_HOSTS or host in own or any(host == name.removeprefix("www.") for name in own)


def touches_of(members: Iterable, until: datetime | None = None) -> dict[int, list[Touch]]:
    """Every touch of each of these members (or their ids), the first one first.

    Three queries for each thousand members: their browsers, the links they tapped, the visits they made without one.
    Members without any touch have an empty list.
    """
    ids = [getattr(member, "pk", member) for member in members]
    found: dict[int, list[Touch]] = {member: [] for member in ids}
    for begin in range(0, len(ids), BATCH):
        whose = Claim.objects.of_members(ids[begin : begin + BATCH]).whose()
        for member, touches in _of_browsers(whose, until).items():
            found[member] = touches
    return found


def touches_of_visitor(visitor: UUID, until: datetime | None = None) -> list[Touch]:
    """The touches of one browser, whoever it belongs to."""
    return _of_browsers({visitor: 0}, until).get(0, [])


def _of_browsers(whose: dict[UUID, int], until) -> dict[int, list[Touch]]:
    found = defaultdict(list)
    if not whose:
        return {}
    # Who tapped is asked here and not there: told both, the database takes the index of links and agents for its way to
    # a thousand visitors, and walks through it once for each of them.
    for row in Click.objects.of_visitors(whose).as_touches(until):
        if row["agent"] == "human" and not (row["referrer"] and is_ours(row["referrer"])):
            found[whose[row["visitor"]]].append(_tapped(row))
    visits = Step.objects.arrivals().of_visitors(whose)
    for row in (visits if until is None else visits.until(until)).values(*ARRIVED):
        if not is_ours(row["source"]):
            found[whose[row["visitor"]]].append(_arrived(row))
    return {member: once(sorted(touches, key=in_order)) for member, touches in found.items()}


def in_order(touch: Touch) -> tuple:
    return touch.at, str(touch.click or ""), touch.source


def _tapped(row) -> Touch:
    return Touch(
        at=row["at"],
        click=row["id"],
        link=row["link_id"],
        source=row["link__utm_source"] or row["link__channel"],
        channel=row["link__channel"],
        app=row["app"],
        os=row["os"],
        device=row["device"],
        language=row["language"],
        is_direct=False,
        campaign=row["link__campaign_id"],
        look_back=row["link__campaign__look_back_days"],
    )


ARRIVED = ("visitor", "at", "source", "path", "app", "os", "device", "language")


def _arrived(row) -> Touch:
    return Touch(
        at=row["at"],
        source=row["source"],
        app=row["app"],
        os=row["os"],
        device=row["device"],
        language=row["language"],
        is_direct=row["source"] == DIRECT,
        path=row["path"],
    )


def once(touches: list[Touch]) -> list[Touch]:
    """Tapping the same link twice within half an hour is one touch: that of the first tap."""
    kept, seen = [], {}
    for touch in touches:
        before = seen.get(touch.way)
        seen[touch.way] = touch.at
        if before is None or touch.at - before > VISIT:
            kept.append(touch)
    return kept
