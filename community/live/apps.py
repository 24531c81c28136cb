"""Tells Django of this room."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_save

from community.live import publishing

UNIMPORTANT = {"last_login", "name", "locale", "time_zone", "named_at"}  # changes that open or close no door


class LiveConfig(AppConfig):
    name = "community.live"
    label = "live"

    def ready(self):
        post_save.connect(_member_changed, sender=settings.AUTH_USER_MODEL, dispatch_uid="live")
        user_logged_out.connect(_member_left, dispatch_uid="live")


def _member_changed(instance, created, update_fields=None, **kwargs):
    """A tier, a ban or a role may have changed; their open doors ask again."""
    if not created and not (update_fields and UNIMPORTANT.issuperset(update_fields)):
        publishing.recheck_on_commit(instance.pk)


def _member_left(user, **kwargs):
    if user is not None:
        publishing.recheck_on_commit(user.pk)
