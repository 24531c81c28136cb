"""What a marketer fills in for many links at once: one post for many channels, or a table."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.campaigns import channels, destinations
from community.campaigns.bulk import reading
from community.campaigns.forms.links import TagsField
from community.campaigns.models import Campaign, Place, Template
from community.commons.fields import Words


class FanForm(forms.Form):
    """One post, many channels."""

    label = Words(
        label=_("What is posted"), min_words=1, max_words=80, max_length=80, help_text=_("Every link gets this label.")
    )
    destination = forms.CharField(
        label=_("Leads to"),
        max_length=destinations.LONGEST,
        help_text=_("A path such as /spring/, or a pasted address."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"), choices=channels.OFFERED, widget=forms.CheckboxSelectMultiple
    )
    template = forms.ModelChoiceField(
        label=_("Template of the words"), queryset=None, required=False, empty_label=_("each channel's own words")
    )
    tags = TagsField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = Template.objects.all()
        self.fields["destination"].widget.attrs |= {"list": "destinations", "autocomplete": "off"}

    def clean_destination(self):
        return destinations.check(self.cleaned_data["destination"])

    def _answers(self):
        for channel in self.cleaned_data["channels"]:
            for place in Place.values:
                yield channel, place, self.data.get(f"doubt-{channel}-{place}", "")

    def told(self) -> dict[str, dict[str, str]]:
        """The words as they were changed while they were looked over, with answered doubts put in."""
        changed: dict[str, dict[str, str]] = {}
        for channel, place, answer in self._answers():
            if (word := self.data.get(f"word-{channel}-{place}")) is not None:
                changed.setdefault(channel, {})[place] = answer[5:] if answer.startswith("take:") else word
        return changed

    def kept(self) -> set[tuple[str, str, str]]:
        """The words that look like known ones and are meant as they stand."""
        return {
            (channel, place, answer[5:]) for channel, place, answer in self._answers() if answer.startswith("keep:")
        }


class TableForm(forms.Form):
    """A table of links, pasted or brought as a file."""

    campaign = forms.ModelChoiceField(
        label=_("Campaign"),
        queryset=None,
        required=False,
        empty_label=_("as the table's own column says"),
        help_text=_("For rows that name none."),
    )
    table = forms.CharField(
        label=_("Table"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Paste it here with its header line, straight from a spreadsheet if you like."),
    )
    file = forms.FileField(label=_("or a CSV file"), required=False, allow_empty_file=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.open()
        self.words, self.read = "", None

    def clean(self):
        """Reads the table; its text is kept, to be looked over again when its links are made."""
        told = super().clean()
        brought, self.words = told.get("file"), told.get("table") or ""
        try:
            if brought:
                if brought.size > reading.MOST_BYTES:
                    raise reading.refusal(reading.too_large(brought.size))
                self.words, _how = reading.decoded(brought.read())
            elif not self.words.strip():
                raise reading.refusal(_("Paste a table, or choose a file."))
            elif len(self.words) > reading.MOST_BYTES:
                raise reading.refusal(reading.too_large(len(self.words)))
            self.read = reading.read(self.words)
        except ValidationError as error:
            self.add_error("file" if brought else "table", error)
        return told
