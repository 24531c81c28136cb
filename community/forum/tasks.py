"""What happens in this room without anybody asking."""

from datetime import timedelta

from celery import shared_task
from django.utils.timezone import localdate

from community.forum import finding
from community.forum.models import Held, MissedSearch

MOST_A_DAY = 2_000  # different words: a machine that asks for nonsense fills no table
MISSED_KEPT_FOR = timedelta(days=90)
RENEWED_AT_ONCE, BATCH = 20_000, 500


@shared_task
def drop_expired_held():
    """Lets go of words whose author never joined, and of the traces of those who did."""
    Held.objects.let_go().delete()


@shared_task
def count_missed(words):
    """Counts a search that found nothing. Told twice it counts twice, which no one would mind."""
    MissedSearch.objects.count_one(words, localdate(), MOST_A_DAY)


@shared_task
def forget_missed():
    """Lets go of what was searched in vain long ago."""
    MissedSearch.objects.before(localdate() - MISSED_KEPT_FOR).delete()


@shared_task
def renew_index():
    """Makes again what search knows by older rules, some thousands at a time, until nothing is left."""
    if finding.is_behind():
        finding.rebuild(most=RENEWED_AT_ONCE, size=BATCH)
