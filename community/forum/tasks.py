"""What happens in this room without anybody asking."""

from celery import shared_task

from community.forum.models import Held


@shared_task
def drop_expired_held():
    """Lets go of words whose author never joined, and of the traces of those who did."""
    Held.objects.let_go().delete()
