"""Who may look through the upper window."""

from community.campaigns.access import may_see_campaigns


def may_see_results(person) -> bool:
    """Whoever keeps campaigns may see what came of them."""
    return may_see_campaigns(person)
