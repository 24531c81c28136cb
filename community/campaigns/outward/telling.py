"""The outbox: a row for each step and service, sent in batches, asked for leave on the way out, tried again where it may."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from community.campaigns.models import Attempt, Conversion, Delivery
from community.campaigns.outward import deciding, gathering
from community.campaigns.outward.services import Outcome

State = Delivery.State
MOST_TRIES = 8
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=6)
SWEPT = 500
AGAIN = (State.REJECTED, State.GIVEN_UP, State.NOT_ALLOWED, State.SENT)


@transaction.atomic
def queue(*, conversion, services=None) -> list[Delivery]:
    """A row for each service that is connected and wants to hear of this step. Queued twice is queued once."""
    wanted = [
        service
        for service in (deciding.connected() if services is None else services)
        if deciding.decisions(service)[conversion.kind].is_on
    ]
    rows = [
        Delivery(
            service=service,
            conversion=conversion,
            member_id=conversion.member_id,
            kind=conversion.kind,
            ref=conversion.ref,
            amount=conversion.amount,
            currency=conversion.currency,
            at=conversion.at,
            name=deciding.decisions(service)[conversion.kind].name,
        )
        for service in wanted
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def send_waiting(service: str, most: int | None = None) -> int:
    """Sends what is due, as many as fit into one request. Claimed first: two workers never send the same row at once."""
    client = deciding.client_of(service)
    if client.missing():
        return 0
    claimed = Delivery.objects.claim(service, min(most or client.most, client.most))
    decisions, events = deciding.decisions(service), []
    by_key = {str(delivery.pk): delivery for delivery in claimed}
    for delivery in claimed:
        if payload := _prepared(delivery, decisions[delivery.kind], client):
            events.append((str(delivery.pk), payload))
    for key, outcome in (client.send(events) if events else {}).items():
        note(by_key[key], outcome, is_test=client.is_testing())
    return len(claimed)


def _prepared(delivery, decision, client) -> dict | None:
    """The payload; or None when it must not leave, and then the row says why."""
    delivery.name = decision.name
    if reason := gathering.refusal(delivery, decision):
        note(delivery, Outcome(State.NOT_ALLOWED, reason))
        return None
    if now() - delivery.at > client.longest:
        note(delivery, Outcome(State.TOO_OLD, "too_old"))
        return None
    delivery.payload = client.payload(gathering.event_of(delivery, decision))
    delivery.consent = gathering.consent_of(delivery.member)
    # A member may have had it forgotten since it was claimed: then nothing is written back, and nothing leaves.
    still = Delivery.objects.with_id(delivery.pk).in_states((State.WAITING,))
    kept = still.update(name=delivery.name, payload=delivery.payload, consent=delivery.consent)
    return delivery.payload if kept else None


@transaction.atomic
def note(delivery, outcome: Outcome, *, is_test: bool = False):
    """Writes down what came of one try, and when the next one is, if there is one."""
    state, reason = outcome.state, outcome.reason
    if state == State.WAITING and outcome.spent_try and delivery.tries >= MOST_TRIES:
        state, reason = State.GIVEN_UP, "tired"
    delivery.state, delivery.reason, delivery.claimed_until, delivery.is_test = state, reason, None, is_test
    fields = ["name", "state", "reason", "claimed_until", "is_test", "tries"]
    if not outcome.spent_try:
        delivery.tries = max(0, delivery.tries - 1)
    if state == State.WAITING:
        delivery.not_before = now() + max(outcome.again_after or timedelta(0), _pause(delivery.tries))
        fields.append("not_before")
    if state == State.SENT:
        delivery.sent_at = now()
        fields.append("sent_at")
    if state == State.NOT_ALLOWED:
        # What may not be told is not kept ready to be told either.
        delivery.payload, delivery.consent = None, {}
        fields += ["payload", "consent"]
    delivery.save(update_fields=fields)
    Attempt.objects.create(
        delivery=delivery,
        state=outcome.state,
        status=outcome.status,
        answer={"reason": outcome.reason, **outcome.answer} if outcome.reason else outcome.answer,
        took=outcome.took,
        together=outcome.together,
    )


def _pause(tries: int) -> timedelta:
    return min(FIRST_PAUSE * 4 ** max(0, tries - 1), LONGEST_PAUSE)


@transaction.atomic
def replay(*, delivery) -> bool:
    """Sends one again under its own identifier, so that it counts once; leave is asked for anew."""
    changed = Delivery.objects.with_id(delivery.pk).in_states(AGAIN).wake()
    return bool(changed)


@transaction.atomic
def replay_all(*, service: str, reason: str) -> int:
    """After a token was renewed or a service is well again: all that failed for this reason."""
    return Delivery.objects.of_service(service).in_states((State.REJECTED, State.GIVEN_UP)).because(reason).wake()


def sweep() -> list[str]:
    """Services with something due; rows for steps whose task was lost; payloads nobody needs any more."""
    for service in deciding.connected():
        longest = deciding.client_of(service).longest
        for decision in deciding.decisions(service).values():
            if decision.is_on:
                since = max(now() - longest, decision.since)
                for conversion in Conversion.objects.untold(service, decision.kind, since)[:SWEPT]:
                    queue(conversion=conversion, services=[service])
    Delivery.objects.worn_out().update(payload=None)
    return [service for service in deciding.connected() if Delivery.objects.due(service).exists()]
