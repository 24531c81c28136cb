"""Addresses of the upper window at the desk."""

from django.urls import path

from community.insights import arms_views
from community.insights.views import files, live, notes, results, shares, wishes

app_name = "insights"
urlpatterns = [
    path("", results.overview, name="overview"),
    path("campaigns/<int:pk>/", results.campaign, name="campaign"),
    path("links/", results.links, name="links"),
    path("links/<int:pk>/split/", arms_views.split, name="split"),
    path("leaks/", results.leaks, name="leaks"),
    path("by/<slug:by>/", results.parted, name="parted"),
    path("files/<slug:name>.csv", files.table, name="file"),
    path("live/", live.live, name="live"),
    path("notes/", notes.notes, name="notes"),
    path("notes/<int:pk>/removal/", notes.note_removal, name="note_removal"),
    path("shared/", shares.shares, name="shares"),
    path("shared/<int:pk>/end/", shares.share_end, name="share_end"),
    path("wishes/", wishes.wishes, name="wishes"),
    path("members/", results.members, name="members"),
    path("members/<int:pk>/", results.member, name="member"),
]
