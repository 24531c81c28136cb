"""The demo brand: no tables, one command, and a check that it stays at home."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "community.demo"
    label = "demo"

    def ready(self):
        from community.demo import checks  # noqa: F401 (registers itself)
