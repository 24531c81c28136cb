"""Addresses of costs at the desk."""

from django.urls import path

from community.campaigns.desk import costs, ties

app_name = "costs"
urlpatterns = [
    path("", costs.index, name="index"),
    path("sheets/", costs.sheets, name="sheets"),
    path("sheets/<int:pk>/", costs.sheet, name="sheet"),
    path("sheets/<int:pk>/kept/", costs.keep, name="keep"),
    path("sheets/<int:pk>/undone/", costs.undo, name="undo"),
    path("sheets/<int:pk>/let-go/", costs.let_go, name="let_go"),
    path("typed/", costs.expenses, name="expenses"),
    path("typed/new/", costs.enter, name="enter"),
    path("typed/<int:pk>/", costs.expense, name="expense"),
    path("typed/<int:pk>/struck/", costs.strike, name="strike"),
    path("ties/", ties.ties, name="ties"),
    path("ties/ads/", ties.tie, name="tie"),
    path("ties/posts/", ties.tie_post, name="tie_post"),
    path("ties/<int:pk>/untied/", ties.untie, name="untie"),
]
