"""The demo's post office: each letter becomes an .eml file that the desk can show."""

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from community.commons.ids import uuid7


class FolderBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        folder = settings.VAR_DIR / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            path = folder / f"{uuid7()}.eml"
            # Written aside and moved: nobody ever reads half a letter.
            fresh = path.with_suffix(".part")
            fresh.write_bytes(message.message().as_bytes())
            fresh.rename(path)
        return len(email_messages)
