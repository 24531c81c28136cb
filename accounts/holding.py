"""Members a host looks at first: they may read and write, and are heard once they are let through."""

from functools import partial

from django.db import transaction
from django.utils.timezone import now

from accounts import signals
from accounts.models import Member


@transaction.atomic
def hold(*, member, because=""):
    """Marks a member; what they write from now on waits. Held already, nothing changes."""
    if member.held_at is None:
        member.held_at, member.held_because = now(), because[:120]
        member.save(update_fields=["held_at", "held_because"])


@transaction.atomic
def let_through(*, member) -> bool:
    """From now on they are heard like everybody; says whether they had been held."""
    done = bool(Member.objects.held().one(member.pk).update(held_at=None, held_because=""))
    member.held_at, member.held_because = None, ""
    if done:
        transaction.on_commit(partial(signals.let_through.send_robust, Member, member=member))
    return done
