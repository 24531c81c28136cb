"""What the bell does in the background."""

from celery import shared_task

from community.notices import posting
from community.notices.models import Letter


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
