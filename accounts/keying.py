"""Making, finding and taking back the keys of programs."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from accounts import scopes as known_scopes
from accounts.models import ApiKey

START = "hg_"  # so that a key is known as one wherever it turns up
SHOWN = 9
LONGEST = 100


@lru_cache(maxsize=4)
def _pepper(secret: str) -> bytes:
    return hashlib.sha256(b"api keys" + secret.encode()).digest()


def _digest(token: str) -> str:
    return hmac.digest(_pepper(settings.SECRET_KEY), token.encode(), "sha256").hex()


@transaction.atomic
def issue(*, member, name, scopes, days=None, by=None) -> tuple[ApiKey, str]:
    """A new key, and the secret that is seen only now. Scopes that its member has no right to are left out."""
    token = START + base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    key = ApiKey.objects.create(
        name=name,
        member=member,
        prefix=token[:SHOWN],
        digest=_digest(token),
        scopes=[scope.key for scope in known_scopes.open_to(member) if scope.key in set(scopes)],
        made_by=by,
        expires_at=now() + timedelta(days=days) if days else None,
    )
    return key, token


def find(token: str) -> ApiKey | None:
    """The standing key of a member who may still come in, noted as used; None for anything else."""
    if not token.startswith(START) or len(token) > LONGEST or not token.isascii():
        return None
    key = ApiKey.objects.standing().select_related("member").digested(_digest(token)).first()
    if key is None or not key.member.is_active or key.member.is_suspended:
        return None
    if key.stale_use:
        ApiKey.objects.used_now(key.pk)
    return key


def revoke(*, key):
    """From the next request on it opens nothing. Revoking twice keeps the first moment."""
    if key.revoked_at is None:
        key.revoked_at = now()
        key.save(update_fields=["revoked_at"])
