"""Partners: who they are, the links on their pages, and a page of their own on which they see what came of those."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now

from accounts.attending import begin_of
from community.campaigns import crediting, linking, referring
from community.campaigns.channels import Channel
from community.campaigns.models import Click, Conversion, Partner, TrackedLink

KEY_BYTES = 9  # twelve letters, by which the row is found
SEAL = 32  # letters by which the address is known to be ours
FEW = 5  # fewer people than this are not told apart


@lru_cache(maxsize=4)
def _signing_key(secret: str) -> bytes:
    return hashlib.sha256(b"partner page" + secret.encode()).digest()


def _seal(key: str) -> str:
    digest = hmac.digest(_signing_key(settings.SECRET_KEY), key.encode(), "sha256")
    return base64.urlsafe_b64encode(digest)[:SEAL].decode()


def secret_of(partner) -> str:
    """The last part of the address of their page. It stands in no table: whoever reads the database cannot make it."""
    return partner.key + _seal(partner.key)


def opened_by(secret: str) -> Partner | None:
    """The partner whose page this opens, compared in constant time; None for a wrong, old or revoked one."""
    if not secret.isascii() or len(secret) <= SEAL:
        return None
    key, seal = secret[:-SEAL], secret[-SEAL:]
    if not hmac.compare_digest(_seal(key), seal):
        return None
    return Partner.objects.keyed(key).first()


def _fresh_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


@transaction.atomic
def make(*, by, **fields) -> Partner:
    return Partner.objects.create(made_by=by, key=_fresh_key(), **fields)


@transaction.atomic
def change(*, partner, **fields) -> Partner:
    for name, value in fields.items():
        setattr(partner, name, value)
    partner.save(update_fields=list(fields))
    return partner


@transaction.atomic
def make_link(*, partner, campaign, label, destination, by=None, code="") -> TrackedLink:
    return linking.make_link(
        campaign=campaign,
        channel=Channel.PARTNER,
        label=label,
        destination=destination,
        by=by,
        code=code,
        partner=partner,
    )


@transaction.atomic
def renew(*, partner) -> Partner:
    """A new address for their page; the old one leads nowhere from now on."""
    partner.key, partner.revoked_at = _fresh_key(), None
    partner.save(update_fields=["key", "revoked_at"])
    return partner


@transaction.atomic
def revoke(*, partner) -> Partner:
    if partner.revoked_at is None:
        partner.revoked_at = now()
        partner.save(update_fields=["revoked_at"])
    return partner


@dataclass(frozen=True)
class Figures:
    """What came of one link until the end of yesterday."""

    link: TrackedLink
    clicks: int = 0
    people: int = 0
    joined: int = 0
    active: int = 0


def figures(partner) -> list[Figures]:
    """For each link: clicks by people, people, members whose last known way it was, and how many of them are active.

    Only days that are over, so that nobody can watch one person come in. Nine queries, however many links.
    """
    end = begin_of(localdate())
    links = list(TrackedLink.objects.of_partner(partner).for_desk())
    counted = {row["link_id"]: row for row in Click.objects.of_links([link.pk for link in links]).before(end).counted()}
    came = _joined_through({link.pk for link in links}, end)
    active = referring.active_since([member for members in came.values() for member in members])
    return [
        Figures(
            link=link,
            clicks=counted.get(link.pk, {}).get("clicks", 0),
            people=counted.get(link.pk, {}).get("people", 0),
            joined=len(came.get(link.pk, ())),
            active=sum(member in active for member in came.get(link.pk, ())),
        )
        for link in links
    ]


def _joined_through(links: set[int], end) -> dict[int, list[int]]:
    """Members by the link that was the last known way before they joined."""
    candidates = Click.objects.of_links(links).human().before(end).claimers()
    joined = Conversion.objects.joined().of_members(candidates).between(None, end)
    found: dict[int, list[int]] = {}
    rows = list(joined)
    shared = crediting.credits_for(rows, "last_non_direct")
    for row in rows:
        for touch, _part in shared[row.pk]:
            if touch.link in links:
                found.setdefault(touch.link, []).append(row.member_id)
    return found
