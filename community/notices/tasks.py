"""What the bell does in the background."""

from celery import shared_task

from community.notices import posting
from community.notices.models import Letter, Ring


@shared_task
def send_letter(letter_id):
    """Sends one letter, however often this runs."""
    posting.post(letter_id)


@shared_task
def sweep_letters():
    """Finds letters whose task was lost, and lets go of old ones."""
    for pk in Letter.objects.due().values_list("pk", flat=True)[:500]:
        send_letter.delay(pk)
    Letter.objects.old().delete()


@shared_task
def sweep_rings():
    """Lets go of rings that were read long ago."""
    Ring.objects.old().delete()
