"""Addresses of this room."""

app_name = "forum"
urlpatterns: list = []
