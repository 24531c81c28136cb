"""Tells Django of this room, and listens for pages being published."""

from importlib import import_module

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"

    def ready(self):
        import_module("cms.receivers")
        letters, brand = import_module("community.notices.sending"), import_module("cms.models").Brand
        letters.signed_as(brand.name_on_letters)
