"""Who may see and make campaigns."""

from accounts.access import open_to as open_to


def may_see_campaigns(person) -> bool:
    return person.has_perm("campaigns.view_campaign")


def may_make_links(person) -> bool:
    return person.has_perm("campaigns.add_trackedlink") and person.has_perm("campaigns.add_campaign")


def may_see_costs(person) -> bool:
    return person.has_perm("campaigns.view_expense")


def may_keep_costs(person) -> bool:
    """Bring files, tie ads and posts to links, type in sums."""
    return person.has_perm("campaigns.add_sheet") and person.has_perm("campaigns.add_expense")


def may_see_outward(person) -> bool:
    return person.has_perm("campaigns.view_delivery")


def may_steer_outward(person) -> bool:
    """Decide what services are told, and send again."""
    return person.has_perm("campaigns.change_delivery") and person.has_perm("campaigns.change_sending")
