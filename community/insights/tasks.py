"""What the upper window does in the background."""

from datetime import timedelta

from celery import shared_task

from community.insights import alarming, filling, reporting, stepping


@shared_task
def note_steps():
    """Write down the steps of the last hours."""
    stepping.note_recent(timedelta(hours=6))


@shared_task
def note_steps_again():
    """Once a night the whole of what could have been missed while nothing ran."""
    stepping.note_recent(timedelta(days=40))


@shared_task
def fill():
    """Counts the hours that have closed, and people who have taken a step since."""
    filling.catch_up()


@shared_task
def look_for_late():
    """Counts again the days whose clicks came in late, and what became of everybody lately."""
    filling.look_for_late()
    filling.refresh_lately()


@shared_task
def look_for_alarms():
    """Judges the hour that has closed."""
    alarming.look()


@shared_task
def send_weekly():
    """Writes to those for whom it is Monday morning."""
    reporting.send_due()
