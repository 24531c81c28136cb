"""What the shop window does when Wagtail says that something happened."""

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms import finding, publishing, tasks
from cms.models import ArticlePage, Brand, Window
from community.commons import public
from community.forum import finding as search


@receiver(page_published)
def after_publishing(sender, instance, revision=None, **kwargs):
    if isinstance(instance, ArticlePage):
        finding.note(instance)
        by = revision.user if revision else None
        transaction.on_commit(partial(publishing.open_discussion, article=instance, by=by))
    if isinstance(instance, Window):
        tasks.prepare_pictures.delay_on_commit(instance.pk)


@receiver(page_unpublished)
def after_unpublishing(sender, instance, **kwargs):
    search.forget_article(instance)


search.also_rebuild(finding.note_all)


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


def forget_pages(sender, **kwargs):
    """What editors change is seen at the top, at the foot or in a list of many pages, and changes seldom."""
    public.purge_on_commit(public.EVERYTHING)


for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(forget_pages, dispatch_uid="cms forgets pages")
for signal in (post_save, post_delete):
    for model in (Brand, Site, Redirect, PageViewRestriction, get_image_model()):
        signal.connect(forget_pages, sender=model, dispatch_uid=f"cms forgets {model.__name__}")
post_delete.connect(forget_pages, sender=Page, dispatch_uid="cms forgets deleted pages")
