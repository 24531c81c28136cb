"""Moving between tiers, with the whole way kept."""

from functools import partial

from django.db import transaction
from django.utils.timezone import now

from accounts import signals
from accounts.models import Member, Standing


@transaction.atomic
def grant(*, member, tier, source=Standing.Source.GRANTED, reason="", by=None, at=None):
    """Sets a member on a tier; asking for the one they stand on changes nothing. Returns whether they moved."""
    member_now = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member_now.tier_id == tier.pk:
        return False
    at = at or now()
    member_now.standings.current().update(until=at)
    Standing.objects.create(member=member_now, tier=tier, since=at, source=source, reason=reason, by=by)
    member_now.tier = member.tier = tier
    member_now.save(update_fields=["tier"])
    transaction.on_commit(partial(signals.climbed.send_robust, Member, member=member, tier=tier))
    return True
