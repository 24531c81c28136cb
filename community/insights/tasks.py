"""What the upper window does in the background."""

from datetime import timedelta

from celery import shared_task

from community.insights import stepping


@shared_task
def note_steps():
    """Write down the steps of the last hours."""
    stepping.note_recent(timedelta(hours=6))


@shared_task
def note_steps_again():
    """Once a night the whole of what could have been missed while nothing ran."""
    stepping.note_recent(timedelta(days=40))
