"""Addresses of this room."""

app_name = "live"
urlpatterns: list = []
