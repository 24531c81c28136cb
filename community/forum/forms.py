"""What people may write, measured as readers count it; whatever is wrong, what was typed stays in the field."""

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons import chinese, rich
from community.commons.bilingual import listed
from community.commons.fields import Words, tidy
from community.forum import bookmarking, cooking, drafting, models, reacting
from community.forum.hosting import tagging
from community.forum.order.sifting import seconds_since, stamp


class Composed(forms.Form):
    """Words that came with their form in `source`: then they are what is said, and the plain field what is read of it.

    Without script there is no `source`, and the plain field is all.
    """

    source = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, **kwargs):
        self.is_too_large = False
        if data is not None and (markup := data.get("source", "")):
            words = rich.read(markup)
            self.is_too_large = max(len(markup), len(words.source)) > rich.LONGEST_SOURCE
            data = data.copy()
            data["source"] = words.source
            data["body"] = cooking.told(words)
        super().__init__(data, *args, **kwargs)

    def clean(self):
        if self.is_too_large and "body" not in self.errors:
            self.add_error("body", _("That is too much form for one post. Nothing is lost, shorten it here."))
        return super().clean()


class Sent(Composed):
    """Words, and the key that a browser with script gives them so that sending twice is saying once."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # When the form was made, signed; the verbs are told how many seconds ago that was.
    took = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput, initial=stamp)

    def clean(self):
        # A key that is no UUID was not made by our pages; the words are still good.
        if self.errors.pop("key", None):
            self.cleaned_data["key"] = None
        if self.errors.pop("took", None):
            self.cleaned_data["took"] = None
        return super().clean()

    def clean_took(self):
        return seconds_since(self.cleaned_data["took"])


class Begun(Sent):
    """Words that have a draft: what was sent says which version of it, and the draft goes with them."""

    draft = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean(self):
        self.errors.pop("draft", None)
        self.cleaned_data["draft"] = version_in(self.cleaned_data.get("draft", ""))
        return super().clean()


def version_in(text: str) -> int:
    """A draft's version as a form writes it; 0 for anything else, which is older than every draft."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def begun(draft) -> dict:
    """What a form begins with where a draft was left."""
    if draft is None:
        return {}
    told = {"title": draft.title, "body": draft.body, "source": draft.source, "key": draft.key or ""}
    return {**draft.more, **told, "draft": draft.version, "at": draft.at}


class DraftForm(Composed):
    """Words as they stand at some moment: nothing is asked of them, only how much there may be."""

    MORE = ("kind", "options", "most", "ballot", "results", "closes_at", "until", "begins_at", "minutes", "hosts", "tags", "reply_to", "base")  # fmt: skip
    LONGEST_MORE = 2_000

    title = forms.CharField(required=False, strip=False, max_length=models.LONGEST_TITLE * 4)
    body = forms.CharField(required=False, strip=False, max_length=drafting.LONGEST_BODY)
    hand = forms.UUIDField(required=False)
    key = forms.UUIDField(required=False)
    draft = forms.CharField(required=False, max_length=20)

    def clean(self):
        for name in ("hand", "key", "draft"):
            self.errors.pop(name, None)
        return super().clean()

    @property
    def told(self) -> dict:
        """What drafting.keep wants to know."""
        told = self.cleaned_data
        what = {name: told.get(name) for name in ("title", "body", "source", "hand", "key")}
        # Plain words need no composer to be shown again, and so load none.
        if what["source"] and rich.read(what["source"]).is_plain:
            what["source"] = ""
        more = {name: self.data[name] for name in self.MORE if self.data.get(name)}
        what["more"] = {name: tidy(value)[: self.LONGEST_MORE] for name, value in more.items()}
        return what | {"version": version_in(told.get("draft") or "")}


class ReplyForm(Begun):
    body = Words(
        label=_("Your reply"),
        min_words=models.SHORTEST_REPLY,
        max_words=models.LONGEST_POST,
        error_messages={"required": _("There are no words yet. Write some, then send them.")},
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off"}),
    )
    reply_to = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, thread, **kwargs):
        super().__init__(*args, **kwargs)
        self.thread = thread

    @classmethod
    def begun(cls, thread, person, *, answer_to=None):
        """As this person left it, on whichever device."""
        told = begun(drafting.mine(member=person, place=thread))
        return cls(initial=told | ({"reply_to": answer_to} if answer_to else {}), thread=thread)

    def clean_reply_to(self):
        """A post of this thread, or nothing: an answer to something gone is still an answer."""
        number = self.cleaned_data["reply_to"]
        if not (number.isascii() and number.isdigit()):
            return None
        return self.thread.posts.readable().select_related("author").with_pk(int(number))


