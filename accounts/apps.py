"""Tells Django of this room, and puts our drawer of members in the place of Wagtail's."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    label = "accounts"
    default = True

    def ready(self):
        showing = import_module("accounts.showing")
        signals, consenting = import_module("accounts.signals"), import_module("accounts.consenting")
        for arrival in (signals.joined, signals.signed_in):
            arrival.connect(consenting.on_arrival, dispatch_uid="accounts.consent")
        for name in ("Member", "Tier"):
            for signal in (post_save, post_delete):
                signal.connect(
                    showing.forget_pages, sender=self.get_model(name), dispatch_uid=f"accounts forget {name}"
                )


class MembersDeskConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.members_desk.MemberViewSet"
