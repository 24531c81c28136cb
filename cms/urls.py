"""Addresses beside the pages themselves: the brand's colours, feed, sitemap, robots."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from cms import views
from cms.feeds import Articles
from cms.sitemaps import Boards, Pages, Threads

_sitemaps = {"pages": Pages, "boards": Boards, "threads": Threads}

urlpatterns = [
    path("brand.css", views.brand_css, name="brand_css"),
    path("feed/", Articles(), name="feed"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": _sitemaps, "sitemap_url_name": "sitemap"}),
    path("sitemap-<str:section>.xml", sitemap_views.sitemap, {"sitemaps": _sitemaps}, name="sitemap"),
]
