"""What the shop window does when Wagtail says that something happened."""

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms import carding, finding, publishing, tasks
from cms.models import ArticlePage, Brand, Window
from cms.models.pages import boards_became_one
from community.commons import public
from community.forum import finding as search
from community.forum.cards import films, pages
from community.forum.models import Act, Board
from community.forum.signals import acted


@receiver(page_published)
def after_publishing(sender, instance, revision=None, **kwargs):
    if isinstance(instance, ArticlePage):
        finding.note(instance)
        by = revision.user if revision else None
        transaction.on_commit(partial(publishing.open_discussion, article=instance, by=by))
    if isinstance(instance, Window):
        films.note(instance, instance.texts)
        tasks.prepare_pictures.delay_on_commit(instance.pk)


@receiver(page_unpublished)
def after_unpublishing(sender, instance, **kwargs):
    search.forget_article(instance)


@receiver(acted)
def follow_a_board(sender, act, **kwargs):
    """Sent while the board that becomes part of another is still there."""
    if act.kind == Act.Kind.MERGED and act.thread_id is None:
        boards_became_one(former=Board.objects.one(act.before["board"]), into=act.board)


search.also_rebuild(finding.note_all)
pages.said_by(carding.at)


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


def renew_cards(sender, instance, **kwargs):
    """Posts that lead to a page, or to one below it, tell of it as it is now; of what strangers may not open, nothing."""
    page = instance.page if isinstance(instance, PageViewRestriction) else instance
    transaction.on_commit(partial(carding.renew, page))


for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(renew_cards, dispatch_uid="cms renews cards")
for signal in (post_save, post_delete):
    signal.connect(renew_cards, sender=PageViewRestriction, dispatch_uid="cms renews cards behind a door")


@receiver(pre_delete, sender=Page)
def renew_cards_of_deleted(sender, instance, **kwargs):
    """Before it is gone: afterwards nobody knows which posts led there."""
    carding.renew(instance)


@receiver(pre_delete, sender=get_image_model())
@receiver(post_save, sender=get_image_model())
def renew_cards_with_picture(sender, instance, created=False, **kwargs):
    """Its sizes are made anew, or there are none any more."""
    if not created:
        for page in carding.pages_with(instance):
            renew_cards(sender, page)
