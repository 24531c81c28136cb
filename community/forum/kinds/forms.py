"""What is filled in to start a thread of any kind, to vote, to put a question, and to move a gathering."""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from community.commons.bilingual import listed
from community.commons.fields import Words
from community.forum import access, models
from community.forum.forms import Sent, ThreadForm
from community.forum.kinds import planning

MOST_HOSTS = 5
LONGEST_ASK, FARTHEST = 300, timedelta(days=366)
LENGTHS = [(30, _("half an hour")), (60, _("one hour")), (90, _("an hour and a half")), (120, _("two hours"))]
SOON = _("Choose a moment that is still to come, within a year.")


class Moment(forms.DateTimeField):
    """A moment by the house's own clock, as a browser's field writes it."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(
            widget=widget, error_messages={"invalid": _("Write day and hour, as in 2026-11-22 21:00.")}, **kwargs
        )

    def clean(self, value):
        moment = super().clean(value)
        if moment and not now() < moment < now() + FARTHEST:
            raise ValidationError(SOON)
        return moment


class KindForm(ThreadForm):
    """A new thread; what its kind needs stands in the same form, and the rest is not looked at."""

    kind = forms.ChoiceField(label=_("What is it?"), required=False, choices=models.Thread.Kind.choices)
    options = Words(
        label=_("What can one choose? One line each"),
        required=False,
        max_length=models.MOST_OPTIONS * (models.LONGEST_OPTION * 4 + 2),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    most = forms.IntegerField(
        label=_("How many may one choose?"), required=False, min_value=1, max_value=models.MOST_OPTIONS
    )
    ballot = forms.ChoiceField(
        label=_("Who sees who chose what?"),
        required=False,
        choices=[("secret", _("Nobody, the vote is secret")), ("open", _("All members, with names"))],
    )
    results = forms.ChoiceField(label=_("Who sees the results?"), required=False, choices=models.Poll.Results.choices)
    closes_at = Moment(label=_("Closes on its own at"), required=False)
    until = Moment(label=_("On top until"), required=False)
    begins_at = Moment(label=_("Begins at"), required=False)
    minutes = forms.TypedChoiceField(
        label=_("How long"), required=False, coerce=int, choices=LENGTHS, initial=60, empty_value=None
    )
    hosts = Words(label=_("Who answers? Handles, with a blank between"), required=False, max_length=300)

    def __init__(self, *args, person, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.template = person, board.body_template.split()
        # Who it is may not be known yet: then the verb judges, once they have signed in.
        may = access.kinds_to_start(person, board) if person else models.Thread.Kind
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in models.Thread.Kind if kind in may]

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _label in self.fields["kind"].choices]

    @property
    def wanted(self) -> str:
        """Which kind is chosen just now, for the page."""
        return self["kind"].value() or next(iter(self.kinds), models.Thread.Kind.DISCUSSION.value)

    def clean_body(self):
        """The board's template alone, with nothing written into it, says nothing."""
        body = self.cleaned_data["body"]
        if self.template and body.split() == self.template:
            raise ValidationError(self.fields["body"].error_messages["required"], code="required")
        return body

    def clean_options(self):
        lines = (line.strip() for line in self.cleaned_data["options"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean_hosts(self):
        handles = [name.lstrip("@＠") for name in re.split(r"[\s,、，]+", self.cleaned_data["hosts"]) if name]
        if len(handles) > MOST_HOSTS:
            raise ValidationError(_("Five people are enough to answer."))
        found = {name: Member.objects.public().named(name).first() for name in handles}
        if missing := [name for name, member in found.items() if member is None]:
            raise ValidationError(_("Nobody here is called %(names)s."), params={"names": listed(missing)})
        return list(found.values())

    def clean(self):
        told = super().clean()
        told["kind"] = told.get("kind") or models.Thread.Kind.DISCUSSION.value
        needed = {"poll": self._clean_poll, "gathering": self._clean_gathering}.get(told["kind"])
        # What belongs to another kind than the chosen one was not asked, so it cannot be wrong.
        asked = {"poll": POLL, "gathering": GATHERING, "announcement": ("until",)}.get(told["kind"], ())
        for name in {*POLL, *GATHERING, "until"} - set(asked):
            self.errors.pop(name, None)
        if needed:
            needed(told)
        return told

    def _clean_poll(self, told):
        options = told.get("options", [])
        if "options" in self.errors:
            return
        if not models.FEWEST_OPTIONS <= len(options) <= models.MOST_OPTIONS:
            self.add_error("options", _("Between two and twenty different lines, please."))
        elif any(len(option) > models.LONGEST_OPTION for option in options):
            self.add_error("options", _("Sixty characters are enough for each."))
        elif (told.get("most") or 1) > len(options):
            self.add_error("most", _("There is not so much to choose from."))

    def _clean_gathering(self, told):
        if not told.get("begins_at") and "begins_at" not in self.errors:
            self.add_error("begins_at", _("When shall people come?"))

    def waits(self, tags) -> dict:
        """What is kept of it where a host reads first."""
        told = self.told
        words = {name: told[name] for name in ("title", "body", "source", "key", "draft")}
        return words | {"opens": told["kind"], "plan": planning.kept(told, tags)}

    @property
    def told(self) -> dict:
        """What opening.start wants to know."""
        told = self.cleaned_data
        what = {name: told[name] for name in ("title", "body", "source", "key", "kind", "took", "draft")}
        if told["kind"] == "poll":
            what["ends_at"] = told.get("closes_at")
            what["poll"] = {
                "options": told["options"],
                "most": told.get("most") or 1,
                "is_open": told.get("ballot") == "open",
                "results": told.get("results") or models.Poll.Results.ALWAYS,
            }
        elif told["kind"] == "gathering":
            what["begins_at"] = told["begins_at"]
            what["ends_at"] = told["begins_at"] + timedelta(minutes=told.get("minutes") or 60)
            what["hosts"] = told.get("hosts")
        elif told["kind"] == "announcement":
            what["ends_at"] = told.get("until")
        return what


POLL = ("options", "most", "ballot", "results", "closes_at")
GATHERING = ("begins_at", "minutes", "hosts")


class HourForm(forms.Form):
    begins_at = Moment(label=_("Begins at"))
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, choices=LENGTHS, initial=60)

    @property
    def told(self) -> dict:
        begins_at = self.cleaned_data["begins_at"]
        return {"begins_at": begins_at, "ends_at": begins_at + timedelta(minutes=self.cleaned_data["minutes"])}


class AskForm(Sent):
    body = Words(
        label=_("Your question for the host"),
        min_words=models.SHORTEST_OPENING,
        max_words=LONGEST_ASK,
        error_messages={"required": _("There are no words yet. Write some, then send them.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SaidForm(Sent):
    """A host's words: an answer, or the recap."""

    body = Words(
        label=_("Your words"),
        min_words=models.SHORTEST_REPLY,
        max_words=models.LONGEST_POST,
        error_messages={"required": _("There are no words yet. Write some, then send them.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def chosen(sent) -> list[int] | None:
    """The options that were ticked; None when what was sent names no options at all."""
    told = sent.getlist("choice")[: models.MOST_OPTIONS + 1]
    if not all(text.isascii() and text.isdigit() and len(text) < 19 for text in told):
        return None
    return [int(text) for text in told]
