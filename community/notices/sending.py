"""Keeping letters: a row first, sent after."""

from email.utils import formataddr, parseaddr

from django.core.mail import EmailMessage
from django.db import transaction

from community.notices import tasks
from community.notices.models import Letter

_names: list = []


def signed_as(name):
    """A room above says whose house it is: `name()` gives it in the active language, or nothing."""
    _names.append(name)


def _sender(address: str) -> str:
    """Whoever gets a letter sees in their list of letters whose it is, unless the operator wrote a name of their own."""
    named, bare = parseaddr(address)
    name = named or next((said for ask in _names if (said := ask())), "")
    return formataddr((name, bare)) if name and not named else address


@transaction.atomic
def keep(message: EmailMessage) -> Letter:
    """Turns a mail into a row, and asks for it to be sent once that row is safe."""
    message.from_email = _sender(message.from_email)
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")  # or machines that are on holiday answer it
    letter = Letter.objects.create(
        to=", ".join(message.to)[:1000],
        subject=" ".join(str(message.subject).split())[:998],
        sender=message.from_email,
        recipients=message.recipients(),
        raw=message.message().as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's own message takes it
    )
    tasks.send_letter.delay_on_commit(letter.pk)
    return letter
