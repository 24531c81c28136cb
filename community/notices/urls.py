"""Addresses of this room."""

from django.urls import path

from community.notices import views

app_name = "notices"
urlpatterns = [
    path("mail/", views.letters, name="letters"),
    path("mail/<int:pk>/", views.letter, name="letter"),
]
