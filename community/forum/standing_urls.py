"""Addresses of a member's own page of order, below /me/."""

from django.urls import path

from community.forum.views import standing

app_name = "standing"
urlpatterns = [
    path("standing/", standing.index, name="index"),
    path("standing/penalties/<int:pk>/appeal/", standing.appeal, name="appeal"),
    path("closed/<str:token>/", standing.closed, name="closed"),
    path("apart/", standing.apart, name="apart"),
    path("apart/<str:handle>/", standing.distance, name="distance"),
]
