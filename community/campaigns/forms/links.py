"""What a marketer fills in for one link: forgiving about what is pasted, exact about what goes out into the world."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from community.campaigns import channels, codes, destinations, linking, wording
from community.campaigns.models import Campaign, Place, TrackedLink
from community.commons.fields import Words, tidy

UTM = tuple(Place.values)


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


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class Moment(forms.DateTimeField):
    """A day and time; one so far off that it cannot be told in every zone is a slip of the pen."""

    widget = MomentInput

    def clean(self, value):
        moment = super().clean(value)
        if moment and not 1990 <= moment.year <= 2200:
            raise ValidationError(_("A moment between the years 1990 and 2200, please."), code="far")
        return moment


class TagsField(forms.CharField):
    """Tags with commas between, in either width."""

    def __init__(self, **kwargs):
        usual = {"label": _("Tags"), "required": False, "max_length": 400, "help_text": _("With commas between.")}
        super().__init__(**usual | kwargs)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else ", ".join(value)

    def clean(self, value):
        words = tidy(super().clean(value)).replace("，", ",").replace("、", ",")
        tags = sorted({tag.strip() for tag in words.split(",") if tag.strip()})
        if any(len(tag) > linking.LONGEST_TAG for tag in tags):
            raise ValidationError(
                _("A tag is longer than %(most)d characters."), params={"most": linking.LONGEST_TAG}, code="long"
            )
        return tags


class LinkDetailsForm(LinkForm):
    """Everything of a link but its code, which is already out in the world."""

    tags = TagsField()
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=None, required=False, empty_label="–")
    notes = Words(
        label=_("Notes"), max_words=2000, max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
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
    card_picture = forms.ModelChoiceField(
        label=_("Card picture"),
        queryset=get_image_model().objects.all(),
        required=False,
        widget=AdminImageChooser,
        help_text=_("Left empty, the page's own."),
    )
    starts_at = Moment(label=_("Starts"), required=False)
    before_address = forms.CharField(
        label=_("Until then, leads to"),
        required=False,
        max_length=destinations.LONGEST,
        help_text=_("Left empty, people read when it begins."),
    )
    ends_at = Moment(label=_("Ends"), required=False)
    after_address = forms.CharField(
        label=_("After the end, leads to"),
        required=False,
        max_length=destinations.LONGEST,
        help_text=_("Left empty, people read that it is over."),
    )
    most_visits = forms.IntegerField(
        label=_("Most visits"),
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        help_text=_("People let in; previews and robots do not count."),
    )
    full_address = forms.CharField(
        label=_("After the last visit, leads to"),
        required=False,
        max_length=destinations.LONGEST,
        help_text=_("Left empty, where it leads after the end."),
    )
    code = None
    SECTIONS = (
        ("link", _("The link"), ("channel", "label", "destination", "tags", "owner", "notes")),
        (
            "times",
            _("From when, until when, for how many"),
            ("starts_at", "before_address", "ends_at", "after_address", "most_visits", "full_address"),
        ),
        ("words", _("Campaign words"), UTM),
        ("card", _("Card"), ("card_title", "card_text", "card_picture")),
    )

    def __init__(self, *args, asks=True, **kwargs):
        """Who cannot answer a question, such as a program, is not asked whether a word was meant as it stands."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = get_user_model().objects.at_the_desk()
        self.asks, self.doubts = asks, []
        for name in ("before_address", "after_address", "full_address"):
            self.fields[name].widget.attrs |= {"list": "destinations", "autocomplete": "off"}

    @property
    def sections(self):
        return [
            (key, title, [self[name] for name in names], any(name in self.errors for name in names))
            for key, title, names in self.SECTIONS
        ]

    def _other_address(self, name):
        address = self.cleaned_data[name]
        return destinations.check(address) if address else ""

    def clean_before_address(self):
        return self._other_address("before_address")

    def clean_after_address(self):
        return self._other_address("after_address")

    def clean_full_address(self):
        return self._other_address("full_address")

    def clean(self):
        """Words of campaigns are compared by machines: small letters, one spelling, and nothing of a person."""
        told, known = super().clean(), wording.Vocabulary()
        for name in UTM:
            word = wording.plain(told.get(name) or "")
            answer = self.data.get(f"doubt-{name}", "")
            if answer.startswith("take:"):
                word = wording.plain(answer[5:])
            # What already stands in the link is not asked about again.
            kept = not self.asks or word == self.initial.get(name) or answer == f"keep:{word}"
            finding = known.judge(name, word, keep=kept)
            if finding.error:
                self.add_error(name, ValidationError(finding.error, code="word"))
            elif finding.near:
                self.doubts.append((name, finding))
                self.add_error(
                    name, ValidationError(_("This looks like “%(near)s”."), params={"near": finding.near}, code="near")
                )
            told[name] = word
        starts, ends = told.get("starts_at"), told.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", ValidationError(_("A link cannot end before it starts."), code="order"))
        return told


class WholeLinkForm(LinkDetailsForm):
    """A link with everything that can be said of it, at once and with its code: how programs make one."""

    code = LinkForm.base_fields["code"]


def initial_of(link) -> dict:
    """A link as its form shows it."""
    told = {name: getattr(link, name) for name in LinkDetailsForm.base_fields if hasattr(link, name)}
    tags = ", ".join(tag.name for tag in link.tags.all())
    own = {"owner": link.owner_id, "card_picture": link.card_picture_id}
    return told | own | {"destination": destinations.address_of(link), "tags": tags}


class TextForm(forms.Form):
    text = Words(label=_("Text to paste"), max_words=9000, max_length=10_000, required=False, strip=False)


class MissedForm(LinkForm):
    """A link for a code that people already ask for."""

    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=None)
    field_order = ("campaign", "channel", "label", "destination", "code")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.open()
