"""What hosts fill in to act on a thread."""

import re
from datetime import timedelta

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons.fields import Words
from community.forum.models import LONGEST_SLOWNESS, LONGEST_TITLE, SHORTEST_TITLE, Board, Thread

_ADDRESS = re.compile(r"(?:^|/forum/threads/)([0-9]{1,18})(?:[/?#]|$)")
PACES = [("", _("as its board")), (0, _("not slow")), (30, _("30 seconds")), (60, _("1 minute")), (300, _("5 minutes"))]
PACES += [(900, _("15 minutes")), (3600, _("1 hour"))]


class Moment(forms.DateTimeField):
    """A day and a time as the browser's own field writes it, by the clock of whoever looks."""

    def __init__(self, **told):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        told.setdefault("error_messages", {"invalid": _("Choose a day and a time.")})
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], required=False, **told)

    def clean(self, value):
        moment = super().clean(value)
        if moment and not now() < moment < now() + timedelta(days=3660):
            raise forms.ValidationError(_("Choose a moment that is still to come."))
        return moment


class ActForm(forms.Form):
    """Every act may say why; the log keeps it."""

    reason = Words(label=_("Why, in a sentence"), required=False, max_words=100, max_length=200)

    def __init__(self, *args, thread, person, **kwargs):
        self.thread, self.person = thread, person
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])


class PinForm(ActForm):
    until = Moment(label=_("Pinned until"), help_text=_("Empty: until a host takes it down."))
    everywhere = forms.BooleanField(label=_("On top of the list of all boards too"), required=False)


class SlowForm(ActForm):
    seconds = forms.TypedChoiceField(
        label=_("Between two posts of one member"),
        choices=PACES,
        coerce=int,
        empty_value=None,
        required=False,
    )

    def clean_seconds(self):
        seconds = self.cleaned_data["seconds"]
        return seconds if seconds is None or seconds <= LONGEST_SLOWNESS else LONGEST_SLOWNESS


class TimesForm(ActForm):
    opens_at = Moment(label=_("Opens"), help_text=_("Until then only hosts see it. Empty: it is open."))
    closes_at = Moment(label=_("Closes"), help_text=_("Empty: it stays open."))

    def clean(self):
        told = super().clean()
        if told.get("opens_at") and told.get("closes_at") and told["closes_at"] <= told["opens_at"]:
            self.add_error("closes_at", _("It would close before it opens."))
        return told


class MoveForm(ActForm):
    board = forms.ModelChoiceField(
        label=_("Board"),
        queryset=Board.objects.none(),
        to_field_name="slug",
        error_messages={"required": _("Choose a board."), "invalid_choice": _("Choose a board.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.visible_to(self.person).but(self.thread.board).in_order()
        self.fields["board"].empty_label = _("Choose a board.")


class MergeForm(ActForm):
    into = forms.CharField(
        label=_("Address or number of the other discussion"),
        max_length=300,
        help_text=_("Its posts keep their places; those of this one follow at its end."),
        error_messages={"required": _("Which discussion? Copy its address in here.")},
    )

    def clean_into(self):
        found = _ADDRESS.search(self.cleaned_data["into"].strip())
        thread = found and int(found[1]) < 2**63 and Thread.objects.visible_to(self.person).with_pk(int(found[1]))
        if not thread or thread.pk == self.thread.pk:
            raise forms.ValidationError(_("There is no other discussion at this address."))
        return thread


class SplitForm(ActForm):
    posts = forms.ModelMultipleChoiceField(
        label=_("Posts"),
        queryset=Thread.objects.none(),
        error_messages={
            "required": _("Choose the posts that go."),
            "list": _("Choose the posts that go."),
            "invalid_choice": _("One of these posts has already gone. Look once more."),
            "invalid_pk_value": _("One of these posts has already gone. Look once more."),
        },
    )
    title = Words(
        label=_("Title of the new discussion"),
        min_words=SHORTEST_TITLE,
        max_words=LONGEST_TITLE,
        error_messages={"required": _("Give it a title, so that those who know the answer stop here.")},
    )
    board = forms.ModelChoiceField(
        label=_("Board"), queryset=Board.objects.none(), to_field_name="slug", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.visible_to(self.person).in_order()
        self.fields["board"].empty_label = _("the same board")
        self.fields["posts"].queryset = self.thread.posts.but_opening()
