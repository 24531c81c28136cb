"""Addresses of the front door outside the desk."""

from django.urls import path

from community.campaigns import arrivals_views, views

app_name = "campaigns_door"
urlpatterns = [
    path("go/<path:code>", views.follow, name="follow"),
    path("painted/", arrivals_views.painted, name="painted"),
]
