"""Tells Django of this room."""

from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "community.commons"
    label = "commons"
