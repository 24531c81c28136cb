"""Addresses of a member's own bell."""

from django.urls import path

from community.notices import bell_views

app_name = "bell"
urlpatterns = [
    path("", bell_views.bell, name="index"),
    path("<int:pk>/", bell_views.ring, name="ring"),
]
