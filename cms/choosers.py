"""How an editor picks a discussion, and the person whose name stands above an article."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.chooser import BaseChooseView, ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class WordsForm(BaseFilterForm):
    """Finds by a part of the title or name: Chinese has no words that an index of beginnings would know."""

    q = forms.CharField(label=_("Search"), required=False, max_length=80, strip=True)

    def filter(self, objects):
        if words := self.cleaned_data["q"].replace("\x00", ""):
            self.is_searching, self.search_query = True, words
            objects = objects.called_like(words)
        return objects


class ThreadRows(BaseChooseView):
    filter_form_class = WordsForm

    def get_object_list(self):
        return super().get_object_list().present().for_rows().latest_first()

    @property
    def columns(self):
        return [
            *super().columns,
            Column("board", label=_("Board")),
            Column("posts_count", label=_("Posts")),
            DateColumn("stirred_at", label=_("Last post")),
        ]


class ChooseThread(ThreadRows, ChooseView):
    pass


class ThreadResults(ThreadRows, ChooseResultsView):
    pass


class ThreadChooser(ChooserViewSet):
    model = "forum.Thread"
    icon = "comment"
    choose_one_text = _("Choose a discussion")
    choose_another_text = _("Choose another discussion")
    choose_view_class = ChooseThread
    choose_results_view_class = ThreadResults


class MemberRows(BaseChooseView):
    filter_form_class = WordsForm

    def get_object_list(self):
        # Those who speak for the brand first: it is mostly they who write.
        return super().get_object_list().public().staff_first()

    @property
    def columns(self):
        return [*super().columns, Column("handle", label=_("Handle")), Column("mark", label=_("Mark"))]


class ChooseMember(MemberRows, ChooseView):
    pass


class MemberResults(MemberRows, ChooseResultsView):
    pass


class MemberChooser(ChooserViewSet):
    model = "accounts.Member"
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    choose_view_class = ChooseMember
    choose_results_view_class = MemberResults


thread_chooser = ThreadChooser("thread_chooser")
member_chooser = MemberChooser("member_chooser")
