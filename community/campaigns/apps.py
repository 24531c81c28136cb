"""Tells Django of this room, and listens for members at the door and for pages that move."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class CampaignsConfig(AppConfig):
    name = "community.campaigns"
    label = "campaigns"

    def ready(self):
        from wagtail.models import Page, Site
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from accounts import signals
        from community.campaigns import checking, crediting, doubting, noting, raiding, referring, routes, scopes
        from community.campaigns import checks as _checks  # noqa: F401 (registers itself)
        from community.campaigns import signals as door
        from community.campaigns.hooks import sending, telling
        from community.campaigns.outward import hearing
        from community.notices import kinds

        scopes.register()
        for verbs in (checking, referring, sending):
            kinds.register(verbs.SENTENCES)
        door.converted.connect(telling.on_converted, dispatch_uid="campaigns.webhooks")
        door.came_late.connect(telling.on_came_late, dispatch_uid="campaigns.late")
        door.converted.connect(hearing.on_converted, dispatch_uid="campaigns.outward")
        for signal in (signals.joined, signals.signed_in):
            signal.connect(crediting.on_arrival, dispatch_uid="campaigns.claim")
            # Receivers are asked in the order they came: by now the browser is known to be theirs.
            signal.connect(referring.on_arrival, dispatch_uid="campaigns.friend")
        signals.here.connect(doubting.on_here, dispatch_uid="campaigns.whereabouts")
        signals.joined.connect(raiding.on_joined, dispatch_uid="campaigns.hold")
        signals.stepped.connect(noting.on_step, dispatch_uid="campaigns.step")
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(routes.all_changed_on_commit, dispatch_uid="campaigns.pages")
        post_delete.connect(routes.all_changed_on_commit, sender=Page, dispatch_uid="campaigns.pages")
        for signal in (post_save, post_delete):
            signal.connect(routes.all_changed_on_commit, sender=Site, dispatch_uid="campaigns.sites")
