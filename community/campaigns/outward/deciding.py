"""What each service is told of: our own defaults, and what a marketer decided instead."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import now

from community.campaigns.models import Conversion, Sending, Service
from community.campaigns.outward.ga4 import Ga4
from community.campaigns.outward.meta import Meta
from community.campaigns.outward.services import USUAL

CLIENTS = {Service.META: Meta(), Service.GA4: Ga4()}
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Decision:
    service: str
    kind: str
    name: str
    is_on: bool
    value: Decimal | None = None
    currency: str = ""
    since: datetime = BEGINNING

    @property
    def kind_said(self) -> str:
        return str(Conversion.Kind(self.kind).label)


def client_of(service: str):
    return CLIENTS[Service(service)]


def is_connected(service: str) -> bool:
    """The operator gave all that is needed to speak with it."""
    return not client_of(service).missing()


def connected() -> list[str]:
    return [service for service in Service.values if is_connected(service)]


def decisions(service: str) -> dict[str, Decision]:
    found: dict[str, Decision] = {
        str(kind): Decision(service, str(kind), name, is_on) for kind, (name, is_on) in USUAL[Service(service)].items()
    }
    for row in Sending.objects.of_service(service):
        if row.kind in found:
            found[row.kind] = Decision(service, row.kind, row.name, row.is_on, row.value, row.currency, row.since)
    return found


@transaction.atomic
def decide(*, service: str, kind: str, is_on: bool, name: str, value=None, currency="", by=None) -> Sending:
    """Switched on anew, it tells of what happens from now on."""
    before = decisions(service)[kind]
    since = now() if is_on and not before.is_on else before.since
    row, _made = Sending.objects.update_or_create(
        service=service,
        kind=kind,
        defaults={
            "is_on": is_on,
            "name": name,
            "value": value,
            "currency": currency if value is not None else "",
            "since": since,
            "by": by,
        },
    )
    return row
