"""Tells Django of this room, says what can be watched here, and listens for whatever happens right now."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from accounts import signals
from community.live import topics
from community.notices import kinds

ALARMS = {
    "clicks_spike": _("Clicks jumped: %(seen)s in an hour, where %(usual)s are usual"),
    "clicks_drop": _("Clicks collapsed: %(seen)s in an hour, where %(usual)s are usual"),
    "joined_spike": _("Many joined: %(seen)s in an hour, where %(usual)s are usual"),
    "joined_drop": _("Hardly anybody joined: %(seen)s in an hour, where %(usual)s are usual"),
}


class InsightsConfig(AppConfig):
    name = "community.insights"
    label = "insights"

    def ready(self):
        scopes = import_module("accounts.scopes")
        access = import_module("community.insights.access")
        scopes.register("stats:read", _("Read figures"), access.may_see_results)
        stepping = import_module("community.insights.stepping")
        signals.climbed.connect(stepping.on_climbed, dispatch_uid="insights.climbed")
        watching = import_module("community.insights.watching")
        topics.register(watching.WindowTopic())
        for model in ("campaigns.Step", "campaigns.Conversion", "forum.Post"):
            post_save.connect(watching.tell, sender=apps.get_model(model), dispatch_uid=f"window hears {model}")
        kinds.register({f"results_{key}": sentence for key, sentence in ALARMS.items()})
