"""Tells Django of this room."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "community.insights"
    label = "insights"
