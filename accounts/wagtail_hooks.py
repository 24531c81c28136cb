"""What the ground hangs at the desk, beside its drawer of members."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts import access, keys_desk
from accounts.models import Member


@hooks.register("before_bulk_action")
def no_bulk_acts_on_members(request, action_type, objects, action):
    """Wagtail's own would give roles without what follows from them, and delete people from under their words."""
    if action.model is Member:
        raise PermissionDenied


class KeysItem(MenuItem):
    def is_shown(self, request):
        return access.may_keep_keys(request.user)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("keys/", keys_desk.keys, name="api_keys"),
        path("keys/<int:pk>/revocation/", keys_desk.revocation, name="api_key_revocation"),
    ]


@hooks.register("register_settings_menu_item")
def keys_item():
    return KeysItem(_("API keys"), reverse_lazy("api_keys"), name="api-keys", icon_name="key", order=900)
