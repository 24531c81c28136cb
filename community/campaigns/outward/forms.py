"""What a marketer decides about one step and one service."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.campaigns.costing.forms import clean_currency
from community.campaigns.models import Conversion, Delivery, Service
from community.campaigns.outward import ga4


class DecisionForm(forms.Form):
    is_on = forms.BooleanField(label=_("Tell of it"), required=False)
    name = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9_]{0,39}\Z",
        label=_("Name of the event"),
        max_length=40,
        error_messages={"invalid": _("Letters, digits and _ only, beginning with a letter.")},
    )
    value = forms.DecimalField(label=_("Worth"), required=False, min_value=0, max_digits=12, decimal_places=2)
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3)

    def __init__(self, *args, service, kind, **kwargs):
        super().__init__(*args, prefix=f"{service}-{kind}", **kwargs)
        self.service, self.kind = service, kind
        if kind == Conversion.Kind.REVENUE:  # it has an amount of its own
            del self.fields["value"], self.fields["currency"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.service == Service.GA4 and not ga4.is_name(name):
            raise ValidationError(_("Google keeps this name for itself."), code="taken")
        return name

    def clean_currency(self):
        return clean_currency(self.cleaned_data["currency"])

    def clean(self):
        told = super().clean()
        if told.get("value") is not None and not told.get("currency") and "currency" not in self.errors:
            self.add_error("currency", ValidationError(_("A worth needs a currency."), code="currency"))
        return told


class FilterForm(forms.Form):
    """What makes no sense here is as if it had not been said."""

    service = forms.ChoiceField(label=_("Service"), required=False, choices=[("", _("all")), *Service.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *Delivery.State.choices])
    kind = forms.ChoiceField(label=_("Step"), required=False, choices=[("", _("all")), *Conversion.Kind.choices])

    @property
    def told(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
