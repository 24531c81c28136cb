"""What happens to pages on time, and after they were published."""

from celery import shared_task
from django.core.management import call_command
from wagtail.models import Page

from cms import carding, publishing


@shared_task
def publish_scheduled():
    """Publishes and takes down what an editor gave a time."""
    call_command("publish_scheduled")


# Valkey's queues count backwards, 0 comes first: a letter with a code in it must not wait for a dozen pictures.
@shared_task(priority=9)
def prepare_pictures(page_id):
    """Makes the sizes of a page's pictures, so that its first reader does not wait for them."""
    page = Page.objects.live().in_bulk([page_id]).get(page_id)
    if page:
        publishing.prepare_pictures(page=page.specific)
        carding.renew(page)
