"""What a marketer fills in to send some visitors elsewhere, and to try out who would go where."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns import destinations, rules
from community.campaigns.forms.links import Moment
from community.campaigns.models import Rule
from community.commons.browsers import NAMES


class Destination(forms.CharField):
    """An address that is judged as it is typed in, the same way everywhere."""

    def __init__(self, **kwargs):
        super().__init__(label=kwargs.pop("label", _("Leads to")), max_length=destinations.LONGEST, **kwargs)
        self.widget.attrs |= {"list": "destinations", "autocomplete": "off"}

    def clean(self, value):
        value = super().clean(value)
        return destinations.check(value) if value else ""


class RuleForm(forms.Form):
    """One kind of rule; each kind asks in its own way."""

    kind: str
    destination = Destination()
    field_order = ["asked", "starts", "ends", "destination"]

    def clean(self):
        told = super().clean()
        if not self.errors:
            try:
                told["value"] = rules.check(self.kind, self.value(told))
            except ValidationError as error:
                self.add_error(None, error)
        return told

    def value(self, told) -> str:
        return told["asked"]


class DeviceForm(RuleForm):
    kind = Rule.Kind.DEVICE
    asked = forms.MultipleChoiceField(
        label=_("Devices"), choices=list(rules.DEVICES.items()), widget=forms.CheckboxSelectMultiple
    )

    def value(self, told):
        return ",".join(told["asked"])


class AppForm(DeviceForm):
    kind = Rule.Kind.APP
    asked = forms.MultipleChoiceField(
        label=_("Apps"), choices=list(rules.APPS.items()), widget=forms.CheckboxSelectMultiple
    )


class LanguageForm(RuleForm):
    kind = Rule.Kind.LANGUAGE
    asked = forms.CharField(
        label=_("Languages"), max_length=120, help_text=_("As browsers write them, with commas between: en, ja, zh-TW.")
    )


class DatesForm(RuleForm):
    kind = Rule.Kind.DATES
    starts = Moment(label=pgettext_lazy("first day", "From"), required=False)
    ends = Moment(label=pgettext_lazy("last day", "Until"), required=False)

    def value(self, told):
        zone = get_default_timezone()
        halves = [told.get("starts"), told.get("ends")]
        return "/".join(half.astimezone(zone).isoformat() if half else "" for half in halves)


class QueryForm(RuleForm):
    kind = Rule.Kind.QUERY
    asked = forms.CharField(
        label=_("Word"), max_length=180, help_text=_("name, or name=value: what follows the ? when somebody comes.")
    )


class AnyRuleForm(forms.Form):
    """A rule of any kind, its value written as it is kept: how programs say one."""

    kind = forms.ChoiceField(choices=Rule.Kind)
    value = forms.CharField(max_length=200)
    destination = Destination()

    def clean(self):
        told = super().clean()
        if not self.errors:
            try:
                told["value"] = rules.check(told["kind"], told["value"])
            except ValidationError as error:
                self.add_error("value", error)
        return told


RULES = {form.kind: form for form in (DeviceForm, AppForm, LanguageForm, DatesForm, QueryForm)}


class ArmForm(forms.Form):
    """One more arm of the split."""

    weight = forms.IntegerField(
        label=_("Share"),
        min_value=1,
        max_value=100,
        initial=50,
        help_text=_("Beside the other arms: 50 and 50 is half."),
    )
    destination = Destination(required=False, help_text=_("Left empty: where the link itself leads."))


class WeightForm(forms.Form):
    weight = forms.IntegerField(min_value=1, max_value=100)


class TryForm(forms.Form):
    """Somebody who might come."""

    app = forms.ChoiceField(
        label=_("Reads in"), required=False, choices=[("", _("a browser of its own, no app")), *NAMES.items()]
    )
    device = forms.ChoiceField(
        label=_("Device"),
        required=False,
        choices=[
            ("ios", "iPhone"),
            ("android", _("Android phone")),
            ("tablet", "iPad"),
            ("windows", _("Windows computer")),
            ("macos", "Mac"),
        ],
    )
    language = forms.CharField(label=_("Language"), required=False, max_length=40, initial="zh-TW")
    query = forms.CharField(label=_("Words in the address"), required=False, max_length=500)
    at = Moment(label=_("When"), required=False, help_text=_("Left empty: now."))
