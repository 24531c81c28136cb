"""What hosts fill in at the desk when they keep order."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import recording
from accounts.models import LONGEST_HANDLE, LONGEST_REASON, Member, Penalty
from community.commons.fields import Words
from community.forum.models import Case, WatchedWord
from community.forum.order.settling import STEPS, Verdict
from community.forum.order.watching import Form

HOURS = [
    (24, _("a day")),
    (72, _("three days")),
    (168, _("a week")),
    (720, _("thirty days")),
    (0, _("until somebody lifts it")),
]
HOW = {
    Form.WRITTEN: _("as it is written, or in a variant of it"),
    Form.SPACED: _("pulled apart with blanks or signs"),
    Form.LEET: _("with digits and signs in the place of letters"),
    Form.SOUND: _("by its sound"),
}
NEEDS_REASON = _("Members read why. Write it in a sentence or two.")


class WhyForm(forms.Form):
    reason = Words(
        label=_("Why"), min_words=2, max_words=200, max_length=LONGEST_REASON, error_messages={"required": NEEDS_REASON}
    )


class RecordForm(forms.Form):
    reason = Words(
        label=_("Why"),
        min_words=2,
        max_words=200,
        max_length=LONGEST_REASON,
        error_messages={"required": _("It stands in the log why the file was made. Write it in a sentence.")},
    )


def _hours():
    return forms.TypedChoiceField(
        label=_("For how long"), choices=HOURS, coerce=int, initial=24, required=False, empty_value=24
    )


class DecisionForm(forms.Form):
    """One form for every decision; only "nothing wrong" needs no reason."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=Case.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to happen.")},
    )
    hours = _hours()
    remove_too = forms.BooleanField(label=_("Take the reported thing away as well"), required=False)
    reason = Words(label=_("What they will read"), required=False, max_words=200, max_length=LONGEST_REASON)

    def clean(self):
        told = super().clean()
        decision = told.get("decision")
        if decision and decision != Case.Decision.FINE and not told.get("reason"):
            self.add_error("reason", NEEDS_REASON)
        return told

    def verdict(self) -> Verdict:
        told = self.cleaned_data
        kind = STEPS.get(Case.Decision(told["decision"]))
        is_fine = told["decision"] == Case.Decision.FINE
        return Verdict(
            decision=told["decision"],
            reason=told["reason"],
            hours=(told["hours"] or None) if kind and kind.lasts and kind != Penalty.Kind.BAN else None,
            remove_too=told["remove_too"] and not is_fine,
        )


class PenaltyForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("of the ladder", "Step"), choices=Penalty.Kind.choices)
    hours = _hours()
    reason = WhyForm.base_fields["reason"]

    def clean(self):
        told = super().clean()
        lasts = told.get("kind") in {Penalty.Kind.SILENCE, Penalty.Kind.SUSPENSION}
        told["hours"] = told.get("hours") or None if lasts else None
        return told


class NoteForm(forms.Form):
    body = Words(
        label=_("For the other hosts; the member never reads it"),
        min_words=2,
        max_words=1000,
        error_messages={"required": _("There is nothing in it yet.")},
    )


class AnswerForm(WhyForm):
    answer = forms.ChoiceField(choices=[("granted", "granted"), ("refused", "refused")])


class WordForm(forms.Form):
    words = Words(
        label=pgettext_lazy("to watch for", "Word"),
        min_words=1,
        max_words=30,
        max_length=60,
        error_messages={"required": _("Write the word.")},
    )
    action = forms.ChoiceField(
        label=_("What happens"), choices=WatchedWord.Action.choices, initial=WatchedWord.Action.HOLD
    )
    by_sound = forms.BooleanField(
        label=_("Also what sounds like it (words of two characters and more)"), required=False
    )
    sentence = Words(
        label=_("What the writer is told, if it is refused"), required=False, max_words=100, max_length=200
    )

    def clean(self):
        told = super().clean()
        letters = [letter for letter in told.get("words", "") if letter.isalnum()]
        if told.get("words") and not letters:
            self.add_error("words", _("There is no letter in it."))
        told["by_sound"] = bool(told.get("by_sound")) and len(letters) > 1
        return told


class TrialForm(forms.Form):
    text = Words(
        label=_("A text to try"), max_words=5000, error_messages={"required": _("Write or paste what you want to try.")}
    )


class HandleField(forms.ModelChoiceField):
    """Somebody by their handle, typed."""

    widget = forms.TextInput(attrs={"maxlength": LONGEST_HANDLE, "autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(Member.objects.all(), to_field_name="handle", required=False, **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and ("\x00" in value or len(value) > LONGEST_HANDLE):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class LogForm(forms.Form):
    """Filters of the log; a handle that is nobody's is not asked for."""

    by = HandleField(label=_("Done by (handle)"))
    member = HandleField(label=_("On (handle)"))
    act = forms.ChoiceField(label=_("Act"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("which day", "From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", _("All acts")), *recording.labels().items()]
