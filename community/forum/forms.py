"""What people may write, measured as readers count it; whatever is wrong, what was typed stays in the field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.commons.fields import Words
from community.forum import models


class Sent(forms.Form):
    """Words, and the key that a browser with script gives them so that sending twice is saying once."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self):
        # A key that is no UUID was not made by our pages; the words are still good.
        if self.errors.pop("key", None):
            self.cleaned_data["key"] = None
        return super().clean()


class ReplyForm(Sent):
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

    def clean_reply_to(self):
        """A post of this thread, or nothing: an answer to something gone is still an answer."""
        number = self.cleaned_data["reply_to"]
        if not (number.isascii() and number.isdigit()):
            return None
        return self.thread.posts.readable().select_related("author").with_pk(int(number))


class EditForm(forms.Form):
    body = Words(
        label=_("Your words"),
        min_words=models.SHORTEST_REPLY,
        max_words=models.LONGEST_POST,
        error_messages={"required": _("There are no words left. To take the post away, use “Remove”.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ThreadForm(Sent):
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


class ReactionForm(forms.Form):
    kind = forms.ChoiceField(
        choices=models.Reaction.Kind.choices,
        error_messages={
            "required": _("Choose one of the reactions."),
            "invalid_choice": _("Choose one of the reactions."),
        },
    )


class ReasonForm(forms.Form):
    reason = Words(label=_("Why, in a sentence"), required=False, max_words=100, max_length=200)


class SearchForm(forms.Form):
    q = Words(label=_("Search the discussions"), required=False, max_words=100, max_length=400)
