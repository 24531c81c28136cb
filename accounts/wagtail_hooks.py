"""What the ground hangs at the desk, beside its drawer of members."""

from django.core.exceptions import PermissionDenied
from wagtail import hooks

from accounts.models import Member


@hooks.register("before_bulk_action")
def no_bulk_acts_on_members(request, action_type, objects, action):
    """Wagtail's own would give roles without what follows from them, and delete people from under their words."""
    if action.model is Member:
        raise PermissionDenied
