"""People as strangers see them: whoever is called something else is called so on every page."""

from community.commons import public

SEEN = {"name", "handle", "mark", "tier", "tier_id", "is_active", "is_staff"}


def forget_pages(sender, *, update_fields=None, **kwargs):
    """Receiver for people and tiers. Signing in saves a member too, and changes nothing that anybody sees."""
    if update_fields is None or SEEN & set(update_fields):
        public.purge_on_commit("people")
