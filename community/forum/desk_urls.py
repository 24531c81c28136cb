"""Addresses of the living room at the desk."""

from django.urls import path

from community.forum.views import desk

app_name = "forum_desk"
urlpatterns = [path("", desk.missed, name="missed")]
