"""What a marketer fills in about the team's words: those it knows, and the templates that use them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.campaigns import fanning, wording
from community.campaigns.models import Place, Template, Word


class WordForm(forms.ModelForm):
    class Meta:
        model = Word
        fields = ["place", "word"]

    def clean_word(self):
        word = wording.plain(self.cleaned_data["word"])
        if told := wording.person_in(word):
            raise ValidationError(told, code="person")
        return word


class TemplateForm(forms.ModelForm):
    # Not the model's own field, which would complain of the other usual one: that one gives way.
    usual = forms.BooleanField(label=_("the usual one"), required=False)

    class Meta:
        model = Template
        fields = ["name", *Place.values]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["usual"].initial = self.instance.is_usual
        for name in Place.values:  # as it stands in addresses, not as a sentence would begin
            self.fields[name].label = name

    def clean(self):
        told = super().clean()
        for name in Place.values:
            word = (told.get(name) or "").strip()
            if person := wording.person_in(word):
                self.add_error(name, ValidationError(person, code="person"))
            unknown = [gap for gap in re.findall(r"{(.*?)}", word) if gap not in fanning.GAPS]
            if unknown or word.count("{") != word.count("}"):
                gaps = " ".join(f"{{{gap}}}" for gap in fanning.GAPS)
                self.add_error(name, ValidationError(_("Known gaps are: %(gaps)s."), params={"gaps": gaps}, code="gap"))
            told[name] = word
        return told


class ClosedForm(forms.Form):
    places = forms.MultipleChoiceField(
        label=_("Places that take only known words"),
        choices=Place,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
