"""Identifiers that sort by the moment they were made."""

import uuid

from uuid_utils import compat


def uuid7() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits."""
    return compat.uuid7()
