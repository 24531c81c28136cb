"""Wakes the task queue together with Django, so that every process can schedule work."""

from importlib import import_module

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "community"
    label = "house"

    def ready(self):
        # Shared tasks bind to the current Celery app; without this a web process would talk to a default broker.
        import_module("community.celery")
