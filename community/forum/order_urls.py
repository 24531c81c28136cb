"""Addresses of keeping order at the desk."""

from django.urls import path

from community.forum.views.order import appeals, cases, log, members, words

app_name = "order_desk"
urlpatterns = [
    path("reports/", cases.cases, name="cases"),
    path("reports/<int:pk>/", cases.case, name="case"),
    path("reports/<int:pk>/assignee/", cases.assignee, name="assignee"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<int:pk>/", appeals.appeal, name="appeal"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/penalties/", members.penalties, name="penalties"),
    path("members/<int:pk>/notes/", members.notes, name="notes"),
    path("members/<int:pk>/sweeps/", members.sweeps, name="sweeps"),
    path("members/<int:pk>/record/", members.record, name="record"),
    path("penalties/<int:pk>/lifting/", members.penalty, name="penalty"),
    path("sweeps/<int:pk>/undoing/", members.sweep, name="sweep"),
    path("words/", words.words, name="words"),
    path("words/trial/", words.trial, name="trial"),
    path("words/<int:pk>/removal/", words.removal, name="word_removal"),
    path("log/", log.log, name="log"),
]
