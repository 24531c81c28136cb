"""Tells Django of this room."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "community.insights"
    label = "insights"

    def ready(self):
        from accounts import signals
        from community.insights import stepping

        signals.climbed.connect(stepping.on_climbed, dispatch_uid="insights.climbed")
