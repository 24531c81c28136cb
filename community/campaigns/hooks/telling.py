"""What happened, written down for each endpoint that wants to hear of it: a row first, sent after."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from community.campaigns import moments, tasks
from community.campaigns.models import Click, Conversion, Dispatch, Endpoint
from community.campaigns.models.hooks import CLICK, LATE, SETTLED, TEST

VERSION = 1
BATCH = 500  # clicks in one message
MOST_BATCHES = 20  # messages for one endpoint in one run
# Clicks are given their key when somebody taps and are written a moment later, not quite in that order.
PATIENCE = timedelta(seconds=15)


def on_converted(sender, *, conversion_id, kind, **_signal):
    """Receiver of campaigns.signals.converted."""
    conversion = Conversion.objects.with_ids([conversion_id]).select_related("member__tier").first()
    if conversion is not None:
        tell_conversion(conversion=conversion)


@transaction.atomic
def tell_conversion(*, conversion):
    for endpoint in Endpoint.objects.hearing(conversion.kind):
        _note(endpoint, conversion.kind, f"conversion:{conversion.pk}", conversion.at, of_conversion(conversion))


def of_conversion(conversion) -> dict:
    """Of the member their number and handle, which every page of the site shows; nothing else of them."""
    member = conversion.member
    told = {
        "conversion": conversion.pk,
        "kind": conversion.kind,
        "at": _said(conversion.at),
        "member": {"id": member.pk, "handle": member.handle, "tier": member.tier.rank if member.tier_id else None},
        "first_link": conversion.first_link_id,
        "last_link": conversion.last_link_id,
    }
    if conversion.amount is not None:
        told |= {"ref": conversion.ref, "amount": str(conversion.amount), "currency": conversion.currency}
    return told


def tell_clicks() -> int:
    """Brings every endpoint that hears of clicks up to date; gives the number of messages. Safe beside itself."""
    return sum(_tell_clicks(pk) for pk in Endpoint.objects.hearing(CLICK).values_list("pk", flat=True))


def _tell_clicks(pk) -> int:
    made, until = 0, moments.floor(now() - PATIENCE)
    while made < MOST_BATCHES:
        with transaction.atomic():
            endpoint = Endpoint.objects.hearing(CLICK).with_id(pk).select_for_update(skip_locked=True).first()
            if endpoint is None:
                return made
            clicks = list(Click.objects.human().after(endpoint.clicks_until, until).with_link()[:BATCH])
            if not clicks:
                return made
            told = {"clicks": [of_click(click) for click in clicks]}
            _note(endpoint, CLICK, f"{SETTLED}{clicks[-1].pk}", clicks[-1].at, told)
            endpoint.clicks_until = clicks[-1].pk
            endpoint.save(update_fields=["clicks_until"])
            made += 1
    return made


def on_came_late(sender, *, clicks, **_signal):
    """Receiver of campaigns.signals.came_late."""
    tell_late(clicks)


@transaction.atomic
def tell_late(pks) -> int:
    """Tells of clicks that came out of the spool behind the last one that an endpoint was told of.

    Those before it in the row are told in their turn. Which is which is decided under the endpoint's lock, that
    `_tell_clicks` needs as well: a click can neither fall between the two nor be told by both.
    """
    made = 0
    for endpoint in Endpoint.objects.hearing(CLICK).order_by("pk").select_for_update():
        late = [pk for pk in pks if endpoint.clicks_since <= pk <= endpoint.clicks_until]
        for start in range(0, len(late), BATCH):
            clicks = list(Click.objects.with_ids(late[start : start + BATCH]).with_link().order_by("id"))
            told = {"clicks": [of_click(click) for click in clicks]}
            _note(endpoint, CLICK, f"{LATE}{clicks[-1].pk}", clicks[-1].at, told)
            made += 1
    return made


def of_click(click) -> dict:
    """Neither the browser's name nor its network: a click says which link, when, and from what kind of place."""
    return {
        "id": str(click.pk),
        "at": _said(click.at),
        "link": {"id": click.link_id, "code": click.link.code, "channel": click.link.channel},
        "campaign": click.link.campaign_id,
        "trigger": click.trigger,
        "app": click.app,
        "os": click.os,
        "device": click.device,
        "language": click.language,
        "referrer": click.referrer,
    }


@transaction.atomic
def tell_test(*, endpoint, by=None) -> Dispatch:
    """One message that tells of nothing, to see whether it arrives."""
    moment = now()
    return _note(endpoint, TEST, f"test:{moment.timestamp()}", moment, {"words": "Homeground"})


@transaction.atomic
def send_again(*, dispatches) -> int:
    """Puts what is over back in the row; each keeps its identifier, so that whoever took it can tell. Says how many."""
    pks = list(dispatches.over().order_by("pk").values_list("pk", flat=True)[:1_000])
    again = Dispatch.objects.over().in_bulk(pks)
    Dispatch.objects.put_back(list(again))
    for pk in again:
        tasks.send_dispatch.delay_on_commit(str(pk))
    return len(again)


def _note(endpoint, kind, about, at, data) -> Dispatch:
    payload = {"type": kind, "version": VERSION, "timestamp": _said(at), "data": data}
    row, made = Dispatch.objects.get_or_create(
        endpoint=endpoint, about=about, defaults={"kind": kind, "payload": payload}
    )
    if made:
        tasks.send_dispatch.delay_on_commit(str(row.pk))
    return row


def _said(moment) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
