"""Listens for steps that members take, and has services told of them."""

from functools import partial

from django.db import transaction

from community.campaigns import tasks
from community.campaigns.models import Conversion
from community.campaigns.outward import deciding, telling


def on_converted(sender, *, conversion_id, kind, **_signal):
    """Receiver of campaigns.signals.converted."""
    if not (services := deciding.connected()):
        return
    conversion = Conversion.objects.with_ids([conversion_id]).first()
    if conversion is None:
        return
    for delivery in telling.queue(conversion=conversion, services=services):
        # When the queue is gone the row stays, and the sweep finds it.
        transaction.on_commit(partial(tasks.tell_service.delay, delivery.service), robust=True)
