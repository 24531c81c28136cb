"""One letter's way out of the house."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as StandardMessage

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.timezone import now

from community.notices.models import MOST_TRIES, Letter


class Kept(StandardMessage):
    """The bytes that were kept, whichever line ends a post office asks for."""

    raw = b""

    def as_bytes(self, unixfrom=False, policy=None, linesep="\n"):
        return self.raw.replace(b"\r\n", linesep.encode())


class Posted(EmailMessage):
    """A kept letter on its way: the bytes are those that were kept."""

    def __init__(self, letter: Letter, connection):
        super().__init__(letter.subject, "", letter.sender, letter.recipients, connection=connection)
        self._raw = bytes(letter.raw)

    def recipients(self):
        return [address for address in self.to if address]

    def message(self, *, policy=policy.SMTP):
        message = message_from_bytes(self._raw, _class=Kept, policy=policy)
        message.raw = self._raw
        return message


def post(letter_id) -> bool:
    """Sends one letter once. Claimed first: a crash may lose a try, the other order would send it twice."""
    if not Letter.objects.claim(letter_id):
        return False
    letter = Letter.objects.get(pk=letter_id)
    try:
        Posted(letter, get_connection(settings.POST_BACKEND)).send()
    except Exception as error:  # whatever the post office says becomes data on the row
        _failed(letter, error)
        return False
    letter.state, letter.sent_at, letter.claimed_until, letter.error = Letter.State.SENT, now(), None, ""
    letter.save(update_fields=["state", "sent_at", "claimed_until", "error"])
    return True


def _failed(letter, error):
    letter.error = f"{type(error).__name__}: {error}"[:300].replace("\x00", "")
    letter.claimed_until = None
    if letter.tries >= MOST_TRIES:
        letter.state = Letter.State.GIVEN_UP
    else:
        letter.not_before = now() + timedelta(minutes=2 ** (letter.tries - 1))
    letter.save(update_fields=["error", "claimed_until", "state", "not_before"])
