"""Tells Django of this room, and puts our drawer of members in the place of Wagtail's."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    label = "accounts"
    default = True


class MembersDeskConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.members_desk.MemberViewSet"
