"""Doing what was asked once, however often the same POST arrives."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.models import KeptAnswer
from community.commons.problems import Problem

LONGEST_WORD = 255


def once(*, key, word: str, asked: bytes, act: Callable[[], Any]):
    """The answer of `act`, done in one transaction with the note that it was; or None and the note, if it was before.

    Two that arrive together wait for one another on the row. What was refused or broke leaves no trace, so that it can
    be tried again with the same word.
    """
    digest = hashlib.sha256(asked).hexdigest()
    with transaction.atomic():
        note, made = KeptAnswer.objects.get_or_create(key=key, word=word, defaults={"asked": digest})
        if not made:
            if note.asked != digest:
                raise Problem("reused")
            return None, note
        response = act()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        else:
            note.status, note.body = response.status_code, response.content
            note.save(update_fields=["status", "body"])
    return response, None
