"""What a search is narrowed to: read from its address, told in words, and dropped again, one at a time or all."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import LONGEST_HANDLE, Member
from community.commons import chinese
from community.commons.fields import Words
from community.forum import finding, models
from community.forum.seeking import Question

# What else a link, or whoever writes an address, may call a filter.
ALSO = {"by": "author", "from": "since", "to": "until", "thread": "in"}
ALSO_KIND = {
    models.Talk.SOLVED: {"kind": "question", "answered": "yes"},
    models.Talk.UNSOLVED: {"kind": "question", "answered": "no"},
    "discussion": {"kind": "thread"},
}
WITHIN = ("author", "mine", "since", "until")  # what still says something in one discussion
MOST_NAMED = 40  # people who share a word of their names
MOST_TAGS = 60  # in the list one chooses from; any other in the address alone
YES = ("1", "yes", "true", "on")


def plain(asked: QueryDict) -> QueryDict:
    """The same search in its one address: what asks for nothing is left out, and each filter has its own name."""
    told = QueryDict(mutable=True)
    for name in asked:
        value, name = asked[name].strip(), ALSO.get(name, name)
        if name == "kind" and value in ALSO_KIND:
            told.update(ALSO_KIND[value])
        elif name == "mine" and value in YES:
            told["mine"] = "1"
        elif value and name != "mine":
            told[name] = value
    return told


class Person(forms.CharField):
    """Somebody by handle, with or without its sign, or by a name that only one person has."""

    def clean(self, value):
        called = super().clean(value).lstrip("@＠")
        if not called:
            return None
        found = list(Member.objects.public().named(called)[:1]) or _named(called)
        if len(found) != 1:
            raise forms.ValidationError(
                _("Several people here are called “%(name)s”. Write the handle of the one you mean.")
                if found
                else _("Nobody here is called “%(name)s”."),
                params={"name": called},
            )
        return found[0]


def _named(called: str) -> list[Member]:
    """People whom the search for people finds by exactly this name."""
    wanted = finding.wanted(called)
    rows = models.Findable.objects.members_to_see().saying(wanted)[:MOST_NAMED] if wanted else ()
    people = Member.objects.numbered([row.member_id for row in rows])
    return [each for each in people if chinese.sought(each.name) == chinese.sought(called)]


class Label(forms.CharField):
    """A tag by its address or any of its names, as far as this person may see."""

    person = None

    def clean(self, value):
        called = super().clean(value).lstrip("#＃")
        if not called:
            return None
        tags = models.Tag.objects.visible_to(self.person)
        found = tags.with_slug(called) or tags.meant_by([chinese.sought(called)]).first()
        if found is None:
            raise forms.ValidationError(_("There is no tag “%(name)s” here."), params={"name": called})
        return found


class SearchForm(forms.Form):
    """A question and where to look; what is wrong in the address is said, and counts as not asked."""

    q = Words(label=_("Search the discussions"), required=False, max_words=100, max_length=400)
    kind = forms.ChoiceField(
        label=pgettext_lazy("is sought", "What"),
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” is nothing one can look for here.")},
        choices=[
            ("", _("Everything")),
            *models.Findable.Kind.choices,
            ("question", _("questions")),
            *((talk.value, talk.label) for talk in models.Talk if talk.value not in ALSO_KIND),
        ],
    )
    answered = forms.ChoiceField(
        label=_("Questions that are"),
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” is nothing one can look for here.")},
        choices=[("", _("open or solved")), ("yes", _("solved")), ("no", _("still open"))],
    )
    board = forms.ModelChoiceField(
        label=_("Board"),
        required=False,
        queryset=models.Board.objects.none(),
        to_field_name="slug",
        error_messages={"invalid_choice": _("There is no such board here.")},
    )
    tag = Label(label=_("Tag"), required=False, max_length=models.LONGEST_TAG * 3)
    author = Person(label=_("By (name or handle)"), required=False, max_length=LONGEST_HANDLE * 2)
    since = forms.DateField(
        label=pgettext_lazy("which day", "From"), required=False, error_messages={"invalid": _("That is no day.")}
    )
    until = forms.DateField(label=_("Until"), required=False, error_messages={"invalid": _("That is no day.")})
    mine = forms.BooleanField(label=_("Only what I wrote"), required=False)

    def __init__(self, data, *, person):
        super().__init__(data)
        self.person = person
        boards = models.Board.objects.visible_to(person).in_order()
        self.fields["board"].queryset = boards
        self.fields["board"].empty_label = _("All boards")
        self.fields["tag"].person = person

    def clean_mine(self):
        if self.cleaned_data["mine"] and not self.person.is_authenticated:
            raise forms.ValidationError(_("What you wrote can be searched once you have signed in."))
        return self.cleaned_data["mine"]

    def clean(self):
        """Days the wrong way round are meant the right way round."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.cleaned_data |= {"since": until, "until": since}

    def tags(self) -> list[models.Tag]:
        """What one may choose from, and what was chosen."""
        offered, chosen = list(models.Tag.objects.of_brand()[:MOST_TAGS]), self.cleaned_data.get("tag")
        return offered if chosen is None or chosen in offered else [*offered, chosen]

    def wrong(self) -> list[str]:
        """What was asked and could not be, in whole sentences."""
        return [error for name, errors in self.errors.items() if name != "q" for error in errors]

    def question(self, thread=None):
        """What is asked, as seeking.py wants it."""
        told = self.cleaned_data
        kind, answered = told.get("kind", ""), told.get("answered", "")
        talks = _talks(kind, answered)
        return Question(
            words=told.get("q", ""),
            kind="thread" if talks is not None and kind not in models.Findable.Kind.values else kind,
            talks=talks,
            board=told.get("board"),
            tag=told.get("tag"),
            author=self.person if told.get("mine") else told.get("author"),
            since=_begin(told.get("since")),
            before=_begin(told.get("until"), 1),
            thread=thread,
        )


