"""What search engines may find: pages, boards and discussions that everyone may open, and nothing else."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from community.forum.models import Board, Thread


class OurAddress:
    """Addresses begin with SITE_URL, whatever name the request came in by."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class Pages(OurAddress, Sitemap):
    limit = 1000

    def items(self):
        # Below the home page only: the tree's root is nobody's address.
        return Page.objects.live().public().exclude(depth=1).order_by("pk")

    def location(self, page):
        return page.url

    def lastmod(self, page):
        return page.last_published_at


class Boards(OurAddress, Sitemap):
    limit = 1000

    def items(self):
        return Board.objects.visible_to(None).order_by("pk")


class Threads(OurAddress, Sitemap):
    limit = 1000

    def items(self):
        return Thread.objects.visible_to(None).order_by("pk")

    def lastmod(self, thread):
        return thread.stirred_at
