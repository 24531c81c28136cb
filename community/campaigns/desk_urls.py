"""Addresses of the front door at the desk."""

from django.urls import path

from community.campaigns import desk_views

app_name = "campaigns"
urlpatterns = [
    path("", desk_views.index, name="index"),
    path("new/", desk_views.new, name="new"),
    path("missed/", desk_views.missed, name="missed"),
    path("<int:pk>/", desk_views.campaign, name="campaign"),
    path("<int:pk>/links/", desk_views.links, name="links"),
    path("<int:pk>/words/", desk_views.words, name="words"),
    path("<int:pk>/archive/", desk_views.archive, name="archive"),
    path("links/<int:pk>/", desk_views.link, name="link"),
    path("links/<int:pk>/archive/", desk_views.link_archive, name="link_archive"),
    path("links/<int:pk>/qr.svg", desk_views.qr, name="qr"),
]
