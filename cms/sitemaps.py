"""What search engines may find: pages, boards and discussions that everyone may open, and nothing else."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from wagtail.models import Page

from community.commons.paging import ByRange
from community.forum.models import Board, Thread


class Ours(Sitemap):
    """Addresses begin with SITE_URL, whatever name the request came in by."""

    protocol = urlsplit(settings.SITE_URL).scheme
    limit = 1_000  # keys, not rows: an address stays in its map for good
    changed = ""  # the field that says when

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    @property
    def paginator(self):
        return ByRange(self.items().order_by("pk"), self.limit)

    def get_latest_lastmod(self):
        return self.items().aggregate(last=Max(self.changed))["last"] if self.changed else None


class Pages(Ours):
    changed = "last_published_at"

    def items(self):
        # Below the home page only: the tree's root is nobody's address.
        return Page.objects.live().public().exclude(depth=1)

    def location(self, page):
        return page.url

    def lastmod(self, page):
        return page.last_published_at


class Boards(Ours):
    def items(self):
        return Board.objects.visible_to(None)


class Threads(Ours):
    changed = "stirred_at"

    def items(self):
        return Thread.objects.visible_to(None)

    def lastmod(self, thread):
        return thread.stirred_at
