"""Registering endpoints, and what their owners decide about them."""

import secrets

from django.db import transaction
from django.utils.timezone import now

from community.campaigns import moments
from community.campaigns.models import Endpoint
from community.campaigns.models.hooks import OLD_SECRET_LASTS


@transaction.atomic
def register(*, owner, url, kinds, label) -> Endpoint:
    """A new endpoint hears of what happens from now on; its secret is shown by whoever called."""
    here = moments.floor(now())
    told = {"kinds": sorted(kinds), "clicks_since": here, "clicks_until": here}
    return Endpoint.objects.create(owner=owner, url=url, label=label, seed=_seed(), **told)


@transaction.atomic
def change(*, endpoint, url, kinds, label) -> Endpoint:
    if "click" in kinds and "click" not in endpoint.kinds:
        endpoint.clicks_since = endpoint.clicks_until = moments.floor(now())
    endpoint.url, endpoint.kinds, endpoint.label = url, sorted(kinds), label
    endpoint.save(update_fields=["url", "kinds", "label", "clicks_since", "clicks_until"])
    return endpoint


def stop(*, endpoint, failed=False):
    """Nothing is told until it is started again; what was waiting stays."""
    if endpoint.stopped_at is None:
        endpoint.stopped_at, endpoint.has_failed = now(), failed
        endpoint.save(update_fields=["stopped_at", "has_failed"])


def start(*, endpoint):
    """From now on: what happened in between is not told, what was waiting goes out."""
    if endpoint.stopped_at is not None:
        endpoint.stopped_at = endpoint.failing_since = endpoint.rests_until = None
        endpoint.has_failed, endpoint.clicks_since = False, moments.floor(now())
        endpoint.clicks_until = endpoint.clicks_since
        changed = ["stopped_at", "failing_since", "rests_until", "has_failed", "clicks_since", "clicks_until"]
        endpoint.save(update_fields=changed)


def renew_secret(*, endpoint) -> str:
    """A new secret; messages bear both signatures for a day, so that nobody has to change in the same instant."""
    endpoint.old_seed, endpoint.old_until = endpoint.seed, now() + OLD_SECRET_LASTS
    endpoint.seed = _seed()
    endpoint.save(update_fields=["seed", "old_seed", "old_until"])
    return endpoint.secret


def forget(*, endpoint):
    """The endpoint goes, and all that it was told."""
    endpoint.delete()


def _seed() -> bytes:
    return secrets.token_bytes(32)
