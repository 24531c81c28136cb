"""The feed of articles: what everyone may read, and nothing of what stands below a divider."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed

from cms.models import ArticlePage, Brand

MOST = 30


class Articles(Feed):
    feed_type = Rss201rev2Feed

    def get_object(self, request):
        return Brand.for_request(request)

    def title(self, brand):
        return brand.name

    def description(self, brand):
        return brand.tagline or brand.name

    def link(self, brand):
        return settings.SITE_URL + "/"

    def feed_url(self, brand):
        return settings.SITE_URL + reverse("feed")

    def items(self, brand):
        return ArticlePage.objects.for_index()[:MOST]

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return article.intro

    def item_link(self, article):
        return article.address

    def item_guid(self, article):
        return f"{settings.SITE_URL}/#article-{article.pk}"

    item_guid_is_permalink = False

    def item_author_name(self, article):
        return article.author.name if article.author else None

    def item_pubdate(self, article):
        return article.dated

    def item_updateddate(self, article):
        return article.last_published_at
