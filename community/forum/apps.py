"""Tells Django of this room, and listens at the door for people whose words it keeps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "community.forum"
    label = "forum"
    verbose_name = _("Forum")

    def ready(self):
        from accounts.signals import signed_in
        from community.forum.receiving import publish_what_was_held

        signed_in.connect(publish_what_was_held, dispatch_uid="forum publishes held acts")
