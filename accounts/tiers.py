"""The one comparison that decides what a person's tier opens."""

STAFF = 32_767  # the largest rank a column can hold: staff see every tier's rooms


def rank_of(person) -> int:
    """0 for a stranger, a member's tier rank, STAFF for those who keep the house."""
    if person is None or not person.is_authenticated or not person.is_active:
        return 0
    if person.is_staff or person.is_superuser:
        return STAFF
    return person.tier.rank if person.tier_id else 0


def opens(person, tier) -> bool:
    """Whether `person` may pass a door for `tier`; no tier is an open door."""
    return tier is None or rank_of(person) >= tier.rank
