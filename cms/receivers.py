"""What the shop window does when Wagtail says that something happened."""

from functools import partial

from django.db import transaction
from django.dispatch import receiver
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
