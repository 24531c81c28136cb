"""Addresses beside the pages themselves: feeds, sitemap, robots."""

urlpatterns: list = []
