"""Boards, their groups and tags at the desk: their order, what they say, and making two of them one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.access import open_to
from community.commons import chinese
from community.commons.bilingual import listed
from community.forum import finding
from community.forum.hosting import arranging, moving, tagging
from community.forum.models import LONGEST_TAG, Board, BoardGroup, Tag, TagSynonym, Thread

capfirst_lazy = lazy(capfirst, str)


class BoardForm(WagtailAdminModelForm):
    kinds = forms.MultipleChoiceField(
        label=capfirst_lazy(gettext_lazy("kinds of discussions")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Empty: all of them."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = Thread.Kind.choices
        for name in ("kinds", "sort", "approval"):
            told = self.fields[name]
            told.choices = [(value, capfirst(label)) for value, label in told.choices]
        self.fields["slug"].error_messages["unique"] = _("Another board is at this address already.")

    def save(self, commit=True):
        board = super().save(commit)
        if (former := self.initial.get("slug")) and former != board.slug:
            moving.lead_on(former=former, board=board)
        return board


def keep_what_is_in_boards(request, snippets):
    """Only an empty board is deleted; where people have talked, their talk goes to another board first."""
    used = [each for each in snippets if isinstance(each, Board) and arranging.is_used(each)]
    if len(used) == 1:
        return redirect("board_merger", used[0].pk)
    if used:
        told = {"names": listed(used)}
        messages.error(request, _("There are discussions in %(names)s. Merge each into another board first.") % told)
        return redirect("wagtailsnippets_forum_board:list")
    return None


class BoardViewSet(SnippetViewSet):
    model = Board
    icon = "comment"
    menu_label = gettext_lazy("Boards")
    list_display = ["__str__", "group", "tier_to_see", "tier_to_start", "tier_to_reply"]
    list_filter = ["group"]
    search_fields = ["name", "name_en", "description"]
    ordering = ["position", "pk"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
            FieldPanel("slug"),
            FieldRowPanel([FieldPanel("description"), FieldPanel("description_en")]),
            MultiFieldPanel(
                [
                    FieldPanel("group", widget=forms.Select),
                    FieldPanel("picture"),
                    FieldPanel("sort"),
                    FieldPanel("position"),
                ],
                heading=gettext_lazy("How it looks"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("tier_to_see"), FieldPanel("tier_to_start"), FieldPanel("tier_to_reply")]
                    ),
                    FieldPanel("teases"),
                ],
                heading=gettext_lazy("Doors"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("kinds"),
                    FieldPanel("title_hint"),
                    FieldPanel("body_template"),
                    FieldPanel("needs_tags"),
                ],
                heading=gettext_lazy("What starts here"),
            ),
            MultiFieldPanel(
                [FieldPanel("rules"), FieldPanel("rules_en"), FieldPanel("approval"), FieldPanel("slow_seconds")],
                heading=gettext_lazy("Kept how"),
            ),
        ],
        base_form_class=BoardForm,
    )


class BoardGroupViewSet(SnippetViewSet):
    model = BoardGroup
    icon = "list-ul"
    menu_label = gettext_lazy("Groups of boards")
    list_display = ["__str__", "position"]
    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]), FieldPanel("position")]


class TagForm(WagtailAdminModelForm):
    other_words = forms.CharField(
        label=gettext_lazy("Other words for it"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Parted by commas. Whoever writes one of them means this tag."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["other_words"].initial = listed(each.name for each in self.instance.synonyms.all())

    def _free(self, names):
        """None of these may mean another tag."""
        for tag in tagging.known(names).values():
            if tag.pk != self.instance.pk:
                raise ValidationError(_("There is a tag of this name already: %(name)s.") % {"name": tag})
        return names

    def clean_name(self):
        return self._free([self.cleaned_data["name"].strip()])[0]

    def clean_other_words(self):
        return [name[:LONGEST_TAG] for name in self._free(tagging.names_in(self.cleaned_data["other_words"]))]

    def save(self, commit=True):
        self.instance.slug = self.instance.slug or tagging.slug_for(self.instance.name)
        tag = super().save(commit)
        if commit:
            tag.synonyms.all().delete()
            for name in self.cleaned_data["other_words"]:
                if chinese.sought(name) != tag.folded:
                    TagSynonym.objects.create(tag=tag, name=name)
            finding.note_tag(tag)
        return tag


# Wagtail says “True” in any language.
BRANDS = Column(
    "is_brands",
    label=capfirst_lazy(gettext_lazy("on the brand's list")),
    accessor=lambda tag: capfirst(_("yes")) if tag.is_brands else "",
)


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    menu_label = gettext_lazy("Tags")
    list_display = ["name", "description", BRANDS]
    list_filter = ["is_brands"]
    search_fields = ["name", "description"]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("description"), FieldPanel("other_words"), FieldPanel("is_brands")],
        base_form_class=TagForm,
    )


def with_right(right):
    """A view of the desk for those who have this right."""
    return open_to(lambda person: person.has_perm(right))


def _framed(request, template, title, icon, **told):
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}]
    return render(request, template, {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": icon, **told})


@with_right("forum.change_board")
@require_http_methods(["GET", "HEAD", "POST"])
def order(request):
    """All boards as lists show them, each with a button up and one down; the keyboard stays on the one it pressed."""
    if request.method == "POST":
        board = get_object_or_404(Board, pk=_number(request.POST.get("board")))
        to = "up" if request.POST.get("to") == "up" else "down"
        arranging.shift(board=board, by=-1 if to == "up" else 1)
        return redirect(f"{reverse('board_order')}?{to}={board.pk}")
    told = {"boards": Board.objects.all().in_order()}
    told |= {"moved": _number(request.GET.get("up") or request.GET.get("down")), "up": "up" in request.GET}
    return _framed(request, "forum/desk/order.html", _("Order of boards"), "order", **told)


def _number(text) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


class IntoForm(forms.Form):
    """The one that stays."""

    into = forms.ModelChoiceField(label=capfirst_lazy(gettext_lazy("into")), queryset=Board.objects.none())

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = rows


def _merger(request, thing, rows, merge, title, words, back):
    form = IntoForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        said = _("“%(name)s” is part of “%(into)s” now.") % {"name": thing, "into": into}
        merge(into=into, by=request.user)
        messages.success(request, said)
        return redirect(back)
    return _framed(request, "forum/desk/merger.html", title, "redirect", form=form, words=words, back=back, thing=thing)


@with_right("forum.delete_board")
@require_http_methods(["GET", "HEAD", "POST"])
def board_merger(request, pk):
    board = get_object_or_404(Board, pk=pk)
    return _merger(
        request,
        board,
        Board.objects.all().but(board).in_order(),
        lambda **told: moving.merge_boards(board=board, **told),
        _("Merge %(name)s into another board") % {"name": board},
        _(
            "What was said here, what waits for a host and what people began to write goes along; its address leads there."
        ),
        "wagtailsnippets_forum_board:list",
    )


@with_right("forum.change_tag")
@require_http_methods(["GET", "HEAD", "POST"])
def tag_merger(request, pk):
    tag = get_object_or_404(Tag, pk=pk)
    return _merger(
        request,
        tag,
        Tag.objects.all().but(tag),
        lambda **told: tagging.merge(tag=tag, **told),
        _("Merge the tag %(name)s into another") % {"name": tag},
        _("Its name stays as another word for the other one, and its address leads there."),
        "wagtailsnippets_forum_tag:list",
    )
