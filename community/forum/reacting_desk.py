"""The brand's reactions at the desk: how they are called, and which six are offered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from community.forum import reacting
from community.forum.models import ReactionKind


class ReactionKindForm(WagtailAdminModelForm):
    def _get_validation_exclusions(self):
        """That a place is taken is no mistake: the two change places."""
        return {*super()._get_validation_exclusions(), "place"}

    def clean_place(self):
        """A place is never left empty: there are always six."""
        place = self.cleaned_data["place"]
        if place is None and self.instance.pk and ReactionKind.objects.with_pk(self.instance.pk).place is not None:
            raise ValidationError(_("Six are always offered. Put another one at this place, then this one leaves it."))
        return place

    def save(self, commit=True):
        kind = super().save(commit=False)
        if commit:
            reacting.place(kind, self.cleaned_data["place"])
        return kind


class ReactionKindDelete(DeleteView):
    """What members gave keeps its name; and six are offered."""

    def dispatch(self, request, *args, **kwargs):
        kind = get_object_or_404(ReactionKind, pk=kwargs["pk"])
        if reacting.against_letting_go(kind):
            messages.error(request, _("It is offered, or members gave it: it stays. Put another one at its place."))
            return redirect(reverse(self.edit_url_name, args=[kind.pk]))
        answer = super().dispatch(request, *args, **kwargs)
        reacting.forget()
        return answer


class ReactionKindViewSet(SnippetViewSet):
    model = ReactionKind
    icon = "pick"
    menu_label = gettext_lazy("Reactions")
    delete_view_class = ReactionKindDelete
    list_display = ["place", "sign", "name_zh", "name_en"]
    list_display_add_buttons = "name_zh"
    ordering = ["place", "pk"]
    edit_handler = ObjectList(
        [
            FieldPanel("place"),
            FieldPanel("sign"),
            FieldRowPanel([FieldPanel("name_zh"), FieldPanel("name_en")]),
        ],
        base_form_class=ReactionKindForm,
    )
