"""Addresses of the upper window for people outside."""

from django.urls import path

from community.insights.views import shares

app_name = "shared"
urlpatterns = [path("<str:secret>/", shares.shared, name="page")]
