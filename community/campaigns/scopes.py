"""What a program's key may be allowed to do at the front door."""

from django.utils.translation import gettext_lazy as _

from accounts import scopes
from community.campaigns import access


def register():
    scopes.register("campaigns:read", _("Read campaigns"), access.may_see_campaigns)
    scopes.register("campaigns:write", _("Open and change campaigns"), access.may_make_links)
    scopes.register("links:read", _("Read tracked links"), access.may_see_campaigns)
    scopes.register("links:write", _("Make and change tracked links"), access.may_make_links)
    scopes.register("conversions:read", _("Read the steps members took"), access.may_see_campaigns)
    scopes.register("conversions:write", _("Record revenue and refunds"), access.may_make_links)
    scopes.register("webhooks:read", _("Read webhooks and their deliveries"), access.may_see_campaigns)
    scopes.register("webhooks:write", _("Register and change webhooks, send again"), access.may_make_links)
