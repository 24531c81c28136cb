"""Tells Django of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "community.notices"
    label = "notices"
