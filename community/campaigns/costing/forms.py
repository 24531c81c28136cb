"""What a marketer fills in about costs: a file, a sum, and which link an ad or a post belongs to."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns.costing import posting
from community.campaigns.forms import DayInput
from community.campaigns.models import Campaign, Expense, Tie, TrackedLink
from community.commons.fields import Words

LONGEST_SPAN = 731
CURRENCY = re.compile(r"[A-Z]{3}")
NEWEST = 200


def clean_currency(said: str) -> str:
    said = said.strip().upper()
    if said and not CURRENCY.fullmatch(said):
        raise ValidationError(_("Three letters, such as TWD or USD."), code="currency")
    return said


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file from Meta"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text=_("An ads report, or the content export of a page or of Instagram; in Chinese or English."),
    )
    currency = forms.CharField(
        label=_("Currency, where the file does not say it"), required=False, max_length=3, initial="TWD"
    )

    def clean_currency(self):
        return clean_currency(self.cleaned_data["currency"])


def places(links, campaigns) -> list:
    """Links and campaigns as one list to choose from."""
    return [
        ("", _("choose a link or a campaign")),
        (_("Links"), [(f"l{link.pk}", f"{link.campaign.name} · {link}") for link in links]),
        (_("Whole campaigns"), [(f"c{campaign.pk}", campaign.name) for campaign in campaigns]),
    ]


def all_places() -> list:
    return places(TrackedLink.objects.open().of_the_brand().for_desk()[:NEWEST], Campaign.objects.open()[:NEWEST])


class TieForm(forms.Form):
    """One ad or post, and where it belongs."""

    kind = forms.ChoiceField(choices=[choice for choice in Tie.Kind.choices if choice[0] != Tie.Kind.POST])
    value = forms.CharField(max_length=120)
    said = forms.CharField(max_length=600, required=False)
    place = forms.RegexField(r"^[lc]\d{1,18}$", label=_("Link or campaign"))

    def clean_place(self):
        said = self.cleaned_data["place"]
        model = TrackedLink if said[0] == "l" else Campaign
        found = model.objects.in_bulk([int(said[1:])]).get(int(said[1:]))
        if found is None:
            raise ValidationError(_("That link or campaign is no longer there."), code="gone")
        return found

    @property
    def told(self) -> dict:
        place = self.cleaned_data["place"]
        where = {"link": place} if isinstance(place, TrackedLink) else {"campaign": place}
        return {name: self.cleaned_data[name] for name in ("kind", "value", "said")} | where


class PostTieForm(forms.Form):
    """The address of a post, and the link that stands in it."""

    address = forms.CharField(
        label=_("Address of the post"),
        max_length=600,
        help_text=_("Copied from the post itself, before or after its figures were imported."),
    )
    place = forms.ChoiceField(label=_("Link that stands in it"))

    def __init__(self, *args, links=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.links = {str(link.pk): link for link in links}
        self.fields["address"].widget.attrs |= {"inputmode": "url", "placeholder": "https://www.facebook.com/…"}
        self.fields["place"].choices = [
            ("", _("choose a link")),
            *((key, f"{link.campaign.name} · {link}") for key, link in self.links.items()),
        ]

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        if not posting.key_of(address):
            raise ValidationError(_("This address leads to no single post."), code="post")
        return address

    def clean_place(self):
        return self.links[self.cleaned_data["place"]]


class ExpenseForm(forms.ModelForm):
    """A sum, for a campaign or one of its links, on one day or over some."""

    note = Words(label=_("Note"), max_words=200, max_length=200, required=False)
    place = forms.ChoiceField(label=_("For which campaign or link"))
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="TWD")
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=14, decimal_places=2)
    ends = forms.DateField(
        label=pgettext_lazy("last day", "Until"),
        required=False,
        widget=DayInput(),
        help_text=_("Left empty, it is one day; else the sum is spread over the days."),
    )

    class Meta:
        model = Expense
        fields = ["kind", "amount", "currency", "starts", "ends", "note"]
        widgets = {"starts": DayInput()}

    field_order = ["kind", "place", "amount", "currency", "starts", "ends", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = self._places()
        if self.instance.pk:
            link, campaign = self.instance.link_id, self.instance.campaign_id
            self.initial["place"] = f"l{link}" if link else f"c{campaign}"

    def _places(self):
        """The newest, and the one it has."""
        links, campaigns = (
            list(TrackedLink.objects.open().of_the_brand().for_desk()[:NEWEST]),
            list(Campaign.objects.open()[:NEWEST]),
        )
        if self.instance.pk and self.instance.link and self.instance.link not in links:
            links.append(self.instance.link)
        if self.instance.pk and self.instance.campaign not in campaigns:
            campaigns.append(self.instance.campaign)
        self.found = {f"l{link.pk}": link for link in links} | {f"c{each.pk}": each for each in campaigns}
        return places(links, campaigns)

    def clean_currency(self):
        return clean_currency(self.cleaned_data["currency"])

    def clean_place(self):
        return self.found[self.cleaned_data["place"]]

    def clean(self):
        told = super().clean()
        starts, ends = told.get("starts"), told.get("ends")
        if starts and not ends:
            told["ends"] = ends = starts
        if starts and ends and ends < starts:
            self.add_error("ends", ValidationError(_("It cannot end before it begins."), code="order"))
        elif starts and ends and (ends - starts).days > LONGEST_SPAN:
            self.add_error("ends", ValidationError(_("At most two years."), code="long"))
        return told

    def _post_clean(self):
        """The verb saves; a checked form does not touch what it shows."""

    @property
    def told(self) -> dict:
        place = self.cleaned_data["place"]
        link = place if isinstance(place, TrackedLink) else None
        names = ("kind", "amount", "currency", "starts", "ends", "note")
        return {name: self.cleaned_data[name] for name in names} | {
            "link": link,
            "campaign": link.campaign if link else place,
        }
