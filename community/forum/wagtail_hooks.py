"""This room's drawer at the desk: boards and who passes which of their doors, and what people search in vain."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from community.forum import access, newcomers_desk
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
        return access.keeps_order(request.user) and newcomers_desk.is_anybody_waiting()


class MissedItem(MenuItem):
    def is_shown(self, request):
        return access.may_see_missed(request.user)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("newcomers/", newcomers_desk.newcomers, name="newcomers"),
        path("newcomers/<int:pk>/", newcomers_desk.newcomer, name="newcomer"),
        path("searches/", include("community.forum.desk_urls")),
    ]


@hooks.register("register_admin_menu_item")
def newcomers_item():
    return NewcomersItem(
        _("Newcomers who wait"), reverse_lazy("newcomers"), name="newcomers", icon_name="user", order=310
    )


@hooks.register("register_admin_menu_item")
def missed_item():
    return MissedItem(
        _("Searched in vain"), reverse_lazy("forum_desk:missed"), name="missed-searches", icon_name="search", order=311
    )
