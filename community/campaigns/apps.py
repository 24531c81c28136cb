"""Tells Django of this room."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "community.campaigns"
    label = "campaigns"
