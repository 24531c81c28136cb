"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "community.insights"
    label = "insights"

    def ready(self):
        from accounts import scopes, signals
        from community.insights import stepping
        from community.insights.access import may_see_results

        scopes.register("stats:read", _("Read figures"), may_see_results)
        signals.climbed.connect(stepping.on_climbed, dispatch_uid="insights.climbed")
