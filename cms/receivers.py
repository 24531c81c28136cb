"""What the shop window does when Wagtail says that something happened."""

from django.dispatch import receiver
from wagtail.signals import page_published

from cms import tasks
from cms.models import Window


@receiver(page_published)
def after_publishing(sender, instance, **kwargs):
    if isinstance(instance, Window):
        tasks.prepare_pictures.delay_on_commit(instance.pk)
