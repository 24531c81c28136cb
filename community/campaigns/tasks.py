"""What the front door has done in the background."""

from datetime import UTC, datetime, timedelta

from celery import shared_task

from community.campaigns import checking, doubting, moments, partitions, referring, replaying, salts
from community.campaigns.hooks import sending
from community.campaigns.models import Dispatch, News
from community.campaigns.outward import telling as outbox


@shared_task
def replay_spool():
    """Bring in the clicks that the database could not take at the time."""
    replaying.replay()


@shared_task
def make_partitions():
    """The next months' tables, before their first click."""
    now = datetime.now(UTC)
    partitions.ensure(now, moments.month(now, partitions.AHEAD))


@shared_task
def forget_salts():
    """Destroy the salts older than two days."""
    salts.forget()


@shared_task
def forget_news():
    """Throw away what every door has read: a door that slept longer believes nothing it remembers anyway."""
    News.objects.older_than(datetime.now(UTC) - timedelta(days=2)).delete()


@shared_task
def count_friends():
    """Friends who have become active count for those who brought them."""
    referring.count_due()


@shared_task
def forget_whereabouts():
    """Where members were a week ago is nobody's business."""
    doubting.forget()


@shared_task
def send_dispatch(dispatch_id):
    """Take one webhook message to its endpoint, however often this runs."""
    sending.send(dispatch_id)


@shared_task
def sweep_dispatches():
    """Find messages whose task was lost or whose pause is over, and let go of old ones."""
    for pk in Dispatch.objects.due().values_list("pk", flat=True)[:300]:
        send_dispatch.delay(str(pk))
    Dispatch.objects.old().delete()


@shared_task
def tell_clicks():
    """Tell endpoints of the clicks since they were last told."""
    from community.campaigns.hooks import telling  # itself asks for tasks

    telling.tell_clicks()


@shared_task
def tell_service(service):
    """Sends what a service is still to be told, a request full at a time."""
    if outbox.send_waiting(service) == outbox.deciding.client_of(service).most:
        tell_service.delay(service)


@shared_task
def sweep_outward():
    """Finds steps whose row or task was lost, and lets go of old payloads."""
    for service in outbox.sweep():
        tell_service.delay(service)


@shared_task
def look_after_links():
    """Ask the destinations of some links whether strangers still get there."""
    checking.look_after()


@shared_task
def look_at_link(link_id):
    """Ask the destinations of one link now: somebody wants to know."""
    checking.look_now(link_id)
