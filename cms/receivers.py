"""What the shop window does when Wagtail says that something happened."""

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from wagtail.models import Site
from wagtail.signals import page_published

from cms import publishing, tasks
from cms.models import ArticlePage, Window


@receiver(page_published)
def after_publishing(sender, instance, revision=None, **kwargs):
    if isinstance(instance, ArticlePage):
        by = revision.user if revision else None
        transaction.on_commit(partial(publishing.open_discussion, article=instance, by=by))
    if isinstance(instance, Window):
        tasks.prepare_pictures.delay_on_commit(instance.pk)


@receiver(post_migrate)
def know_our_address(sender, using="default", **kwargs):
    """Wagtail keeps the site's address in a row of its own; the environment is the one that knows it."""
    if sender.label != "cms":
        return
    place = urlsplit(settings.SITE_URL)
    port = place.port or (443 if place.scheme == "https" else 80)
    site = Site.objects.using(using).order_by("-is_default_site").first()
    if site and (site.hostname, site.port) != (place.hostname, port):
        site.hostname, site.port = place.hostname, port
        site.save(using=using)
