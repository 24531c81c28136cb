"""Addresses of the front door at the desk."""

from django.urls import include, path

from community.campaigns.desk import hooks, links, missed, plans, ways

app_name = "campaigns"
urlpatterns = [
    path("", plans.index, name="index"),
    path("new/", plans.new, name="new"),
    path("", include("community.campaigns.desk.people_urls")),
    path("missed/", missed.missed, name="missed"),
    path("<int:pk>/", links.campaign, name="campaign"),
    path("<int:pk>/links/", links.links, name="links"),
    path("<int:pk>/words/", plans.words, name="words"),
    path("<int:pk>/archive/", plans.archive, name="archive"),
    path("links/<int:pk>/", links.link, name="link"),
    path("links/<int:pk>/archive/", links.link_archive, name="link_archive"),
    path("links/<int:pk>/qr.svg", links.qr, name="qr"),
    path("hooks/", hooks.index, name="hooks"),
    path("hooks/new/", hooks.new, name="hook_new"),
    path("hooks/<int:pk>/", hooks.hook, name="hook"),
    path("hooks/<int:pk>/words/", hooks.words, name="hook_words"),
    path("hooks/<int:pk>/stop/", hooks.stop, name="hook_stop"),
    path("hooks/<int:pk>/secret/", hooks.secret, name="hook_secret"),
    path("hooks/<int:pk>/tests/", hooks.tests, name="hook_tests"),
    path("hooks/<int:pk>/replays/", hooks.replays, name="hook_replays"),
    path("hooks/<int:pk>/end/", hooks.end, name="hook_end"),
    path("links/<int:pk>/ways/", ways.ways, name="ways"),
    path("links/<int:pk>/rules/", ways.rule_list, name="rules"),
    path("links/<int:pk>/arms/", ways.arm_list, name="arms"),
    path("rules/<int:pk>/", ways.rule, name="rule"),
    path("arms/<int:pk>/", ways.arm, name="arm"),
]
