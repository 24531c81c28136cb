"""What people are asked when they join, and what they may say of themselves."""

import re
import zoneinfo

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import joining
from accounts.models import LONGEST_HANDLE, LONGEST_NAME, Member, Purpose
from community.commons import chinese
from community.commons.fields import Words, tidy

_NOT_DIGITS = re.compile(r"[\s\u3000-]+")
RESERVED = {
    "admin",
    "administrator",
    "official",
    "官方",
    "管理員",
    "staff",
    "system",
    "系統",
    "me",
    "root",
    "support",
    "客服",
}


class JoinForm(forms.Form):
    """One field for everyone: a known address signs in, an unknown one joins."""

    email = forms.EmailField(
        label=_("Your email"),
        max_length=254,
        error_messages={
            "required": _("Write your email, and the code will be there in a moment."),
            "invalid": _("That does not look like an email address. Is a letter missing?"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )
    marketing = forms.BooleanField(label=_("Write to me about news, events and offers too"), required=False)
    website = forms.CharField(required=False, max_length=200)  # people never see it, machines fill it in
    next = forms.CharField(required=False, widget=forms.HiddenInput)  # judged by access.safe_next

    def clean_email(self):
        email = tidy(self.cleaned_data["email"]).strip()
        return get_adapter().clean_email(email).lower()

    @property
    def is_trap(self) -> bool:
        return bool(self.data.get("website"))


class CodeForm(forms.Form):
    """Six digits, however they were pasted: full-width, with blanks, with a hyphen."""

    code = forms.CharField(
        label=_("Six-digit code"),
        max_length=40,
        error_messages={
            "required": _("Write the six digits from the mail."),
            "max_length": _("The code has six digits."),
        },
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "pattern": "[0-9０-９ -]*",
                "maxlength": "20",
            }
        ),
    )

    def clean_code(self):
        code = _NOT_DIGITS.sub("", chinese.fold(self.cleaned_data["code"]))
        if not (code.isascii() and code.isdigit() and len(code) == 6):
            raise ValidationError(_("The code has six digits."), code="shape")
        return code


class ProfileForm(forms.Form):
    """How a member is called, read and addressed."""

    name = Words(label=_("What people call you"), min_words=1, max_words=LONGEST_NAME, max_length=LONGEST_NAME)
    handle = forms.CharField(
        label=_("Handle"),
        max_length=LONGEST_HANDLE,
        required=False,
        help_text=_("For @mentions and your page's address."),
    )
    locale = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES, required=False)
    time_zone = forms.CharField(label=_("Time zone"), max_length=40, required=False)
    marketing = forms.BooleanField(label=_("Write to me about news, events and offers too"), required=False)
    is_minor = forms.BooleanField(label=_("I am under 18"), required=False)
    is_seen = forms.BooleanField(label=_("Others see when I am here, and when I am writing"), required=False)
    hears_reactions = forms.BooleanField(label=_("The bell tells me of reactions to my posts"), required=False)

    def __init__(self, *args, member: Member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_name(self):
        name, member = self.cleaned_data["name"], self.member
        if name == member.name or member.is_staff or member.mark:
            return name
        if chinese.fold(name) in RESERVED or not joining.name_is_free(name, but=member):
            raise ValidationError(_("That name is kept for the people of the house. Choose another one."))
        return name

    def clean_handle(self):
        handle = tidy(self.cleaned_data["handle"]).strip()
        if not handle:
            return self.member.handle
        if not re.fullmatch(r"[\w][\w.-]*", handle) or handle.isdigit():
            raise ValidationError(_("Use letters, digits, Han characters, dots or hyphens, and no blanks."))
        if chinese.fold(handle) in RESERVED:
            raise ValidationError(_("That handle is kept for the house."))
        if not joining.handle_is_free(handle, but=self.member):
            raise ValidationError(_("Someone already goes by that handle, or by one that looks the same."))
        return handle

    def clean_time_zone(self):
        zone = self.cleaned_data["time_zone"] or self.member.time_zone
        if zone not in zoneinfo.available_timezones():
            raise ValidationError(_("That time zone is not known."))
        return zone


class ChoicesForm(forms.Form):
    """What may be done with what somebody does here, each purpose for itself."""

    ANSWERS = [("all", "all"), ("none", "none"), ("chosen", "chosen")]

    answer = forms.ChoiceField(choices=ANSWERS)
    purposes = forms.MultipleChoiceField(choices=(), required=False)
    next = forms.CharField(required=False)  # judged by access.safe_next

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["purposes"].choices = Purpose.choices

    @property
    def chosen(self) -> set:
        told = self.cleaned_data
        return {"all": set(self.offered), "none": set()}.get(
            told["answer"], {Purpose(each) for each in told["purposes"]} & set(self.offered)
        )
