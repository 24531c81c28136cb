"""What a marketer fills in to open a campaign."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from community.campaigns import codes
from community.campaigns.models import Campaign
from community.commons.fields import Words


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
        fields = ["name", "key", "starts_on", "ends_on", "greeting_zh", "greeting_en", "look_back_days"]
        widgets = {"starts_on": DayInput(), "ends_on": DayInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].required = self.fields["look_back_days"].required = False

    def clean_look_back_days(self):
        return self.cleaned_data["look_back_days"] or Campaign._meta.get_field("look_back_days").default

    def clean_key(self):
        key = self.cleaned_data["key"].lower()
        if not key:
            key = slugify(self.cleaned_data.get("name", ""))[:50] or f"{localdate():%Y-%m}-{codes.fresh()}"
            if Campaign.objects.keyed(key).exists():
                key = f"{key}-{codes.fresh()}"
        if Campaign.objects.keyed(key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another campaign already has this key."), code="taken")
        return key
