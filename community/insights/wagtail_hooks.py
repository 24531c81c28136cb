"""The upper window's drawer at the desk, and its panel on the desk's first page."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from community.insights.access import may_see_results
from community.insights.board import Board
from community.insights.lens import Lens


class ResultsItem(MenuItem):
    def is_shown(self, request):
        return may_see_results(request.user)


class ResultsPanel(Component):
    """A marketer's first question: which post brought people who stayed?"""

    name = "results"
    template_name = "insights/panel.html"
    order = 50

    def get_context_data(self, parent_context):
        board = Board(Lens())
        return {"board": board, "panel": board.panel("campaign", rows=5)}


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("insights/costs/", include("community.insights.costs_urls")),
        path("insights/", include("community.insights.urls")),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return ResultsItem(_("Results"), reverse_lazy("insights:overview"), name="results", icon_name="desktop", order=220)


@hooks.register("construct_homepage_panels")
def first_page(request, panels):
    if may_see_results(request.user):
        panels.append(ResultsPanel())