class EditForm(Composed):
    draft = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    body = Words(
        label=_("Your words"),
        min_words=models.SHORTEST_REPLY,
        max_words=models.LONGEST_POST,
        error_messages={"required": _("There are no words left. To take the post away, use “Remove”.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    # What the words were when the form was made; lost on its way, nothing is compared.
    base = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def clean(self):
        if self.errors.pop("base", None):
            self.cleaned_data["base"] = None
        self.errors.pop("draft", None)
        self.cleaned_data["draft"] = version_in(self.cleaned_data.get("draft", ""))
        return super().clean()


class ThreadForm(Begun):
    title = Words(
        label=_("Title"),
        min_words=models.SHORTEST_TITLE,
        max_words=models.LONGEST_TITLE,
        error_messages={"required": _("Give it a title, so that those who know the answer stop here.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": models.LONGEST_TITLE * 4}),
    )
    body = Words(
        label=_("What is it about?"),
        min_words=models.SHORTEST_OPENING,
        max_words=models.LONGEST_POST,
        error_messages={"required": _("Tell a little more: what you did, what you saw, what you would like to know.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class TagsForm(forms.Form):
    """Up to five tags, parted by commas of any kind. Words that are no tags yet are for those who may make some."""

    tags = Words(
        label=_("Tags"),
        required=False,
        max_words=200,
        help_text=_("Up to five, with commas between them."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, person, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.board = person, board
        if board.needs_tags:
            self.fields["tags"].help_text = _("At least one, up to five, with commas between them.")

    @property
    def offered(self):
        """The brand's own list, what is used most first."""
        return models.Tag.objects.of_brand().by_use()[:40]

    def clean_tags(self):
        names = tagging.names_in(self.cleaned_data["tags"])
        if self.board.needs_tags and not names:
            raise forms.ValidationError(_("Choose at least one tag, so that it is found here."))
        if len(names) > models.MOST_TAGS:
            raise forms.ValidationError(_("Five tags are the most. Choose those that say it best."))
        if any(len(name) > models.LONGEST_TAG for name in names):
            raise forms.ValidationError(_("A tag is a word or two, not a sentence."))
        if self.person and not tagging.may_make(self.person):
            means = tagging.known(names)
            strange = [name for name in names if chinese.sought(name) not in means]
            if strange:
                raise forms.ValidationError(
                    _("Not a tag yet: %(names)s. Choose from the list, or ask a host.") % {"names": listed(strange)}
                )
        return names


class ReactionForm(forms.Form):
    """Which one: of those the brand offers, and of those somebody may have given while it did, to take it back."""

    kind = forms.ChoiceField(
        error_messages={
            "required": _("Choose one of the reactions."),
            "invalid_choice": _("Choose one of the reactions."),
        },
    )

    def __init__(self, *args, mine="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.key, kind.name) for kind in reacting.offered_to(mine)]


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=models.Report.Kind.choices,
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose what is wrong.")},
    )
    words = Words(label=_("In your own words, if you like"), required=False, max_words=200, max_length=500)
    wants_mail = forms.BooleanField(label=_("Write me what was decided"), required=False)


class BookmarkForm(forms.Form):
    """What to note with something one keeps, and when to be reminded of it, by the clock of the site."""

    note = Words(
        label=_("A note for yourself, if you like"), required=False, max_words=models.LONGEST_NOTE, max_length=800
    )
    when = forms.ChoiceField(
        label=_("Remind me"),
        required=False,
        choices=[
            ("", _("not at all")),
            ("tomorrow", _("tomorrow morning")),
            ("week", _("next Monday morning")),
            ("own", _("on a day of my own")),
        ],
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(
        label=_("Day and time"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "input"}),
        error_messages={"invalid": _("Write the day and the time, like 2026-03-02T09:00.")},
    )
    by_mail = forms.BooleanField(label=_("Write me a letter too"), required=False)

    def __init__(self, data=None, *, mine=None):
        initial = {"note": mine.note, "by_mail": mine.by_mail} if mine else {}
        if mine and mine.waits:
            initial |= {"when": "own", "at": mine.remind_at}
        super().__init__(data, initial=initial, auto_id="bookmark-%s")

    def clean(self):
        told = super().clean()
        when, at = told.get("when", ""), told.get("at")
        if when == "own" and "at" not in self.errors:
            if at is None:
                self.add_error("at", _("Choose a day and a time."))
            elif not now() < at < now() + bookmarking.LONGEST_AHEAD:
                self.add_error("at", _("Choose a time that is still to come, within two years."))
        return told

    @property
    def told(self) -> dict:
        """As the verb wants it."""
        told = self.cleaned_data
        moments = {"tomorrow": bookmarking.tomorrow, "week": bookmarking.next_week, "own": lambda: told["at"]}
        remind_at = moments[told["when"]]() if told["when"] else None
        return {"note": told["note"], "remind_at": remind_at, "by_mail": bool(remind_at and told["by_mail"])}


class AppealForm(forms.Form):
    words = Words(
        label=_("What should another host know?"),
        min_words=8,
        max_words=1000,
        error_messages={"required": _("Write why you see it differently. A few sentences are enough.")},
    )


class ReasonForm(forms.Form):
    reason = Words(label=_("Why, in a sentence"), required=False, max_words=100, max_length=200)
