"""Addresses of the front door outside the desk."""

from django.urls import path

from community.campaigns import arrivals_views, guest_views, views

app_name = "campaigns_door"
urlpatterns = [
    path("go/<path:code>", views.follow, name="follow"),
    path("painted/", arrivals_views.painted, name="painted"),
    path("me/arrivals/", arrivals_views.arrivals, name="arrivals"),
    path("me/arrivals/arrivals.json", arrivals_views.arrivals_file, name="arrivals_file"),
    path("me/arrivals/erasure/", arrivals_views.arrivals_erasure, name="arrivals_erasure"),
    path("me/invite/", guest_views.invite, name="invite"),
    path("me/invite/qr.svg", guest_views.invite_qr, name="invite_qr"),
    path("partners/<str:secret>/", guest_views.partner, name="partner"),
]
