"""Keeping letters: a row first, sent after."""

from django.core.mail import EmailMessage
from django.db import transaction

from community.notices import tasks
from community.notices.models import Letter


@transaction.atomic
def keep(message: EmailMessage) -> Letter:
    """Turns a mail into a row, and asks for it to be sent once that row is safe."""
    letter = Letter.objects.create(
        to=", ".join(message.to)[:1000],
        subject=" ".join(str(message.subject).split())[:998],
        sender=message.from_email,
        recipients=message.recipients(),
        raw=message.message().as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's own message takes it
    )
    tasks.send_letter.delay_on_commit(letter.pk)
    return letter
