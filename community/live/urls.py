"""Addresses of this room; the socket itself is at the folder's own address, see sockets.py."""

from django.urls import path

from community.live import views

app_name = "live"
urlpatterns = [path("<str:name>/", views.since, name="since")]
