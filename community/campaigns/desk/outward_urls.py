"""Addresses of conversions out at the desk."""

from django.urls import path

from community.campaigns.desk import outward

app_name = "outward"
urlpatterns = [
    path("", outward.index, name="index"),
    path("again/", outward.replay_all, name="replay_all"),
    path("told/<str:service>/", outward.decisions, name="decisions"),
    path("<uuid:pk>/", outward.delivery, name="delivery"),
    path("<uuid:pk>/again/", outward.replay, name="replay"),
]
