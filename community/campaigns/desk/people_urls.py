"""Addresses at the desk of those who bring people, and of what people bought."""

from django.urls import path

from community.campaigns.desk import friends, partners, revenue

urlpatterns = [
    path("friends/", friends.index, name="friends"),
    path("friends/of/<int:pk>/", friends.tree, name="friends_of"),
    path("friends/<int:pk>/decision/", friends.decision, name="friend_decision"),
    path("partners/", partners.index, name="partners"),
    path("partners/new/", partners.new, name="partner_new"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("partners/<int:pk>/words/", partners.words, name="partner_words"),
    path("partners/<int:pk>/links/", partners.links, name="partner_links"),
    path("partners/<int:pk>/key/", partners.key, name="partner_key"),
    path("partners/<int:pk>/revocation/", partners.revocation, name="partner_revocation"),
    path("revenue/", revenue.index, name="revenue"),
    path("revenue/sheet/", revenue.sheet, name="revenue_sheet"),
]
