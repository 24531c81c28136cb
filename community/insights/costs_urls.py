"""Addresses of what members cost, at the desk."""

from django.urls import path

from community.insights import costs_views as views

app_name = "spending"
urlpatterns = [
    path("", views.costs, name="costs"),
    path("truths/", views.truths, name="truths"),
    path("posts/", views.posts, name="posts"),
    path("files/<slug:name>.csv", views.file, name="file"),
]
