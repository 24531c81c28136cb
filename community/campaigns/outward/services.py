"""The seam that every service stands behind: what it is told by default, how it is asked, and what its answers mean."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from community.campaigns.models import Conversion, Delivery, Service

Kind, State = Conversion.Kind, Delivery.State
# Which steps a service is told of when nobody has decided otherwise: those that say something about staying.
USUAL = {
    Service.META: {
        Kind.JOINED: ("Lead", False),
        Kind.VERIFIED: ("CompleteRegistration", True),
        Kind.FIRST_ACT: ("FirstAct", False),
        Kind.WEEK2: ("BackInWeekTwo", False),
        Kind.DAY30: ("ActiveMember", True),
        Kind.CLIMBED: ("TierUp", True),
        Kind.REFERRAL: ("BroughtAFriend", False),
        Kind.REVENUE: ("Purchase", True),
    },
    Service.GA4: {
        Kind.JOINED: ("generate_lead", False),
        Kind.VERIFIED: ("sign_up", True),
        Kind.FIRST_ACT: ("first_act", False),
        Kind.WEEK2: ("back_in_week_two", False),
        Kind.DAY30: ("active_member", True),
        Kind.CLIMBED: ("level_up", True),
        Kind.REFERRAL: ("brought_a_friend", False),
        Kind.REVENUE: ("purchase", True),
    },
}


@dataclass(frozen=True)
class Event:
    """One step as a service is to hear of it, with all that is known and may be told."""

    id: str
    name: str
    kind: str
    at: datetime
    member_id: int
    email: str = ""
    phone: str = ""
    agent: str = ""
    click: str = ""  # Facebook's own, as fb.1.…
    page: str = ""  # where on our site it happened
    value: str = ""
    currency: str = ""
    ref: str = ""
    visitor: str = ""


@dataclass
class Outcome:
    """What became of one event: where it stands now, why, and what the service said, with nothing secret in it."""

    state: str
    reason: str = ""
    status: int | None = None
    answer: dict = field(default_factory=dict)
    took: int = 0
    together: int = 1
    again_after: timedelta | None = None
    spent_try: bool = True


class Client(Protocol):
    """A service: `most` events in one request, none older than `longest`."""

    key: str
    most: int
    longest: timedelta

    def missing(self) -> list[str]: ...

    def is_testing(self) -> bool: ...

    def payload(self, event: Event) -> dict: ...

    def send(self, events: list[tuple[str, dict]]) -> dict[str, Outcome]: ...
