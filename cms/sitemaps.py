"""What search engines may find: pages that everyone may open, and nothing that is a draft or private."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page


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
