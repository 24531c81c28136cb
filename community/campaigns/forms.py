"""What a marketer fills in: few fields, forgiving about what is pasted, exact about what goes out into the world."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns import channels, codes, destinations
from community.campaigns.models import Campaign, TrackedLink
from community.campaigns.models.hooks import KINDS
from community.commons import fetching
from community.commons.fields import Words

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class CampaignForm(forms.ModelForm):
    """Only the name is asked for; the key is made from it, and days and greeting can wait."""

    name = Words(label=_("Name"), min_words=1, max_words=80, max_length=80)
    greeting_zh = Words(
        label=_("Greeting in Chinese"),
        max_words=200,
        max_length=200,
        required=False,
        help_text=_("What a new member reads right after joining."),
    )
    greeting_en = Words(label=_("Greeting in English"), max_words=200, max_length=200, required=False)

    class Meta:
        model = Campaign
        fields = ["name", "key", "starts_on", "ends_on", "greeting_zh", "greeting_en"]
        widgets = {"starts_on": DayInput(), "ends_on": DayInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].required = False

    def clean_key(self):
        key = self.cleaned_data["key"].lower()
        if not key:
            key = slugify(self.cleaned_data.get("name", ""))[:50] or f"{localdate():%Y-%m}-{codes.fresh()}"
            if Campaign.objects.keyed(key).exists():
                key = f"{key}-{codes.fresh()}"
        if Campaign.objects.keyed(key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another campaign already has this key."), code="taken")
        return key


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


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class SpanForm(forms.Form):
    """From one moment up to another, in the desk's own time zone."""

    since = forms.DateTimeField(label=_("From"), widget=MomentInput())
    until = forms.DateTimeField(label=_("Up to"), widget=MomentInput())


class LinkForm(forms.Form):
    """A link in one line: where it will be put, what it is called, where it leads."""

    channel = forms.ChoiceField(label=_("Channel"), choices=channels.OFFERED)
    label = Words(label=_("Label"), min_words=1, max_words=80, max_length=80)
    destination = forms.CharField(
        label=_("Leads to"),
        max_length=destinations.LONGEST,
        help_text=_("A path such as /spring/, or a pasted address."),
    )
    code = forms.CharField(
        label=pgettext_lazy("of a link", "Code"),
        max_length=codes.LONGEST,
        required=False,
        help_text=_("Left empty, a short one is made."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["destination"].widget.attrs |= {"list": "destinations", "autocomplete": "off"}
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}

    def clean_destination(self):
        return destinations.check(self.cleaned_data["destination"])

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not code:
            return ""
        code = codes.check(code)
        if TrackedLink.objects.coded(code).exists():
            raise ValidationError(_("Another link already has this code."), code="taken")
        return code


class LinkDetailsForm(LinkForm):
    """Everything of a link but its code, which is already out in the world."""

    utm_source = forms.CharField(label="utm_source", max_length=100, required=False)
    utm_medium = forms.CharField(label="utm_medium", max_length=100, required=False)
    utm_campaign = forms.CharField(label="utm_campaign", max_length=100, required=False)
    utm_term = forms.CharField(label="utm_term", max_length=100, required=False)
    utm_content = forms.CharField(label="utm_content", max_length=100, required=False)
    card_title = Words(
        label=_("Card title"),
        max_words=120,
        max_length=120,
        required=False,
        help_text=_("What Facebook and LINE show for this link; left empty, they show the page's own."),
    )
    card_text = Words(
        label=_("Card text"), max_words=300, max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    code = None

    def clean(self):
        """Words of campaigns are compared by machines: small letters, and never a person's address."""
        told = super().clean()
        for name in UTM:
            word = (told.get(name) or "").strip().lower()
            if "@" in word:
                self.add_error(
                    name, ValidationError(_("No e-mail addresses here: everyone can read a link."), code="person")
                )
            told[name] = word
        return told
