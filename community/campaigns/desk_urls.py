"""Addresses of the front door at the desk."""

from django.urls import include, path

from community.campaigns.desk import links, missed, plans

app_name = "campaigns"
urlpatterns = [
    path("", plans.index, name="index"),
    path("new/", plans.new, name="new"),
    path("", include("community.campaigns.desk.people_urls")),
    path("missed/", missed.missed, name="missed"),
    path("<int:pk>/", links.campaign, name="campaign"),
    path("<int:pk>/links/", links.links, name="links"),
    path("<int:pk>/words/", plans.words, name="words"),
    path("<int:pk>/archive/", plans.archive, name="archive"),
    path("links/<int:pk>/", links.link, name="link"),
    path("links/<int:pk>/archive/", links.link_archive, name="link_archive"),
    path("links/<int:pk>/qr.svg", links.qr, name="qr"),
]
