"""Tells Django of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "community.notices"
    label = "notices"

    def ready(self):
        from community.live import topics
        from community.notices.streams import BellTopic

        topics.register(BellTopic())
