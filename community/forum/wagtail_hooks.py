"""This room's drawer at the desk: boards, and who passes which of their doors."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

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
