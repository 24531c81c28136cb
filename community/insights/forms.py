"""What can be filled in at the window."""

from datetime import timedelta

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.insights.models import Annotation, SharedPage, Wish


class NoteForm(forms.ModelForm):
    class Meta:
        model = Annotation
        fields = ("day", "text")
        # A browser takes the day in this form only, whichever language the page speaks.
        widgets = {"day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class ShareForm(forms.ModelForm):
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=100,
        help_text=_("Without one, whoever has the address can read."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lasts = forms.TypedChoiceField(
        label=_("How long it stays open"),
        coerce=int,
        choices=[
            (7, _("a week")),
            (30, _("a month")),
            (90, _("three months")),
            (365, _("a year")),
            (0, _("until it is closed")),
        ],
        initial=30,
    )

    class Meta:
        model = SharedPage
        fields = ("name",)

    @property
    def until(self):
        lasts = self.cleaned_data["lasts"]
        return now() + timedelta(days=lasts) if lasts else None


class WishForm(forms.ModelForm):
    class Meta:
        model = Wish
        fields = ("alarms_by_bell", "alarms_by_mail", "weekly")


class PasswordForm(forms.Form):
    password = forms.CharField(label=_("Password"), max_length=100, widget=forms.PasswordInput)