def _talks(kind, answered) -> list[str] | None:
    """Which threads are asked for, None for all; and none at all where a poll is to be solved."""
    of_kind = {
        "question": {models.Talk.SOLVED, models.Talk.UNSOLVED},
        **{talk: {talk} for talk in models.Talk if talk not in ALSO_KIND},
    }.get(kind)
    of_answer = {"yes": {models.Talk.SOLVED}, "no": {models.Talk.UNSOLVED}}.get(answered)
    if of_kind is None or of_answer is None:
        either = of_kind if of_answer is None else of_answer
        return None if either is None else sorted(either)
    return sorted(of_kind & of_answer)


def _begin(day, later=0):
    """The first moment of a day, by the clock of whoever looks; years that no community has seen are not asked for."""
    if day is None or not 2000 <= day.year < 2200:
        return None
    return make_aware(datetime.combine(day + timedelta(days=later), time.min))


@dataclass(frozen=True)
class Filter:
    """One thing that a search is narrowed to, in words, and the search without it."""

    name: str
    said: str
    without: str  # the end of an address


def filters(form: SearchForm, question: Question, asked: QueryDict) -> list[Filter]:
    """What is on, in the order of the form."""
    told = form.cleaned_data
    said: dict[str, object] = {
        name: dict(form.fields[name].choices)[value] for name in ("kind", "answered") if (value := told.get(name))
    }
    said |= {name: value for name in ("board", "tag") if (value := told.get(name))}
    if told.get("mine"):
        said["mine"] = form.fields["mine"].label
    elif told.get("author"):
        said["author"] = told["author"].name
    said |= {name: date_format(told[name], "DATE_FORMAT") for name in ("since", "until") if told.get(name)}
    if question.thread:
        said = {name: said[name] for name in said if name in WITHIN}
        said["in"] = question.thread.title
    names = {name: field.label for name, field in form.fields.items()} | {
        "kind": "",
        "mine": "",
        "in": _("Only in"),
        "author": pgettext_lazy("who wrote it", "By"),
        "since": pgettext_lazy("the first day", "From"),
    }
    return [Filter(str(names[name]), str(value), but(asked, name)) for name, value in said.items()]


def but(asked: QueryDict, *names: str) -> str:
    left = asked.copy()
    for name in (*names, "after"):
        left.pop(name, None)
    return left.urlencode()


def within(asked: QueryDict) -> str:
    """What is still asked when one of the discussions found is searched alone, to put behind its number."""
    left = QueryDict(mutable=True)
    for name in ("q", *WITHIN):
        if name in asked:
            left[name] = asked[name]
    return left.urlencode()
