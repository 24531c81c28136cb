"""What a marketer fills in about partners and about what members bought."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from community.campaigns import earning
from community.campaigns.forms.links import LinkForm
from community.campaigns.forms.plans import DayInput
from community.campaigns.models import Campaign, Partner
from community.commons import chinese
from community.commons.fields import Words


def _currency(value: str) -> str:
    value = value.strip().upper()
    if value and not (len(value) == 3 and value.isascii() and value.isalpha()):
        raise ValidationError(_("A currency has three letters, such as TWD."))
    return value


class PartnerForm(forms.ModelForm):
    """Who they are, and what was agreed."""

    name = Words(label=_("Name"), min_words=1, max_words=80, max_length=80)
    notes = Words(
        label=_("Notes"), max_words=1000, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    page_address = forms.URLField(label=_("Their page"), max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Partner
        fields = ["name", "kind", "page_address", "fee", "currency", "notes"]
        help_texts = {"fee": _("What they get for one campaign; it stands among the costs when you write it there.")}

    def clean_currency(self):
        return _currency(self.cleaned_data["currency"]) or earning.CURRENCY


class PartnerLinkForm(LinkForm):
    """A link for one campaign, to be put on a partner's page."""

    campaign = forms.ModelChoiceField(Campaign.objects.open(), label=_("Campaign"))
    channel = None  # a partner's page, always
    field_order = ("campaign",)


class SaleForm(forms.Form):
    """One order."""

    member = forms.CharField(label=_("Member"), max_length=254, help_text=_("E-mail address or handle."))
    ref = forms.CharField(label=_("Order number"), max_length=earning.LONGEST_REF)
    amount = forms.CharField(
        label=_("Amount"), max_length=40, help_text=_("Below nothing when money was given back: -300.")
    )
    currency = forms.CharField(label=_("Currency"), max_length=3, initial=earning.CURRENCY)
    at = forms.DateField(label=_("Day"), required=False, widget=DayInput(), help_text=_("Left empty: now."))

    def clean_member(self):
        word = chinese.fold(self.cleaned_data["member"].strip().lstrip("@"))
        member = Member.objects.called_exactly([word]).first()
        if member is None:
            raise ValidationError(_("Nobody here is called %(who)s.") % {"who": self.cleaned_data["member"][:80]})
        return member

    def clean_amount(self) -> Decimal:
        return earning.amount_of(self.cleaned_data["amount"])[0]

    def clean_currency(self):
        return _currency(self.cleaned_data["currency"])

    def clean(self):
        told = super().clean()
        if not self.errors:
            earning.check(ref=told["ref"], amount=told["amount"], currency=told["currency"])
            told["at"] = earning.moment_of(told["at"].isoformat() if told["at"] else "")
        return told


class SalesForm(forms.Form):
    """Orders from a file, or pasted."""

    file = forms.FileField(label=_("CSV file"), required=False)
    text = forms.CharField(
        label=_("or pasted here"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > 3 * earning.MOST_LETTERS:
            raise ValidationError(_("That is too much at once. Cut the file into pieces of at most 5,000 orders."))
        return file

    def clean(self):
        told = super().clean()
        if self.errors:
            return told
        if file := told.get("file"):
            told["text"] = _decoded(file.read())
        if not told.get("text", "").strip():
            raise ValidationError(_("Choose a file, or paste its lines."))
        told["sheet"] = earning.read(told["text"])
        return told


def _decoded(data: bytes) -> str:
    """Shops in Taiwan still write Big5 now and then."""
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp950"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("This is not a text file. Export it as CSV."))
