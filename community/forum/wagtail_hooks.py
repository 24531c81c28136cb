"""This room's drawer at the desk: boards, and who passes which of their doors."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from community.forum import newcomers_desk
from community.forum.access import keeps_order
from community.forum.models import Board


class BoardViewSet(SnippetViewSet):
    model = Board
    icon = "comment"
    menu_label = _("Boards")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "description", "tier_to_see", "tier_to_start", "tier_to_reply", "position"]
    search_fields = ["name", "description"]
    ordering = ["position", "pk"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("rules"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("tier_to_see"), FieldPanel("tier_to_start"), FieldPanel("tier_to_reply")])],
            heading=_("Doors"),
        ),
        FieldPanel("position"),
    ]


register_snippet(BoardViewSet)


class NewcomersItem(MenuItem):
    """There only while somebody waits."""

    def is_shown(self, request):
        return keeps_order(request.user) and newcomers_desk.is_anybody_waiting()


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("newcomers/", newcomers_desk.newcomers, name="newcomers"),
        path("newcomers/<int:pk>/", newcomers_desk.newcomer, name="newcomer"),
    ]


@hooks.register("register_admin_menu_item")
def newcomers_item():
    return NewcomersItem(
        _("Newcomers who wait"), reverse_lazy("newcomers"), name="newcomers", icon_name="user", order=310
    )
