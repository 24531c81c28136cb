"""Addresses of the upper window, all at the desk."""

from django.urls import path

from community.insights import arms_views, views

app_name = "insights"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("campaigns/<int:pk>/", views.campaign, name="campaign"),
    path("links/<int:pk>/split/", arms_views.split, name="split"),
    path("members/", views.members, name="members"),
    path("members/<int:pk>/", views.member, name="member"),
]
