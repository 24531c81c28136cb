"""This room's drawer at the desk: boards and who passes which of their doors, and what people search in vain."""

from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from accounts import recording
from community.forum import access, newcomers_desk, reacting_desk
from community.forum.hosting import desk
from community.forum.models import Board, Rules, Tag
from community.forum.views.order.panel import WaitingPanel


class BoardOrderItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("forum.change_board")


class RoomGroup(SnippetViewSetGroup):
    """How the room is furnished, all of it in one drawer."""

    items = (desk.BoardViewSet, desk.BoardGroupViewSet, desk.TagViewSet, reacting_desk.ReactionKindViewSet)
    menu_label = _("Discussions")
    menu_name = "room"
    menu_icon = "comment"
    menu_order = 300

    def get_submenu_items(self):
        order = BoardOrderItem(
            _("Board order"), reverse_lazy("board_order"), name="board-order", icon_name="order", order=9
        )
        return [*super().get_submenu_items(), order]


register_snippet(RoomGroup)


class NewcomersItem(MenuItem):
    """There only while somebody waits."""

    def is_shown(self, request):
        return access.keeps_order(request.user) and newcomers_desk.is_anybody_waiting()


class KeepersItem(MenuItem):
    def is_shown(self, request):
        return access.keeps_order(request.user)


class WordsItem(MenuItem):
    def is_shown(self, request):
        return access.may_watch_words(request.user)


class LogItem(MenuItem):
    def is_shown(self, request):
        return access.may_read_log(request.user)


class MissedItem(MenuItem):
    def is_shown(self, request):
        return access.may_see_missed(request.user)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("newcomers/", newcomers_desk.newcomers, name="newcomers"),
        path("newcomers/<int:pk>/", newcomers_desk.newcomer, name="newcomer"),
        path("newcomers/held/<uuid:pk>/", newcomers_desk.held, name="held_word"),
        path("board-order/", desk.order, name="board_order"),
        path("board-order/<int:pk>/merger/", desk.board_merger, name="board_merger"),
        path("tag-list/<int:pk>/merger/", desk.tag_merger, name="tag_merger"),
        path("searches/", include("community.forum.desk_urls")),
        path("forum/", include("community.forum.order_urls")),
    ]


@hooks.register("register_snippet_listing_buttons")
def merge_buttons(snippet, user, next_url=None):
    """Among what can be done with a board or a tag: to make it part of another."""
    for model, right, address, label in (
        (Board, "forum.delete_board", "board_merger", _("Merge into another board")),
        (Tag, "forum.change_tag", "tag_merger", _("Merge into another tag")),
    ):
        if isinstance(snippet, model) and user.has_perm(right):
            yield Button(label, reverse(address, args=[snippet.pk]), icon_name="redirect", priority=30)


hooks.register("before_delete_snippet", desk.keep_what_is_in_boards)


@hooks.register("register_admin_menu_item")
def newcomers_item():
    return NewcomersItem(
        pgettext_lazy("at the desk", "Newcomers wait"),
        reverse_lazy("newcomers"),
        name="newcomers",
        icon_name="user",
        order=310,
    )


@hooks.register("register_admin_menu_item")
def missed_item():
    return MissedItem(
        _("Searched in vain"), reverse_lazy("forum_desk:missed"), name="missed-searches", icon_name="search", order=311
    )


@hooks.register("register_admin_menu_item")
def order_item():
    """All of keeping order in one drawer."""
    return SubmenuMenuItem(
        pgettext_lazy("keeping it", "Order"),
        Menu(
            items=[
                KeepersItem(
                    pgettext_lazy("by members", "Reports"),
                    reverse_lazy("order_desk:cases"),
                    name="reports",
                    icon_name="warning",
                    order=1,
                ),
                KeepersItem(_("Held words"), reverse_lazy("newcomers"), name="held-words", icon_name="time", order=2),
                KeepersItem(
                    _("Appeals"), reverse_lazy("order_desk:appeals"), name="appeals", icon_name="comment", order=3
                ),
                WordsItem(
                    _("Watched words"), reverse_lazy("order_desk:words"), name="words", icon_name="view", order=4
                ),
                LogItem(
                    _("Log of staff acts"), reverse_lazy("order_desk:log"), name="log", icon_name="history", order=5
                ),
            ]
        ),
        name="order",
        icon_name="warning",
        order=305,
    )


@hooks.register("construct_homepage_panels")
def first_page(request, panels):
    if access.keeps_order(request.user):
        panels.append(WaitingPanel())


@hooks.register("after_edit_setting")
def note_rules(request, setting):
    """Whoever changes what happens by itself is in the log, with all of it as it is now."""
    if isinstance(setting, Rules):
        after = {field.name: getattr(setting, field.name) for field in Rules._meta.fields if field.name != "id"}
        recording.record(by=request.user, act="rules.changed", after=after)
