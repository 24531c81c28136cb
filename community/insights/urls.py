"""Addresses of this room."""

app_name = "insights"
urlpatterns: list = []
