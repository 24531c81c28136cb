"""Taking one message to its endpoint, and what its answer means."""

import json
import time
import unicodedata
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns.hooks import keeping, signing
from community.campaigns.models import Dispatch, DispatchTry, Endpoint
from community.commons import fetching
from community.notices import ringing

TIMEOUT = 5.0
READ = 2_000  # bytes of an answer; it is only kept for its owner to look at
PAUSES = [timedelta(seconds=20), *(timedelta(minutes=m) for m in (2, 10, 30, 120, 360, 720, 1080, 1440))]
STOP_AFTER = timedelta(days=3)
GONE = 410
RING = "webhook_stopped"
SENTENCES = {RING: _("The webhook “%(label)s” failed for days and was switched off.")}


def send(pk) -> bool:
    """Sends one message once. Claimed first: a crash may lose a try, the other order would send it twice."""
    if not Dispatch.objects.claim(pk):
        return False
    dispatch = Dispatch.objects.select_related("endpoint__owner").get(pk=pk)
    attempt = _try(dispatch)
    good = attempt.status is not None and 200 <= attempt.status < 300
    with transaction.atomic():
        attempt.save()
        (_taken if good else _failed)(dispatch, attempt)
    return good


def _try(dispatch) -> DispatchTry:
    body = json.dumps(dispatch.payload, ensure_ascii=False, separators=(",", ":")).encode()
    told = signing.headers(dispatch.endpoint.keys, f"msg_{dispatch.pk.hex}", int(time.time()), body)
    attempt, start = DispatchTry(dispatch=dispatch), time.monotonic()
    try:
        answer = fetching.fetch(
            dispatch.endpoint.url, method="POST", body=body, headers=told, timeout=TIMEOUT, most=READ
        )
        attempt.status, attempt.words = answer.status, readable(answer.body)
    except fetching.Unreachable as unreachable:
        attempt.why = unreachable.why
    attempt.took = int((time.monotonic() - start) * 1000)
    return attempt


def readable(body: bytes) -> str:
    """The beginning of whatever came back, as plain letters: it is somebody else's, and shown to our own people."""
    words = body[:READ].decode("utf-8", "replace")
    return "".join(each if unicodedata.category(each)[0] != "C" else " " for each in words)[:500].strip()


def _taken(dispatch, attempt):
    dispatch.state, dispatch.sent_at, dispatch.claimed_until = Dispatch.State.SENT, attempt.at, None
    dispatch.save(update_fields=["state", "sent_at", "claimed_until"])
    if dispatch.endpoint.failing_since:
        Endpoint.objects.with_id(dispatch.endpoint_id).update(failing_since=None, rests_until=None)


def _failed(dispatch, attempt):
    """Later, with longer and longer pauses; and no more at all to one that has failed for days, or says it is gone."""
    moment = now()
    pause = PAUSES[min(dispatch.tries, len(PAUSES)) - 1]
    dispatch.claimed_until, dispatch.not_before = None, moment + pause
    if dispatch.tries > len(PAUSES):
        dispatch.state = Dispatch.State.GIVEN_UP
    dispatch.save(update_fields=["claimed_until", "not_before", "state"])
    endpoint = Endpoint.objects.select_for_update().get(pk=dispatch.endpoint_id)
    endpoint.failing_since = endpoint.failing_since or moment
    # One that is down costs a worker its whole timeout; the others' messages must not wait behind that.
    endpoint.rests_until = moment + min(pause, timedelta(minutes=2))
    endpoint.save(update_fields=["failing_since", "rests_until"])
    if attempt.status == GONE or endpoint.failing_since < moment - STOP_AFTER:
        _stop(endpoint)


def _stop(endpoint):
    if endpoint.stopped_at is None:
        keeping.stop(endpoint=endpoint, failed=True)
        if endpoint.owner is not None:
            ringing.ring(
                member=endpoint.owner,
                kind=RING,
                params={"label": endpoint.label},
                url=endpoint.get_absolute_url(),
                about=f"{endpoint.pk}:{endpoint.stopped_at.isoformat()}",
                mail=True,
            )
