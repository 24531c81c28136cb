"""What a thread that waits for a host will begin with: kept as JSON, shown meanwhile, and read again when it is published."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from community.commons.refusals import Refusal
from community.forum.models import Thread


class HourPassed(Refusal):
    status = 409
    message = _("Its hour has passed while it waited. Whoever planned it chooses another, and sends it anew.")


def kept(told, tags) -> dict:
    """The plan in what a form tells opening.start, as a row can keep it."""
    plan = {name: told[name].isoformat() for name in ("begins_at", "ends_at") if told.get(name)}
    if told.get("poll"):
        plan["poll"] = {**told["poll"], "results": str(told["poll"]["results"])}
    if told.get("hosts"):
        plan["hosts"] = [[host.pk, host.handle] for host in told["hosts"]]
    return plan | ({"tags": tags} if tags else {})


@dataclass
class Plan:
    """The same for eyes."""

    kind: str
    begins_at: datetime | None
    ends_at: datetime | None
    options: list[str]
    hosts: list[str]
    tags: list[str]


def shown(held) -> Plan:
    plan = held.plan
    kind = str(Thread.Kind(held.opens).label) if held.opens else ""
    hosts = [handle for _pk, handle in plan.get("hosts", [])]
    options = plan.get("poll", {}).get("options", [])
    return Plan(kind, _moment(plan, "begins_at"), _moment(plan, "ends_at"), options, hosts, plan.get("tags", []))


def begun(held) -> dict:
    """What opening.start wants to know of it now. A place on top, or a poll, lasts as long as was meant, however long
    it waited; a gathering has an hour that people were told, and nobody is asked to come to one that is over.
    """
    plan, begins_at, ends_at = held.plan, _moment(held.plan, "begins_at"), _moment(held.plan, "ends_at")
    if held.opens == Thread.Kind.GATHERING:
        if begins_at is None or begins_at <= now():
            raise HourPassed
        found = Member.objects.public().numbered([pk for pk, _handle in plan.get("hosts", [])])
        return {"begins_at": begins_at, "ends_at": ends_at, "hosts": list(found)}
    if ends_at and ends_at <= now():
        ends_at = now() + (ends_at - held.made_at)
    return {"ends_at": ends_at, "poll": plan.get("poll")}


def _moment(plan, name):
    return datetime.fromisoformat(plan[name]) if plan.get(name) else None
