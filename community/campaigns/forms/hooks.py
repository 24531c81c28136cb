"""What is filled in about programs that want to be told: where, of what, and from which moments again."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns.forms.links import MomentInput
from community.campaigns.models.hooks import KINDS
from community.commons import fetching
from community.commons.fields import Words


class HookForm(forms.Form):
    """Where a program wants to be told, and of what."""

    label = Words(label=_("What it is for"), min_words=1, max_words=80, max_length=80)
    url = forms.CharField(
        label=_("Address"), max_length=500, help_text=_("It begins with https:// and answers a POST with 2xx.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("Tell it when"), choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self):
        """Looked up as it will be when something is sent: an address inside our own walls is never registered."""
        url = self.cleaned_data["url"].strip()
        if not url.startswith("https://") and not settings.FETCH_PRIVATE:
            raise ValidationError(_("Only https:// addresses: a signature does not hide what is said."), code="plain")
        try:
            fetching.check(url)
        except fetching.Unreachable as unreachable:
            raise ValidationError(str(unreachable), code=unreachable.why) from unreachable
        return url


class SpanForm(forms.Form):
    """From one moment up to another, in the desk's own time zone."""

    since = forms.DateTimeField(label=pgettext_lazy("a span of time", "From"), widget=MomentInput())
    until = forms.DateTimeField(label=_("Up to"), widget=MomentInput())
